import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../../domain/fixed-seed.ts';
import { checkAccessNotGranted } from '../../../src/emulator/policy-check/access-not-granted.ts';
import { checkNoNewAccess } from '../../../src/emulator/policy-check/no-new-access.ts';
import { checkNoPublicAccess } from '../../../src/emulator/policy-check/no-public-access.ts';
import { readPolicy, type Verdict } from '../../../src/emulator/policy-check/verdict.ts';
import { actionsOf } from '../../../src/emulator/world/action-catalogue.ts';
import { formatPolicy, rootOf, type StatementFacts } from '../../../src/emulator/world/statement.ts';
import { coversAction, type PolicyDocument } from '../../../src/emulator/world/policy.ts';
import { matchesWildcard } from '../../../src/emulator/world/wildcard.ts';
import { ServiceError } from '../../../src/emulator/wire/service-error.ts';

const policy = (...statements: StatementFacts[]) => readPolicy(formatPolicy(...statements), 'policy');

/** PASS, FAIL with its statements, or 422. */
function outcome(check: () => Verdict): string {
  try {
    const { result, reasons } = check();
    return [result, ...reasons.map(({ statementIndex }) => statementIndex)].join(' ');
  } catch (thrown) {
    assert.ok(thrown instanceof ServiceError);
    return String(thrown.status);
  }
}

const ALL_S3: StatementFacts = { action: 's3:*', resource: '*' };
const READ: StatementFacts = { action: ['s3:GetObject', 's3:ListBucket'], resource: 'arn:aws:s3:::logs*' };
const NO_DELETE: StatementFacts = { effect: 'Deny', action: 's3:Delete*', resource: '*' };
const FROM_OFFICE = { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } };

test('CheckNoNewAccess: narrower passes, wider fails by name, and what it cannot tell it says', () => {
  const check = (existing: StatementFacts[], proposed: StatementFacts[]) =>
    outcome(() => checkNoNewAccess(policy(...existing), policy(...proposed)));
  assert.equal(check([ALL_S3], [READ]), 'PASS');
  assert.equal(check([READ], [READ]), 'PASS');
  assert.equal(check([READ], [ALL_S3]), 'FAIL 0');
  assert.equal(check([READ], [READ, { action: 'sqs:SendMessage', resource: '*' }]), 'FAIL 1');
  assert.equal(check([ALL_S3], [{ ...READ, condition: FROM_OFFICE }]), 'PASS', 'a condition narrows');
  assert.equal(check([{ ...ALL_S3, condition: FROM_OFFICE }], [READ]), 'FAIL 0', 'a condition was dropped');
  assert.equal(check([ALL_S3, NO_DELETE], [ALL_S3, NO_DELETE]), 'PASS');
  assert.equal(check([ALL_S3, NO_DELETE], [ALL_S3]), 'FAIL 0', 'a Deny was dropped');
  assert.equal(check([ALL_S3, NO_DELETE], [READ]), 'PASS', 'a Deny that touches nothing new');
  const halves = ['a*', 'b*'].map((name) => ({ action: 's3:GetObject', resource: `arn:aws:s3:::${name}` }));
  assert.equal(
    check(
      [
        ...halves,
        { action: 's3:GetObject', resource: 'arn:aws:s3:::[!ab]*' },
        { ...ALL_S3, condition: FROM_OFFICE },
      ],
      [{ action: 's3:GetObject', resource: 'arn:aws:s3:::a' }],
    ),
    'PASS',
  );
  const twoConditions = [
    { ...ALL_S3, condition: FROM_OFFICE },
    { ...ALL_S3, condition: { Bool: { 'aws:SecureTransport': 'true' } } },
  ];
  assert.equal(check(twoConditions, [READ]), '422');
});

test('CheckNoNewAccess looks at principals of resource policies', () => {
  const read = (principal: StatementFacts['principal']): StatementFacts => ({
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/*',
    ...(principal && { principal }),
  });
  const check = (existing: StatementFacts, proposed: StatementFacts) =>
    outcome(() => checkNoNewAccess(policy(existing), policy(proposed)));
  const account = { AWS: rootOf('111122223333') };
  assert.equal(check(read('*'), read(account)), 'PASS');
  assert.equal(check(read(account), read({ AWS: 'arn:aws:iam::111122223333:role/a' })), 'PASS');
  assert.equal(check(read(account), read('*')), 'FAIL 0');
  assert.equal(check(read(account), read({ AWS: rootOf('444455556666') })), 'FAIL 0');
});

test('CheckAccessNotGranted', () => {
  const check = (statements: StatementFacts[], actions: string[], resources?: string[]) =>
    outcome(() => checkAccessNotGranted(policy(...statements), { actions, ...(resources && { resources }) }));
  assert.equal(check([READ], ['s3:PutObject']), 'PASS');
  assert.equal(check([READ], ['s3:getobject']), 'FAIL 0', 'names of actions know no case');
  assert.equal(check([ALL_S3, READ], ['s3:GetObject']), 'FAIL 0 1');
  assert.equal(check([READ], ['s3:GetObject'], ['arn:aws:s3:::data']), 'PASS');
  assert.equal(check([READ], ['s3:GetObject'], ['arn:aws:s3:::logs-1']), 'FAIL 0');
  assert.equal(check([ALL_S3, NO_DELETE], ['s3:DeleteBucket']), 'PASS');
  assert.equal(check([ALL_S3, { ...NO_DELETE, condition: FROM_OFFICE }], ['s3:DeleteBucket']), 'FAIL 0');
  const partly = { ...NO_DELETE, resource: 'arn:aws:s3:::logs*' };
  assert.equal(check([ALL_S3, partly], ['s3:DeleteBucket']), 'FAIL 0', 'other buckets are left');
  assert.equal(
    check(
      [
        { ...ALL_S3, resource: 'arn:aws:s3:::*z*' },
        { ...NO_DELETE, resource: 'arn:aws:s3:::?z?' },
      ],
      ['s3:DeleteBucket'],
    ),
    '422',
  );
});

test('CheckNoPublicAccess', () => {
  const check = (...statements: StatementFacts[]) =>
    outcome(() => checkNoPublicAccess(policy(...statements)));
  const open: StatementFacts = { principal: '*', action: 's3:GetObject', resource: 'arn:aws:s3:::b/*' };
  const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } };
  assert.equal(check(open), 'FAIL 0');
  assert.equal(check({ ...open, principal: { AWS: rootOf('444455556666') } }), 'PASS');
  assert.equal(check({ ...open, condition: inOrganization }), 'PASS');
  assert.equal(check({ ...open, condition: { Bool: { 'aws:SecureTransport': 'true' } } }), 'FAIL 0');
  const deny: StatementFacts = { effect: 'Deny', principal: '*', action: 's3:*', resource: '*' };
  assert.equal(check(open, deny), 'PASS');
  assert.equal(
    check(open, { ...deny, condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-abc' } } }),
    'PASS',
  );
  assert.equal(check(open, { ...deny, condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } }), '422');
  assert.equal(check(open, { ...deny, action: 's3:PutObject' }), 'FAIL 0');
});

const actionName = fc.constantFrom(
  's3:GetObject',
  's3:PutObject',
  's3:Get*',
  's3:*',
  'sqs:SendMessage',
  'sqs:*',
  '*',
);
const resourceName = fc.constantFrom('*', 'arn:x:*', 'arn:x:a', 'arn:x:b', 'arn:?:a');
const statement = fc.record({
  effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
  action: fc.uniqueArray(actionName, { minLength: 1, maxLength: 2 }),
  resource: fc.uniqueArray(resourceName, { minLength: 1, maxLength: 2 }),
});
const statements = fc.array(statement, { minLength: 1, maxLength: 3 });

test('Without conditions, PASS and FAIL agree with every single request', () => {
  const actions = ['s3', 'sqs', 'kms'].flatMap(actionsOf);
  const resources = ['arn:x:a', 'arn:x:b', 'arn:x:c', 'arn:y:a', 'arn:z:a', 'other', 'z', 'arn:x:z'];
  const allowed = ({ statements }: PolicyDocument, action: string, resource: string): boolean => {
    const holding = statements.filter(
      (each) =>
        coversAction(each, action) &&
        each.resources?.values.some((value) => matchesWildcard(value, resource)),
    );
    return (
      holding.some(({ effect }) => effect === 'Allow') && holding.every(({ effect }) => effect === 'Allow')
    );
  };
  fc.assert(
    fc.property(statements, statements, (before, after) => {
      const [existing, proposed] = [policy(...before), policy(...after)];
      const result = outcome(() => checkNoNewAccess(existing, proposed));
      const isNew = actions.some((action) =>
        resources.some(
          (resource) => allowed(proposed, action, resource) && !allowed(existing, action, resource),
        ),
      );
      if (result === 'PASS') assert.equal(isNew, false);
      if (result.startsWith('FAIL')) assert.equal(isNew, true);
    }),
    { numRuns: 500 },
  );
});

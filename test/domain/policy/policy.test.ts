import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../fixed-seed.ts';
import { diffPolicies } from '../../../src/domain/policy/diff.ts';
import { sideBySideDiff, unifiedDiff } from '../../../src/domain/policy/diff-lines.ts';
import { type PolicyDocument, parsePolicyDocument } from '../../../src/domain/policy/document.ts';
import { formatPolicyDocument, samePolicy, settableText } from '../../../src/domain/policy/format.ts';
import {
  canHaveOrganization,
  findGrantingStatements,
  withOrganization,
  withoutAccess,
} from '../../../src/domain/policy/granting.ts';

type Raw = Readonly<Record<string, unknown>>;

function read(...statements: readonly Raw[]): PolicyDocument {
  const parsed = parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  assert.ok(parsed.ok);
  return parsed.value;
}

const allow = (action: string | readonly string[], more: Raw = {}): Raw => ({
  Effect: 'Allow',
  Action: action,
  Resource: '*',
  ...more,
});

test('reads what the grammar allows: a lone statement, single values, lists, "*", the Not… forms', () => {
  const text = `{"Statement": {"Effect": "Deny", "NotAction": "s3:*", "NotPrincipal": {"AWS": ["a", "b"], "Service": "c"},
    "NotResource": ["x"], "Condition": {"Bool": {"aws:SecureTransport": false}, "NumericLessThan": {"n": [1, 2]}}}}`;
  const parsed = parsePolicyDocument(text);
  assert.ok(parsed.ok);
  const [statement] = parsed.value.statements;
  assert.deepEqual(statement?.actions, { not: true, values: ['s3:*'] });
  assert.deepEqual(statement?.resources, { not: true, values: ['x'] });
  assert.equal(statement?.principals?.not, true);
  assert.deepEqual(
    statement?.principals?.values.map(({ type, value }) => `${type} ${value}`),
    ['AWS a', 'AWS b', 'Service c'],
  );
  assert.deepEqual(
    statement?.conditions.map(({ values }) => values),
    [['false'], ['1', '2']],
  );
  assert.equal(read(allow('s3:*', { Principal: '*' })).statements[0]?.principals?.values[0]?.value, '*');
});

test('says what cannot be read', () => {
  for (const [text, why] of [
    ['{', /not JSON/],
    ['[]', /not an object/],
    ['{}', /no Statement/],
    ['{"Statement":[{"Effect":"allow","Action":"*"}]}', /neither Allow nor Deny/],
    ['{"Statement":[{"Effect":"Allow"}]}', /neither Action nor NotAction/],
    ['{"Statement":[{"Effect":"Allow","Action":{}}]}', /neither a text/],
  ] as const) {
    const parsed = parsePolicyDocument(text);
    assert.ok(!parsed.ok);
    assert.match(parsed.problem.message, why, text);
  }
});

test('the same policy in other words is the same; another is not', () => {
  const one =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}';
  const other =
    '{"Statement":{"Action":["sts:assumerole"],"Principal":{"AWS":["arn:aws:iam::111122223333:root"]},"Effect":"Allow"},"Version":"2012-10-17"}';
  assert.ok(samePolicy(one, other));
  assert.ok(!samePolicy(one, one.replace('1111', '2222')));
  assert.ok(!samePolicy(one, one.replace('Allow', 'Deny')));
  const full = {
    Sid: 'A',
    Effect: 'Allow',
    Principal: { AWS: ['a', 'b'] },
    Action: ['s3:Get*', 's3:Put*'],
    Resource: ['x', 'y'],
    Condition: { StringEquals: { 'aws:SourceVpc': ['v', 'w'], 'aws:SourceIp': '10.0.0.0/8' } },
  };
  const text = (changed: object, head: object = {}) =>
    JSON.stringify({ Version: '2012-10-17', ...head, Statement: [allow('sqs:*'), { ...full, ...changed }] });
  assert.ok(
    samePolicy(
      text({}),
      JSON.stringify({
        Statement: [
          {
            ...full,
            Principal: { AWS: ['b', 'a'] },
            Action: ['S3:Put*', 's3:Get*', 's3:Get*'],
            Resource: ['y', 'x'],
            Condition: { StringEquals: { 'AWS:SourceIp': ['10.0.0.0/8'], 'aws:sourcevpc': ['w', 'v'] } },
          },
          allow('sqs:*'),
        ],
        Version: '2012-10-17',
      }),
    ),
  );
  const { Principal, Action, Resource, ...rest } = full;
  for (const changed of [
    { Sid: 'B' },
    { Principal: { AWS: ['a', 'c'] } },
    { Principal: { Service: ['a', 'b'] } },
    { Principal: undefined },
    { Principal: undefined, NotPrincipal: Principal },
    { Action: undefined, NotAction: Action },
    { Resource: ['x'] },
    { Resource: undefined, NotResource: Resource },
    { Resource: undefined },
    { Condition: undefined },
    { Condition: { StringLike: rest.Condition.StringEquals } },
    { Condition: { StringEquals: { 'aws:SourceVpc': ['v', 'w'] } } },
  ])
    assert.ok(!samePolicy(text({}), text(changed)), JSON.stringify(changed));
  assert.ok(!samePolicy(text({}), text({}, { Version: '2008-10-17' })));
  assert.ok(samePolicy(text({}, { Version: '2008-10-17' }), text({}, { Version: undefined })), 'the default');
  assert.ok(!samePolicy(text({}), text({}, { Id: 'me' })));
  assert.ok(samePolicy('{broken', '{broken'));
  assert.ok(!samePolicy(one, '{broken'));
  assert.ok(!samePolicy('{broken', one));
});

test('a difference is of meaning: moved statements and lines are none, a narrowed wildcard is one', () => {
  const before = read(
    allow('sqs:*', { Sid: 'Queue' }),
    allow(['s3:GetObject', 's3:PutObject']),
    allow('kms:Decrypt'),
  );
  const moved = read(
    allow(['s3:PutObject', 's3:GetObject']),
    allow('kms:Decrypt'),
    allow('sqs:*', { Sid: 'Queue' }),
  );
  assert.ok(diffPolicies(before, moved).same);
  const after = read(allow('s3:GetObject'), allow(['sqs:SendMessage'], { Sid: 'Queue' }));
  const { statements, added, removed } = diffPolicies(before, after);
  assert.deepEqual(
    statements.map(({ name, kind, actions }) => [name, kind, actions.removed, actions.added]),
    [
      ['Queue', 'changed', ['sqs:*'], ['sqs:SendMessage']],
      ['statement 2', 'changed', ['s3:PutObject'], []],
      ['statement 3', 'removed', ['kms:Decrypt'], []],
    ],
  );
  assert.deepEqual([added, removed], [1, 4]);
});

test('Allow is never compared with Deny, nor what is named with what is left out', () => {
  const kinds = (...pair: readonly [Raw, Raw]) =>
    diffPolicies(read(pair[0]), read(pair[1])).statements.map(({ kind, after, before }) => [
      kind,
      (before ?? after)?.effect,
    ]);
  for (const sid of [{}, { Sid: 'A' }])
    assert.deepEqual(kinds(allow('s3:*', sid), { ...allow('s3:*', sid), Effect: 'Deny' }), [
      ['removed', 'Allow'],
      ['added', 'Deny'],
    ]);
  const change = (before: Raw, after: Raw) => {
    const [first] = diffPolicies(read(before), read(after)).statements;
    return [
      ...(first?.actions.added ?? []),
      ...(first?.principals.added ?? []),
      ...(first?.resources.added ?? []),
    ];
  };
  const base: Raw = { Sid: 'A', Effect: 'Allow' };
  assert.deepEqual(change({ ...base, Action: 's3:*' }, { ...base, NotAction: 's3:*' }), ['not s3:*']);
  assert.deepEqual(
    change({ ...base, Action: 's3:*', Principal: VENDOR }, { ...base, Action: 's3:*', NotPrincipal: VENDOR }),
    ['not AWS 444455556666'],
  );
  assert.deepEqual(
    change({ ...base, Action: 's3:*', Resource: 'x' }, { ...base, Action: 's3:*', NotResource: 'x' }),
    ['not x'],
  );
});

test('of statements without a name the most alike are compared, a wildcard being like what it covers', () => {
  const before = read(
    allow(['s3:GetObject', 's3:PutObject', 'sqs:*']),
    allow(['kms:Decrypt', 'sns:*'], { Resource: 'k' }),
  );
  const after = read(
    allow('sns:Publish', { Resource: 'k' }),
    allow(['s3:GetObject', 'ec2:RunInstances']),
    allow('SQS:SendMessage'),
  );
  assert.deepEqual(
    diffPolicies(before, after).statements.map((each) => [
      each.name,
      each.kind,
      each.after?.actions.values[0],
    ]),
    [
      ['statement 1', 'changed', 'SQS:SendMessage'],
      ['statement 2', 'changed', 'sns:Publish'],
      ['statement 2', 'added', 's3:GetObject'],
    ],
  );
});

test('both renderings say the same, and hostile text stays text', () => {
  const diff = diffPolicies(
    read(allow(['s3:GetObject', 'sqs:*'], { Sid: '\u001b[31mX' })),
    read(allow('s3:GetObject')),
  );
  const lines = unifiedDiff(diff);
  assert.doesNotMatch(JSON.stringify(lines), /\\u001b/);
  assert.deepEqual(
    lines.map(({ kind }) => kind),
    ['heading', 'removed', 'same', 'same'],
  );
  const rows = sideBySideDiff(diff).flatMap(({ left, right }) => [left, right]);
  for (const line of lines)
    assert.ok(
      rows.some((row) => row?.text === line.text),
      line.text,
    );
});

const VENDOR = { AWS: '444455556666' };
const trust = (principal: unknown, condition?: Raw): Raw => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...(condition === undefined ? {} : { Condition: condition }),
});
const ROOT = (account: string): string => `arn:aws:iam::${account}:root`;

test('finds the statement that grants an access, by principal, action and condition', () => {
  const policy = read(
    trust({ Service: 'ec2.amazonaws.com' }),
    trust({ AWS: [ROOT('111122223333'), ROOT('444455556666')] }),
    trust({ AWS: '444455556666' }, { StringEquals: { 'sts:ExternalId': 'x' } }),
  );
  const access = { principal: VENDOR, action: ['sts:AssumeRole'] };
  assert.deepEqual(findGrantingStatements(policy, { ...access, condition: {} }), [1]);
  assert.deepEqual(findGrantingStatements(policy, { ...access, condition: { 'sts:ExternalId': 'x' } }), [2]);
  assert.deepEqual(findGrantingStatements(policy, { ...access, principal: { AWS: '999988887777' } }), []);
  assert.deepEqual(findGrantingStatements(policy, { ...access, action: ['sts:TagSession'] }), []);
});

test('what grants: Allow alone, the Not… forms by what they leave out, wildcards whatever their case', () => {
  const access = { principal: VENDOR, action: ['sts:TagSession', 'sts:AssumeRole'], condition: {} };
  const grants = (statement: Raw, more: object = {}) =>
    findGrantingStatements(read(statement), { ...access, ...more }).length === 1;
  const everybodyBut = (...names: readonly string[]): Raw => ({
    Effect: 'Allow',
    NotPrincipal: { AWS: names },
    Action: 'sts:AssumeRole',
  });
  assert.ok(grants(trust(VENDOR)), 'one of its actions will do');
  assert.ok(grants(trust(VENDOR), { action: [] }), 'any action');
  assert.ok(grants(trust(VENDOR), { principal: { Federated: 'accounts.google.com', ...VENDOR } }));
  assert.ok(!grants({ ...trust(VENDOR), Effect: 'Deny' }));
  assert.ok(!grants(allow('sts:AssumeRole')), 'nobody is named');
  assert.ok(grants(everybodyBut('999988887777')));
  assert.ok(!grants(everybodyBut('999988887777', '444455556666')));
  const { Action: _action, ...rest } = trust(VENDOR);
  for (const action of ['STS:assume*', 'sts:AssumeRol?', 'sts:*'])
    assert.ok(grants({ ...rest, Action: action }), action);
  assert.ok(!grants({ ...rest, Action: ['sts:Assume', 'sts.AssumeRole'] }));
  assert.ok(grants({ ...rest, NotAction: 's3:*' }));
  assert.ok(!grants({ ...rest, NotAction: ['sts:Assume*', 'sts:Tag*'] }));
});

test('of statements that grant an access those with its conditions are meant, else all of them', () => {
  const keyed = (...keys: readonly string[]): Raw =>
    trust(VENDOR, { StringEquals: Object.fromEntries(keys.map((key) => [key, 'x'])) });
  const policy = read(keyed('sts:ExternalId'), keyed('STS:externalid', 'aws:PrincipalTag/team'));
  const shown = (condition: Readonly<Record<string, string>>) =>
    findGrantingStatements(policy, { principal: VENDOR, action: [], condition });
  assert.deepEqual(shown({ 'aws:PrincipalTag/team': 'x', 'sts:ExternalId': 'x' }), [1]);
  assert.deepEqual(shown({ 'sts:ExternalId': 'x' }), [0, 1]);
  assert.deepEqual(shown({}), [0, 1]);
});

test('takes away exactly the access: the neighbours of the principal stay, an empty statement goes', () => {
  const policy = read(trust({ AWS: [ROOT('111122223333'), ROOT('444455556666')] }), trust(VENDOR));
  const access = { principal: VENDOR, action: ['sts:AssumeRole'] };
  const rest = withoutAccess(policy, [0, 1], access);
  assert.equal(rest.statements.length, 1);
  assert.deepEqual(
    rest.statements[0]?.principals?.values.map(({ value }) => value),
    [ROOT('111122223333')],
  );
  const others = read(
    { Effect: 'Allow', NotPrincipal: { AWS: '999988887777' }, Action: 'sts:AssumeRole' },
    trust(VENDOR),
  );
  assert.deepEqual(withoutAccess(others, [0], access).statements, [others.statements[1]], 'Not… goes whole');
  const limited = withOrganization(policy, [1], access, 'o-abcdefghij');
  assert.deepEqual(limited.statements[0], policy.statements[0]);
  assert.deepEqual(limited.statements[1]?.conditions, [
    { operator: 'StringEquals', key: 'aws:PrincipalOrgID', values: ['o-abcdefghij'] },
  ]);
  assert.deepEqual(withOrganization(limited, [1], access, 'o-abcdefghij'), limited);
  const tagged = read(
    trust(VENDOR, {
      StringEquals: { 'aws:PrincipalOrgId': 'o-zzzzzzzzzz', 'sts:ExternalId': 'x' },
      StringLike: { 'aws:PrincipalOrgID': 'o-*' },
    }),
  );
  assert.deepEqual(
    withOrganization(tagged, [0], access, 'o-abcdefghij').statements[0]?.conditions.map(
      ({ operator, values }) => [operator, values],
    ),
    [
      ['StringEquals', ['x']],
      ['StringLike', ['o-*']],
      ['StringEquals', ['o-abcdefghij']],
    ],
    'one organization is asked for, and all else stays',
  );
});

test('an organization is asked only of the principal that is meant: a service has none, and would be shut out', () => {
  const access = { principal: VENDOR, action: ['sts:AssumeRole'] };
  const policy = read({
    ...trust({ AWS: [ROOT('111122223333'), ROOT('444455556666')], Service: 'ec2.amazonaws.com' }),
    Sid: 'Both',
  });
  const { statements } = withOrganization(policy, [0], access, 'o-abcdefghij');
  assert.deepEqual(
    statements.map(({ sid, principals, conditions }) => [
      sid,
      principals?.values.map(({ value }) => value),
      conditions.length,
    ]),
    [
      ['Both', [ROOT('111122223333'), 'ec2.amazonaws.com'], 0],
      [undefined, [ROOT('444455556666')], 1],
    ],
  );
  assert.ok(canHaveOrganization(access));
  assert.ok(!canHaveOrganization({ principal: { Federated: 'cognito-identity.amazonaws.com' } }));
});

test('a deleted principal says nothing: without it a policy is the same, and such as IAM takes', () => {
  const dead = { AWS: 'AROAQ3EGDELETED000001' };
  const text = (...statements: readonly Raw[]): string => formatPolicyDocument(read(...statements));
  const both = text(trust(VENDOR), trust({ ...dead, Service: 'ec2.amazonaws.com' }));
  assert.ok(samePolicy(both, text(trust(VENDOR), trust({ Service: 'ec2.amazonaws.com' }))));
  assert.doesNotMatch(settableText(both), /AROA/);
  assert.match(settableText(text(trust(dead))), /"Deny"/, 'a policy has one statement at least');
  assert.ok(samePolicy(text(trust(dead)), settableText(text(trust(dead)))));
  assert.ok(!samePolicy(text(trust(dead)), text(trust(VENDOR))));
  assert.equal(settableText('{broken'), '{broken');
});

test('two statements for one principal are told apart by the values of their conditions', () => {
  const external = (id: string) => trust(VENDOR, { StringEquals: { 'sts:ExternalId': id } });
  const policy = read(
    external('one'),
    external('two'),
    external('tw'),
    trust(VENDOR, { StringEquals: { 'aws:SourceVpc': ['v-1', 'v-2'] } }),
  );
  const granting = (condition: Readonly<Record<string, string>>) =>
    findGrantingStatements(policy, { principal: VENDOR, action: ['sts:AssumeRole'], condition });
  assert.deepEqual(granting({ 'sts:ExternalId': 'two' }), [1]);
  assert.deepEqual(granting({ 'sts:ExternalId': 'in words of its own' }), [0, 1, 2]);
  assert.deepEqual(granting({ 'aws:SourceVpc': '["v-1","v-2"]' }), [3]);
});

const texts = fc.uniqueArray(fc.constantFrom('s3:Get*', 's3:PutObject', 'sqs:*', 'iam:PassRole', '*'), {
  minLength: 1,
});
/** By its name, or by the Not… form. */
const choice = (name: string, values: fc.Arbitrary<unknown>) =>
  fc.tuple(fc.boolean(), values).map(([not, value]) => ({ [not ? `Not${name}` : name]: value }));
const principals = fc.oneof(
  fc.constant('*'),
  fc.record(
    {
      AWS: fc.uniqueArray(fc.constantFrom('*', '111122223333', ROOT('444455556666')), { minLength: 1 }),
      Service: fc.constant('ec2.amazonaws.com'),
    },
    { requiredKeys: ['AWS'] },
  ),
);
const conditions = fc.dictionary(
  fc.constantFrom('StringEquals', 'StringLike'),
  fc.dictionary(
    fc.constantFrom('aws:SourceVpc', 'AWS:sourcevpc', 'aws:SourceIp'),
    fc.constantFrom('x', ['x', 'y'], ['y', 'x']),
    {
      minKeys: 1,
    },
  ),
);
const statement = fc
  .tuple(
    fc.record(
      {
        Sid: fc.constantFrom('A', 'B', 'C'),
        Effect: fc.constantFrom('Allow', 'Deny'),
        Condition: conditions,
      },
      { requiredKeys: ['Effect'] },
    ),
    choice('Action', texts),
    fc.oneof(
      choice('Principal', principals),
      choice(
        'Resource',
        fc.uniqueArray(fc.constantFrom('*', 'arn:aws:s3:::a', 'arn:aws:s3:::b/*'), { minLength: 1 }),
      ),
    ),
  )
  .map(([head, action, place]): Raw => ({ ...head, ...action, ...place }));
const policy = fc.array(statement, { maxLength: 4 }).map((statements) => read(...statements));

test('property: writing and reading again changes nothing; a policy does not differ from itself', () => {
  fc.assert(
    fc.property(policy, (one) => {
      const again = parsePolicyDocument(formatPolicyDocument(one));
      assert.ok(again.ok);
      assert.deepEqual(again.value, one);
      assert.ok(samePolicy(formatPolicyDocument(one), formatPolicyDocument(again.value)));
      assert.ok(diffPolicies(one, again.value).same);
    }),
    { seed: 4 },
  );
});

/** In another order, and in capitals where case means nothing. */
const inOtherWords = ({ statements, ...head }: PolicyDocument): PolicyDocument => ({
  ...head,
  statements: statements.map(({ actions, conditions, ...rest }) => ({
    ...rest,
    actions: { ...actions, values: actions.values.toReversed().map((action) => action.toUpperCase()) },
    conditions: conditions.toReversed().map(({ operator, key, values }) => ({
      operator,
      key: key.toUpperCase(),
      values: values.toReversed(),
    })),
  })),
});

test('property: two policies are the same exactly if neither has what the other has not', () => {
  fc.assert(
    fc.property(policy, policy, (one, other) => {
      const { same, added, removed } = diffPolicies(one, other);
      assert.equal(same, added === 0 && removed === 0);
      const words = diffPolicies(one, inOtherWords(one));
      assert.deepEqual([words.same, words.added, words.removed], [true, 0, 0]);
    }),
    { seed: 4, numRuns: 1000 },
  );
});

test('property: what one direction adds, the other removes', () => {
  const counts = (a: PolicyDocument | undefined, b: PolicyDocument | undefined) => diffPolicies(a, b);
  fc.assert(
    fc.property(policy, (one) => {
      assert.equal(counts(undefined, one).added, counts(one, undefined).removed);
      assert.equal(counts(undefined, one).removed, 0);
    }),
    { seed: 4 },
  );
});

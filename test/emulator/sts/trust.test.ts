import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trusts, type TrustFacts } from '../../../src/emulator/sts/trust.ts';
import { formatPolicy, rootOf, type StatementFacts } from '../../../src/emulator/world/statement.ts';

const USER = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ann', userId: 'AIDA' };
const SESSION = {
  account: '111122223333',
  arn: 'arn:aws:sts::111122223333:assumed-role/ops/ann',
  userId: 'AROA:ann',
};

const trust = (
  principal: StatementFacts['principal'],
  condition?: StatementFacts['condition'],
): StatementFacts => ({
  action: 'sts:AssumeRole',
  ...(principal && { principal }),
  ...(condition && { condition }),
});
const allows = (statements: StatementFacts[], caller = USER, facts: Partial<TrustFacts> = {}) =>
  trusts(formatPolicy(...statements), caller, { mfa: false, ...facts });

test('An account, a user, a role by its session, and everyone', () => {
  assert.ok(allows([trust({ AWS: rootOf('111122223333') })]));
  assert.ok(allows([trust({ AWS: '111122223333' })]));
  assert.ok(allows([trust({ AWS: USER.arn })]));
  assert.ok(allows([trust('*')]));
  assert.ok(allows([trust({ AWS: 'arn:aws:iam::111122223333:role/team/ops' })], SESSION));
  assert.ok(!allows([trust({ AWS: 'arn:aws:iam::111122223333:role/team/ops' })]));
  assert.ok(!allows([trust({ AWS: rootOf('444455556666') })]));
  assert.ok(!allows([trust({ Service: 'ec2.amazonaws.com' })]));
});

test('Conditions on a second factor, an external id and the organization', () => {
  const everyone = (condition: StatementFacts['condition']) => [trust('*', condition)];
  const mfa = everyone({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } });
  assert.deepEqual([allows(mfa), allows(mfa, USER, { mfa: true })], [false, true]);
  const secret = everyone({ StringEquals: { 'sts:ExternalId': 's3cret' } });
  assert.deepEqual([allows(secret), allows(secret, USER, { externalId: 's3cret' })], [false, true]);
  const inside = everyone({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } });
  assert.deepEqual([allows(inside), allows(inside, USER, { organizationId: 'o-1' })], [false, true]);
});

test('A Deny beats an Allow, and what cannot be read trusts nobody', () => {
  assert.ok(!allows([trust('*'), { ...trust({ AWS: USER.arn }), effect: 'Deny' }]));
  assert.ok(!trusts('not a policy', USER, { mfa: true }));
});

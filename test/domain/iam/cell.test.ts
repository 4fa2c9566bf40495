import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../fixed-seed.ts';
import { cellKey, type IamState, type RoleState, sameState } from '../../../src/domain/iam/cell.ts';

const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}';
const role: RoleState = {
  path: '/svc/',
  trustPolicy: TRUST,
  description: 'nightly',
  maxSessionDuration: 3600,
  permissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess',
  tags: { team: 'data', stage: 'prod' },
};
const policy: IamState = { name: 'p', path: '/', document: TRUST, tags: {} };
const states: readonly IamState[] = [
  null,
  'Active',
  'Inactive',
  TRUST,
  TRUST.replace('1111', '9999'),
  { passwordResetRequired: true },
  { passwordResetRequired: false },
  role,
  { ...role, path: '/' },
  { ...role, trustPolicy: TRUST.replace('Allow', 'Deny') },
  { ...role, description: 'hourly' },
  { ...role, maxSessionDuration: 7200 },
  { ...role, permissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
  { ...role, tags: { team: 'data' } },
  { ...role, tags: { team: 'data', stage: 'test' } },
  policy,
  { ...policy, document: TRUST.replace('Allow', 'Deny') },
  { ...policy, description: 'mine' },
];

test('a state is the same as itself and as no other', () => {
  for (const [left, a] of states.entries())
    for (const [right, b] of states.entries())
      assert.equal(sameState(a, b), left === right, `${JSON.stringify(a)} and ${JSON.stringify(b)}`);
});

test('a state that IAM writes in other words is the same', () => {
  const { description: _description, permissionsBoundary: _boundary, ...plain } = role;
  const spaced = JSON.stringify(JSON.parse(TRUST), undefined, 2).replace('sts:AssumeRole', 'sts:assumerole');
  assert.ok(sameState(TRUST, spaced));
  assert.ok(sameState(role, { ...role, trustPolicy: spaced, tags: { stage: 'prod', team: 'data' } }));
  assert.ok(sameState(plain, { ...plain, description: '' }), 'no description is an empty one');
});

test('a cell is looked up by what it says, in whatever order its members came', () => {
  const identity = fc.record({ kind: fc.constantFrom('role', 'user'), name: fc.constantFrom('a', 'b') });
  fc.assert(
    fc.property(identity, identity, fc.constantFrom('p', 'q'), (one, other, policyName) => {
      const key = cellKey({ kind: 'inline-policy', identity: one, policyName });
      const { kind, name } = other;
      const again = cellKey({ policyName: 'p', identity: { name, kind }, kind: 'inline-policy' });
      const isSame = one.kind === kind && one.name === name && policyName === 'p';
      assert.equal(key === again, isSame);
    }),
  );
});

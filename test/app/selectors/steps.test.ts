import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plannedSteps } from '../../../src/app/selectors/steps.ts';
import type { IamCell, IamState } from '../../../src/domain/iam/cell.ts';
import { type Step, toFixPlan } from '../../../src/triage/resolve/fix.ts';
import { unusedPermissions } from '../fakes/advice.ts';

const identity = { kind: 'role', name: 'app' } as const;
const arn = 'arn:aws:iam::123456789012:policy/team/orders';
const policy = { name: 'orders', path: '/team/', document: '{"Statement":[]}', tags: {} };

const CASES: readonly (readonly [IamCell, IamState, IamState, string])[] = [
  [{ kind: 'managed-policy', policyArn: arn }, null, policy, 'creates the policy orders'],
  [{ kind: 'attached-policy', identity, policyArn: arn }, null, 'attached', 'attaches orders to role app'],
  [{ kind: 'attached-policy', identity, policyArn: arn }, 'attached', null, 'detaches orders from role app'],
  [
    { kind: 'instance-profile', instanceProfileName: 'web', roleName: 'app' },
    'member',
    null,
    'takes app out of instance profile web',
  ],
  [
    { kind: 'access-key', userName: 'ann', accessKeyId: 'AKIA1' },
    'Active',
    'Inactive',
    'deactivates the access key AKIA1 of user ann',
  ],
  [
    { kind: 'access-key', userName: 'ann', accessKeyId: 'AKIA1' },
    'Inactive',
    'Active',
    'activates the access key AKIA1 of user ann',
  ],
  [
    { kind: 'inline-policy', identity, policyName: 'x' },
    '{"Statement":[]}',
    null,
    'deletes the inline policy x of role app',
  ],
];

for (const [cell, before, after, words] of CASES) {
  test(`a step in words: ${words}`, () => {
    const steps: readonly Step[] = [{ cell, before, after }];
    const options = { title: 'A fix', typedWord: 'apply' };
    const { operations } = toFixPlan(unusedPermissions(), { account: '123456789012' }, steps, options);
    assert.deepEqual(
      plannedSteps(operations).map(({ text }) => text),
      ['1 step in IAM of account 123456789012', '', words],
    );
  });
}

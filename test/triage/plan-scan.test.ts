import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planScan } from '../../src/triage/plan-scan.ts';
import { ANALYZER, finding, stored } from './fakes.ts';

const commandOf = (resourceOwnerAccount: string): string | undefined =>
  planScan([stored(finding('a', { resourceOwnerAccount }))]).operations[0]?.command;

test('the command of a scan names the owner of the resource where it is known', () => {
  assert.match(
    commandOf('111122223333') ?? '',
    /--resource-arn arn:aws:s3:::bucket-a --resource-owner-account 111122223333 /,
  );
  assert.doesNotMatch(commandOf('') ?? '', /owner-account|''/);
});

test('each resource is asked for once an analyzer; all that it may prove is named', () => {
  const twin = stored(finding('b', { resource: finding('a').resource, principal: { AWS: '999900001111' } }));
  const second = `${ANALYZER}-2`;
  const plan = planScan([
    stored(finding('a')),
    twin,
    stored(finding('c', { resource: twin.resource, analyzerArn: second })),
  ]);
  assert.equal(plan.title, 'Scan 2 resources again');
  assert.deepEqual(
    plan.operations.map(({ analyzerArn, change }) => [analyzerArn, change]),
    [ANALYZER, second].map((arn) => [
      arn,
      {
        kind: 'start-resource-scan',
        resourceArn: twin.resource,
        resourceOwnerAccount: twin.resourceOwnerAccount,
      },
    ]),
  );
  assert.deepEqual(plan.exposureIds, [stored(finding('a')).exposureId, twin.exposureId]);
});

test('what cannot be scanned is left out, and says when it moves', () => {
  const plan = planScan([
    stored(finding('gone'), 5),
    stored(finding('internal', { findingType: 'InternalAccess' })),
    stored(finding('unused', { findingType: 'UnusedIAMRole' })),
  ]);
  assert.deepEqual([plan.operations, plan.exposureIds], [[], []]);
  assert.deepEqual(
    plan.skipped.map(({ ref, why }) => [ref.id, why]),
    [
      ['gone', 'It is gone: AWS no longer lists it.'],
      [
        'internal',
        'Internal access cannot be scanned on request: it moves with the next pass of its analyzer.',
      ],
      ['unused', 'Unused access cannot be scanned on request: it moves with the next daily pass.'],
    ],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planScan } from '../../src/triage/plan-scan.ts';
import { finding, stored } from './fakes.ts';

const commandOf = (resourceOwnerAccount: string): string | undefined =>
  planScan([stored(finding('a', { resourceOwnerAccount }))]).operations[0]?.command;

test('the command of a scan names the owner of the resource where it is known', () => {
  assert.match(
    commandOf('111122223333') ?? '',
    /--resource-arn arn:aws:s3:::bucket-a --resource-owner-account 111122223333 /,
  );
  assert.doesNotMatch(commandOf('') ?? '', /owner-account|''/);
});

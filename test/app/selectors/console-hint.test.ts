import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectProblem } from '../../../src/app/selectors/console-hint.ts';
import { aState } from '../fakes/journey.ts';

const hints: readonly (readonly [hint: string, here: string])[] = [
  ['See what was done: iam-triage journal', 'See what was done: 5'],
  [
    'An older entry can be named: iam-triage journal, then iam-triage undo ENTRY',
    'An older entry can be chosen: 5, then z on it',
  ],
  ['Refresh with ctrl+r (or iam-triage sync), look again.', 'Refresh with ctrl+r, look again.'],
  [
    'It may be gone: refresh the store with `iam-triage sync`.',
    'It may be gone: refresh the store with ctrl+r.',
  ],
  ['See what else can be done: iam-triage resolve 1f2e-3d', 'See what else can be done: r'],
  ['Write one with: iam-triage rules export', 'Write one with: e on the Rules screen (2)'],
  // There is no key for it.
  ['iam-triage permissions prints the least policy.', 'iam-triage permissions prints the least policy.'],
];

for (const [hint, here] of hints)
  test(`the console says: ${here}`, () => {
    assert.equal(selectProblem(aState(), { kind: 'service', message: 'No.', hint }).hint, here);
  });

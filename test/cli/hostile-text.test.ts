import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatEntry, formatPlan } from '../../src/cli/plan-command.ts';
import { formatProblem } from '../../src/cli/print.ts';
import type { JournalEntry, Plan } from '../../src/domain/journal.ts';

const EVIL = '\u001b]0;owned\u0007\u009b31m\u202e';
const STEERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;

const place = { profile: EVIL, region: 'us-east-1', analyzerArn: `arn:aws:a:us-east-1:1:analyzer/${EVIL}` };
const plan: Plan = {
  kind: 'archive',
  title: `Delete role ${EVIL}`,
  reason: EVIL,
  operations: [
    {
      ...place,
      change: { kind: 'update-findings', status: 'ARCHIVED', ids: [EVIL], before: ['ACTIVE'] },
      command: '',
    },
  ],
  skipped: [],
  exposureIds: [],
  publicCount: 1,
  publicResources: [EVIL],
  notes: [EVIL],
};

const entry: JournalEntry = {
  ...plan,
  id: 1,
  at: 1,
  by: '1@test',
  state: 'failed',
  operations: plan.operations.map((operation, index) => ({
    ...operation,
    index,
    state: 'failed',
    clientToken: '',
    error: EVIL,
    outcomes: [
      { ref: { ...place, id: EVIL }, outcome: 'failed', before: 'ACTIVE', wanted: 'ARCHIVED', error: EVIL },
    ],
  })),
};

test('what commands say of a plan, of its outcome and of a problem steers no terminal', () => {
  const problem = { kind: 'denied', message: `AWS said:\n${EVIL}`, hint: EVIL } as const;
  for (const text of [formatPlan(plan), formatEntry(entry), formatProblem(problem)]) {
    assert.doesNotMatch(text, STEERS);
    assert.match(text, /owned/);
  }
});

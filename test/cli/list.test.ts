import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatSummary } from '../../src/cli/list.ts';
import type { StoreSummary } from '../../src/domain/listing.ts';

const EMPTY: StoreSummary = {
  analyzers: [],
  regions: [],
  lastSyncAt: undefined,
  journalEntries: 0,
  archiveRules: 0,
};

test('an empty store names the command that fills it; a sync of the demo would be gone with its end', () => {
  assert.match(formatSummary(EMPTY, { demo: false }), /Run `iam-triage sync` first/);
  assert.match(
    formatSummary(EMPTY, { demo: true }),
    /run `iam-triage sync --demo` first, with IAM_TRIAGE_HOME/,
  );
});

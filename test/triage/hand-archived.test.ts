import assert from 'node:assert/strict';
import test from 'node:test';
import { gatherHandArchived } from '../../src/domain/rules/hand-archived.ts';
import { suggestRules } from '../../src/domain/rules/suggest.ts';
import { prepareUndo } from '../../src/triage/undo.ts';
import { finding } from './fakes.ts';
import { need, setUp } from './setup.ts';

const names = ['ext-data-1', 'ext-data-2', 'ext-data-3', 'ext-data-4'];
const findings = names.map((name) => finding(name, { resource: `arn:aws:s3:::${name}` }));

test('suggests a rule from what was archived again and again, but not from what was taken back', async () => {
  const { archive, run, deps, journal, store } = setUp(findings);
  await archive(names.slice(0, 2));
  await archive(names.slice(2, 3));
  const [suggestion] = suggestRules(gatherHandArchived(journal, store), []);
  assert.deepEqual(suggestion?.findings.map(({ id }) => id).toSorted(), names.slice(0, 3));
  assert.equal(suggestion?.times, 2);
  await run(need(await prepareUndo(deps)));
  assert.deepEqual(
    gatherHandArchived(journal, store).map(({ entry }) => entry),
    [1, 1],
  );
  assert.deepEqual(suggestRules(gatherHandArchived(journal, store), []), []);
});

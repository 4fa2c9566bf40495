/** Rules suggested from what a person archives by hand, on the Rules screen, over the real services. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectRuleRows, selectSuggestion } from '../../src/app/selectors/rules.ts';
import { confirm, type Console, filter, withConsole } from './console-harness.ts';

const REGION = ['eu-west-1'];
const LOGS = 'status:active kind:s3 resource:*acme-logs*';

/** The first rows that the filter shows, marked and archived in one go. */
async function archive(console: Console, rows: number): Promise<void> {
  await console.keys('1');
  await filter(console, LOGS);
  for (let row = 0; row < rows; row += 1) await console.keys('space', 'j');
  await console.keys('a');
  await confirm(console, /^Archive/);
  assert.equal(console.state().toast?.kind, 'success');
}

test('what is archived by hand again and again is offered, and leads into the editor; nothing is made alone', async () => {
  await withConsole(async (console) => {
    await archive(console, 2);
    await console.keys('2');
    assert.equal(selectSuggestion(console.state()), undefined, 'once is no habit');
    await archive(console, 1);
    await console.keys('2');
    const rules = selectRuleRows(console.state()).length;
    const offered = selectSuggestion(console.state());
    assert.equal(offered?.said, 'These 3 that you archived by hand have one thing in common:');
    assert.match(offered.criteria, /acme-logs/);
    assert.equal(console.state().dialog, undefined, 'never in the way');

    await console.keys('h');
    const { dialog } = console.state();
    assert.equal(dialog?.kind, 'rule', JSON.stringify(dialog));
    const lines = dialog.lines.map(({ text }) => text);
    assert.ok(
      lines.some((line) => line.includes('acme-logs')),
      lines.join('\n'),
    );
    assert.ok(lines.includes('isPublic = false'));
    await console.keys('enter');
    await confirm(console, /^Create archive rule .*acme-logs/);
    await console.keys('2');
    assert.equal(selectRuleRows(console.state()).length, rules + 1);
    assert.equal(selectSuggestion(console.state()), undefined, 'the rule does it now');
  }, REGION);
});

test('a suggestion that is dismissed stays away, also when more of its kind is archived', async () => {
  await withConsole(async (console) => {
    await archive(console, 1);
    await archive(console, 1);
    await archive(console, 1);
    await console.keys('2');
    assert.notEqual(selectSuggestion(console.state()), undefined);
    await console.keys('H');
    assert.match(console.state().toast?.text ?? '', /not suggested again/);
    await console.keys('1', '2');
    assert.equal(selectSuggestion(console.state()), undefined);
    await console.keys('h');
    assert.match(console.state().toast?.text ?? '', /^Nothing was archived by hand often enough/);
  }, REGION);
});

test('it is for analyzers of the person’s own, not for a twin that a service manages', async () => {
  await withConsole(
    async (console) => {
      for (const _go of [1, 2]) await archive(console, 2);
      await console.keys('2', 'h');
      const { dialog, summary } = console.state();
      assert.equal(dialog?.kind, 'rule', JSON.stringify(dialog));
      const chosen = summary?.analyzers.filter(({ arn }) => dialog.draft.chosen.includes(arn)) ?? [];
      assert.deepEqual(
        chosen.map(({ managedBy }) => managedBy),
        [undefined],
      );
    },
    ['us-east-1'],
  );
});

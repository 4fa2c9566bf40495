/** Writing and keeping archive rules in the console, over the real services. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dialog } from '../../src/app/dialog.ts';
import { FOCUS } from '../../src/app/rules/rule-editor.ts';
import { selectRuleDetail, selectRuleRows } from '../../src/app/selectors/rules.ts';
import type { AppState } from '../../src/app/state.ts';
import { confirm, withConsole } from './console-harness.ts';

function editorOf(state: AppState): Extract<Dialog, { kind: 'rule' }> {
  assert.equal(state.dialog?.kind, 'rule', JSON.stringify(state.dialog ?? state.toast));
  return state.dialog;
}

test('a rule is edited, applied again and deleted, each shown first; keys complete', async () => {
  await withConsole(
    async (console) => {
      await console.keys('2');
      const at = selectRuleRows(console.state()).findIndex(({ name }) => name === 'own-organization');
      await console.keys('g', ...Array<string>(at).fill('j'), 'E');
      const editor = editorOf(console.state());
      assert.equal(editor.draft.editing, 'own-organization');
      await console.keys(...Array<string>(FOCUS.firstLine + editor.lines.length - 1).fill('down'));
      await console.type('resourceT');
      await console.keys('tab', 'tab');
      await console.type('AWS::S3::B');
      await console.keys('tab', 'enter');
      const said = await confirm(console, /^Set archive rule own-organization/);
      assert.ok(said.includes('+ resourceType = AWS::S3::Bucket'), said.join('\n'));
      assert.match(selectRuleDetail(console.state())[0]?.text ?? '', /resourceType = AWS::S3::Bucket/);

      await console.keys('A');
      assert.match(console.state().toast?.text ?? '', /^Nothing to do/);
      await console.keys('X');
      await confirm(console, /^Delete archive rule own-organization/, 'delete');
      assert.ok(selectRuleRows(console.state()).every(({ name }) => name !== 'own-organization'));
      await console.keys('z');
      await confirm(console, /^Undo/);
      assert.ok(selectRuleRows(console.state()).some(({ name }) => name === 'own-organization'));
    },
    ['eu-west-1'],
  );
});

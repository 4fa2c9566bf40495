/** Writing and keeping archive rules in the console, over the real services. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dialog } from '../../src/app/dialog.ts';
import { FIRST_LINE } from '../../src/app/rules/rule-editor.ts';
import { selectRuleDetail, selectRuleRows } from '../../src/app/selectors/rules.ts';
import type { AppState } from '../../src/app/state.ts';
import { confirm, filter, withConsole } from './console-harness.ts';

function editorOf(state: AppState): Extract<Dialog, { kind: 'rule' }> {
  assert.equal(state.dialog?.kind, 'rule', JSON.stringify(state.dialog ?? state.toast));
  return state.dialog;
}

test('from the marks to a rule: proposals, live counts, the plan, and the Rules screen', async () => {
  await withConsole(async (console) => {
    await filter(console, 'status:active kind:s3 resource:*acme-logs*');
    await console.keys('*');
    const { size } = console.state().marks.ids;
    assert.equal(size, 6);
    await console.keys('n');
    const editor = editorOf(console.state());
    assert.ok(editor.draft.sources.length > 2, 'narrow to wide, and by hand');
    assert.equal(editor.trial?.wouldArchive, 6);
    assert.equal(editor.trial?.first.length, 6);
    assert.equal(editor.trial?.canHidePublic, false);
    assert.match(editor.name.text, /acme-logs/);

    await console.keys('right');
    const wider = editorOf(console.state());
    assert.notDeepEqual(wider.lines, editor.lines);
    assert.ok((wider.trial?.wouldArchive ?? 0) >= 6);
    await console.keys('left', 'enter');
    const said = await confirm(console, /^Create archive rule .*acme-logs.* on 2 analyzers and apply$/);
    assert.ok(said.some((line) => line.startsWith('+ isPublic = false')));
    assert.equal(console.state().toast?.kind, 'success', JSON.stringify(console.state().dialog));
    assert.equal(console.state().list.counts?.exposures, 0);

    await console.keys('2');
    const rows = selectRuleRows(console.state());
    const made = rows.filter(({ name }) => name === editor.name.text);
    assert.deepEqual(
      made.map(({ region }) => region),
      ['eu-west-1', 'us-west-2'],
    );
    assert.deepEqual(
      made.map(({ danger }) => danger),
      ['0', '0'],
    );
    assert.ok(selectRuleDetail(console.state()).some(({ label }) => label === 'hides now'));
  });
});

test('by hand: what is written is tried at each key, what is wrong is named, what is dangerous asks for a word', async () => {
  await withConsole(
    async (console) => {
      await filter(console, 'status:active kind:s3 age:>1d region:us-east-1');
      await console.keys('n');
      const editor = editorOf(console.state());
      assert.match(editor.draft.unsaid ?? '', /age:>1d/);
      assert.deepEqual(
        editor.lines.map(({ text }) => text),
        ['resourceType = AWS::S3::Bucket', 'isPublic = false', ''],
      );
      const guarded = editor.trial?.wouldArchive ?? 0;

      await console.keys(...Array<string>(FIRST_LINE + 1).fill('down'), 'ctrl+u');
      const open = editorOf(console.state());
      assert.equal(open.trial?.canHidePublic, true);
      assert.ok((open.trial?.publicOnes ?? 0) > 0);
      assert.ok((open.trial?.wouldArchive ?? 0) > guarded);

      await console.type('resource contains acme-lgos');
      assert.deepEqual(
        editorOf(console.state()).trial?.dead.map(({ value }) => value),
        ['acme-lgos'],
      );
      await console.keys('ctrl+u');
      await console.type('resource is it');
      assert.match(editorOf(console.state()).problem ?? '', /not a criterion/);
      await console.keys('ctrl+u', 'enter');
      await confirm(console, /^Create archive rule/, 'publi');
      assert.equal(console.state().dialog?.kind, 'confirm', 'not without the whole word');
      await console.keys('esc');
      assert.equal(console.state().dialog, undefined);
    },
    ['us-east-1'],
  );
});

test('a rule is edited, applied again and deleted, each shown first; keys complete', async () => {
  await withConsole(
    async (console) => {
      await console.keys('2');
      const at = selectRuleRows(console.state()).findIndex(({ name }) => name === 'own-organization');
      await console.keys('g', ...Array<string>(at).fill('j'), 'E');
      const editor = editorOf(console.state());
      assert.equal(editor.draft.editing, 'own-organization');
      await console.keys(...Array<string>(FIRST_LINE + editor.lines.length - 1).fill('down'));
      await console.type('resourceT');
      await console.keys('tab');
      await console.type('= AWS::S3::B');
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

/** The console's Rules screen and editor over the real services: a store, the gateway, the demo world on the wire. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createKeymap } from '../../src/app/bindings.ts';
import { createInitialState } from '../../src/app/initial-state.ts';
import { FIRST_LINE } from '../../src/app/rules/rule-editor.ts';
import { selectConfirm } from '../../src/app/selectors/confirm.ts';
import { selectRuleDetail, selectRuleRows } from '../../src/app/selectors/rules.ts';
import type { AppState } from '../../src/app/state.ts';
import { createStore } from '../../src/app/store.ts';
import type { Dialog } from '../../src/app/dialog.ts';
import { createConsoleServices } from '../../src/services/console-services.ts';
import { createRuntime } from '../../src/services/runtime.ts';
import { syncRuntime } from '../../src/services/sync-service.ts';
import { environmentFor, withEmulator } from '../emulator/harness.ts';
import { MODE } from '../app/fakes/journey.ts';

interface Console {
  state(): AppState;
  keys(...chords: string[]): Promise<void>;
  type(text: string): Promise<void>;
}

const NOW = Date.UTC(2026, 0, 15);

async function withConsole(use: (console: Console) => Promise<void>, regions = ['eu-west-1', 'us-west-2']) {
  await withEmulator({ world: 'demo' }, async (emulator) => {
    const home = mkdtempSync(join(tmpdir(), 'iam-triage-test-'));
    const env = {
      HOME: home,
      IAM_TRIAGE_HOME: join(home, 'state'),
      AWS_CONFIG_FILE: join(home, 'aws-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(home, 'aws-credentials'),
      ...environmentFor(emulator),
    };
    const runtime = createRuntime({
      env,
      cwd: home,
      profiles: [],
      regions,
      readOnly: false,
      offline: false,
      demo: false,
    });
    const services = createConsoleServices(runtime, { env, write: () => undefined });
    try {
      const signal = new AbortController().signal;
      const synced = await syncRuntime(runtime, { full: true, signal, onProgress: () => undefined });
      assert.ok(synced.ok);
      const store = createStore({
        initial: createInitialState({
          viewport: { columns: 120, rows: 30 },
          now: NOW,
          mode: MODE,
          keymap: createKeymap(),
          themeName: 'default',
          themeNames: ['default'],
          views: [],
        }),
        services,
        rest: (ms) => (ms < 1000 ? Promise.resolve() : new Promise(() => {})),
      });
      const keys = async (...chords: string[]) => {
        for (const chord of chords) {
          store.input([chord]);
          await store.idle();
        }
      };
      store.dispatch({ kind: 'store-changed' });
      await store.idle();
      await use({
        state: () => store.getState(),
        keys,
        type: (text) => keys(...text.split('').map((each) => (each === ' ' ? 'space' : each))),
      });
    } finally {
      services.stop();
      runtime.close();
      rmSync(home, { recursive: true, force: true });
    }
  });
}

function editorOf(state: AppState): Extract<Dialog, { kind: 'rule' }> {
  assert.equal(state.dialog?.kind, 'rule', JSON.stringify(state.dialog ?? state.toast));
  return state.dialog;
}

async function confirm(console: Console, title: RegExp, word?: string): Promise<readonly string[]> {
  const { dialog, toast } = console.state();
  assert.equal(dialog?.kind, 'confirm', JSON.stringify(dialog ?? toast));
  const content = selectConfirm(dialog);
  assert.match(content.title, title);
  if (word !== undefined) await console.type(word);
  await console.keys('enter');
  return content.lines.map(({ text }) => text);
}

async function filter(console: Console, text: string): Promise<void> {
  await console.keys('/', 'ctrl+u');
  await console.type(text);
  await console.keys('enter');
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
      ['', ''],
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

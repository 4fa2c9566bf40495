import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createKeymap } from '../../src/app/bindings.ts';
import { createInitialState } from '../../src/app/initial-state.ts';
import { selectConfirm } from '../../src/app/selectors/confirm.ts';
import { selectOutcome } from '../../src/app/selectors/outcome.ts';
import { selectPanelLines } from '../../src/app/selectors/panel.ts';
import type { AppState } from '../../src/app/state.ts';
import { type AppStore, createStore } from '../../src/app/store.ts';
import type { Emulator } from '../../src/emulator/server.ts';
import { addPolicy } from '../../src/emulator/world/build.ts';
import { formatPolicy } from '../../src/emulator/world/statement.ts';
import { createConsoleServices } from '../../src/services/console-services.ts';
import { createRuntime } from '../../src/services/runtime.ts';
import { MODE } from '../app/fakes/journey.ts';
import { environmentFor, withEmulator } from '../emulator/harness.ts';
import { DAY, HOME, START } from '../emulator/small-world.ts';
import { iamStateOf } from '../triage/resolve/house.ts';

/** The whole console but its screen, over the real services and the emulator: from a finding to RESOLVED, and back. */

interface Console {
  readonly emulator: Emulator;
  readonly home: string;
  readonly copied: string[];
  state(): AppState;
  /** Presses, and waits until nothing runs. */
  press(chunk: string): Promise<void>;
  /** Presses, and waits only until this holds: a proof may be waited for much longer. */
  pressUntil(chunk: string, holds: (state: AppState) => boolean): Promise<void>;
  /** What the open panel says. */
  said(): string;
}

const ESC = '\u001b';
const ENTER = '\r';

function until(store: AppStore, holds: (state: AppState) => boolean): Promise<void> {
  if (holds(store.getState())) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.subscribe(() => {
      if (!holds(store.getState())) return;
      stop();
      resolve();
    });
  });
}

const rest = (ms: number): Promise<void> => (ms < 1000 ? Promise.resolve() : new Promise(() => {}));

async function withConsole(filter: string, use: (console: Console) => Promise<void>): Promise<void> {
  await withEmulator({}, async (emulator) => {
    const home = mkdtempSync(join(tmpdir(), 'iam-triage-test-'));
    const env = {
      HOME: home,
      IAM_TRIAGE_HOME: join(home, 'state'),
      AWS_CONFIG_FILE: join(home, 'aws-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(home, 'aws-credentials'),
      ...environmentFor(emulator),
    };
    const modes = { readOnly: false, offline: false, demo: false };
    const runtime = createRuntime({
      env,
      cwd: home,
      profiles: [],
      regions: ['us-east-1'],
      ...modes,
      now: () => START,
    });
    assert.ok(runtime.store().ok, 'the store is there before its readers');
    const copied: string[] = [];
    const services = createConsoleServices(runtime, { env, write: (text) => void copied.push(text) });
    const store = createStore({
      services,
      rest,
      initial: createInitialState({
        viewport: { columns: 120, rows: 30 },
        now: START,
        mode: { ...MODE, homeFilter: filter },
        keymap: createKeymap(),
        themeName: 'default',
        themeNames: ['default'],
        views: [],
      }),
    });
    try {
      store.dispatch({ kind: 'opened' });
      await store.idle();
      await use(handleOf(store, { emulator, home, copied }));
    } finally {
      services.stop();
      await store.idle();
      runtime.close();
      rmSync(home, { recursive: true, force: true });
    }
  });
}

function handleOf(store: AppStore, facts: Pick<Console, 'emulator' | 'home' | 'copied'>): Console {
  return {
    ...facts,
    state: () => store.getState(),
    press: async (chunk) => {
      store.input(chunk);
      await store.idle();
    },
    pressUntil: async (chunk, holds) => {
      store.input(chunk);
      await until(store, holds);
    },
    said: () => {
      const { panel } = store.getState();
      assert.ok(panel !== undefined, store.getState().toast?.text ?? 'no panel is open');
      return selectPanelLines(store.getState(), panel, 118)
        .map((line) => {
          if (!('shape' in line)) return `${line.label ?? ''} ${line.text}`.trim();
          return line.shape === 'whole'
            ? line.line.text
            : `${line.left?.text ?? ''} | ${line.right?.text ?? ''}`;
        })
        .join('\n');
    },
  };
}

/** The dialog that is open must be a confirmation of this, and is confirmed with this word. */
async function confirm(console: Console, title: RegExp, word = ''): Promise<void> {
  const { dialog, toast } = console.state();
  assert.equal(dialog?.kind, 'confirm', toast?.text ?? '');
  assert.match(selectConfirm(dialog).title, title);
  if (word !== '') await console.press(word);
}

const isDone = ({ running, dialog, toast }: AppState): boolean =>
  running === undefined && dialog === undefined && toast?.kind === 'success';

test('p, the paid check and the files: the recommendation of a role', () =>
  withConsole('type:unused-perms resource:*app', async (console) => {
    await console.press('p');
    assert.match(console.said(), /It is a customer managed policy: a narrower one is made and attached/);
    assert.match(console.said(), /sqs goes: \*/);
    await console.press('C');
    await console.press(ENTER);
    assert.match(console.said(), /PASS/, console.state().toast?.text ?? '');
    await console.press('y');
    await console.press('t');
    assert.equal(console.copied.length, 1);
    await console.press('e');
    await console.press('a');
    const [folder] = readdirSync(console.home).filter((name) => name.startsWith('iam-triage-policy-app'));
    assert.equal(readdirSync(join(console.home, folder ?? '')).length, 4);
  }));

test('unused permissions: from the preview to the fix, proven by the next pass, and back by undo', () =>
  withConsole('type:unused-perms resource:*app', async (console) => {
    const before = iamStateOf(console.emulator.world);
    await console.press('p');
    await console.press('r');
    assert.match(console.said(), /could break/);
    await console.press(ENTER);
    await confirm(console, /./, 'apply');
    await console.press(ENTER);
    assert.notEqual(iamStateOf(console.emulator.world), before, console.state().toast?.text ?? '');
    assert.match(console.said(), /Fixed, waiting for proof\. AWS looks again by/);
    assert.ok(console.state().list.rows[0]?.fixedAt !== undefined, 'the row says so, too');
    console.emulator.advance(DAY);
    console.emulator.runDailyPass();
    await console.press('\u0012');
    assert.equal(console.state().list.rows[0]?.status, 'RESOLVED');
    assert.equal(console.state().list.rows[0]?.fixedAt, undefined);
    await console.press('z');
    await confirm(console, /undo/i, 'undo');
    await console.press(ENTER);
    assert.equal(iamStateOf(console.emulator.world), before);
  }));

/** Finding, what the panel says of the safest fix, title of the plan and its word; then the same of taking it back. */
const UNUSED = [
  {
    what: 'an unused access key',
    filter: 'type:unused-key resource:*human',
    says: /Undo makes the key active again, the same key/,
    title: /^Deactivate access key AKIA\w+ of human$/,
    word: 'deactivate',
  },
  {
    what: 'an unused password',
    filter: 'type:unused-password',
    says: /can no longer sign in to the console; access keys keep working/,
    title: /^Delete the password of human$/,
    word: 'delete',
  },
  {
    what: 'an unused role',
    filter: 'type:unused-role resource:*partner-1',
    says: /Delete role partner-1/,
    title: /^Delete role partner-1$/,
    word: 'delete',
  },
] as const;

for (const { what, filter, says, title, word } of UNUSED) {
  test(`${what}: fixed in the console, proven by the next pass, said by the sync, and back by undo`, () =>
    withConsole(filter, async (console) => {
      const before = iamStateOf(console.emulator.world);
      await console.press('r');
      assert.match(console.said(), says);
      await console.press(ENTER);
      await confirm(console, title, 'yes');
      await console.press(ENTER);
      assert.equal(iamStateOf(console.emulator.world), before, 'another word does nothing');
      await console.press('\u0015');
      await confirm(console, title, word);
      await console.press(ENTER);
      assert.notEqual(iamStateOf(console.emulator.world), before, console.state().toast?.text ?? '');
      assert.match(console.said(), /Fixed, waiting for proof\. AWS looks again by/);
      await console.press('\u0012');
      assert.ok(console.state().list.rows[0]?.fixedAt !== undefined, 'a sync before the pass proves nothing');
      console.emulator.advance(DAY);
      console.emulator.runDailyPass();
      await console.press('\u0012');
      assert.equal(console.state().toast?.text, '1 fix proven.');
      assert.equal(console.state().list.rows[0]?.status, 'RESOLVED');
      await console.press('z');
      await confirm(console, /undo/i, 'undo');
      await console.press(ENTER);
      assert.equal(iamStateOf(console.emulator.world), before);
      assert.equal(console.state().journal.entries[0]?.state, 'done');
    }));
}

test('no room for another attached policy: said before, shown when refused, nothing lost, taken back', () =>
  withConsole('type:unused-perms resource:*app', async (console) => {
    const { world } = console.emulator;
    const home = world.accounts.get(HOME);
    const attached = home?.roles.get('app')?.attachedPolicies ?? [];
    assert.ok(home !== undefined && attached.length > 0);
    const document = formatPolicy({ action: 's3:GetObject', resource: '*' });
    while (attached.length < 10)
      attached.push(addPolicy(world, home, { name: `full-${attached.length}`, document }).arn);
    const before = iamStateOf(console.emulator.world);
    await console.press('r');
    assert.match(console.said(), /the default quota is 10/);
    await console.press(ENTER);
    await confirm(console, /^Apply the recommended policies to role app$/, 'apply');
    await console.press(ENTER);
    const { dialog } = console.state();
    assert.equal(dialog?.kind, 'outcome', console.state().toast?.text ?? '');
    const lines = selectOutcome(console.state(), dialog.entryId).lines.map(
      ({ label, text }) => `${label} ${text}`,
    );
    assert.ok(
      lines.some((line) => /^failed attaches/.test(line)),
      lines.join('\n'),
    );
    assert.ok(lines.some((line) => /quota/i.test(line)));
    assert.ok(
      lines.some((line) => /^not sent detaches/.test(line)),
      'nothing was taken away',
    );
    const { operations } = console.emulator.log.report();
    assert.equal(operations['AttachRolePolicy'], 1, 'a quota is no throttling: it is not asked again');
    await console.press('z');
    await confirm(console, /undo/i, 'undo');
    await console.press(ENTER);
    assert.equal(iamStateOf(console.emulator.world), before);
  }));

test('external access: the trust policy is cut, a scan proves it, and undo brings it back', () =>
  withConsole('type:external resource:*partner-1', async (console) => {
    const before = iamStateOf(console.emulator.world);
    await console.press('r');
    await console.press('O');
    await console.press('o-a1b2c3d4e5');
    await console.press(ENTER);
    assert.match(console.said(), /aws:PrincipalOrgID/, 'safest first: the access of one organization stays');
    await console.press('\t');
    assert.match(console.said(), /access preview says that the finding will be RESOLVED/);
    await console.press(ENTER);
    await confirm(console, /trust policy/, 'apply');
    await console.pressUntil(ENTER, (state) => isDone(state) && state.proofs.size === 1);
    assert.match(console.said(), /Fixed, waiting for proof/);
    await console.pressUntil('s', ({ dialog }) => dialog?.kind === 'confirm');
    await confirm(console, /^Scan 1 resource again$/);
    await console.press(ENTER);
    assert.match(console.said(), /RESOLVED: the analyzer looked again and found the access gone/);
    assert.match(console.state().toast?.text ?? '', /RESOLVED/);
    const fix = console.state().journal.entries.find(({ kind }) => kind === 'fix');
    assert.equal(fix?.state, 'done');
    await console.press('z');
    await confirm(console, /undo/i, 'undo');
    await console.press(ENTER);
    assert.equal(iamStateOf(console.emulator.world), before);
    await console.press(ESC);
    assert.equal(console.state().panel, undefined);
  }));

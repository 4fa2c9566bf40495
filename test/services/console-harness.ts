/** The console without a screen over the real services: a store, the gateway, the demo world on the wire. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeymap } from '../../src/app/bindings.ts';
import { createInitialState } from '../../src/app/initial-state.ts';
import { selectConfirm } from '../../src/app/selectors/confirm.ts';
import type { AppState } from '../../src/app/state.ts';
import { type AppStore, createStore } from '../../src/app/store.ts';
import { createConsoleServices } from '../../src/services/console-services.ts';
import { createRuntime } from '../../src/services/runtime.ts';
import { syncRuntime } from '../../src/services/sync-service.ts';
import type { Emulator, EmulatorOptions } from '../../src/emulator/server.ts';
import { environmentFor, withEmulator } from '../emulator/harness.ts';
import { MODE } from '../app/fakes/journey.ts';

export interface Console {
  readonly store: AppStore;
  /** AWS, as others see and change it meanwhile. */
  readonly emulator: Emulator;
  /** Where the program was started. */
  readonly home: string;
  state(): AppState;
  keys(...chords: string[]): Promise<void>;
  type(text: string): Promise<void>;
}

const NOW = Date.UTC(2026, 0, 15);

export async function withConsole(
  use: (console: Console) => Promise<void>,
  regions = ['eu-west-1', 'us-west-2'],
  world: EmulatorOptions['world'] = 'demo',
) {
  await withEmulator({ world }, async (emulator) => {
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
        store,
        emulator,
        home,
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

export async function confirm(console: Console, title: RegExp, word?: string): Promise<readonly string[]> {
  const { dialog, toast } = console.state();
  assert.equal(dialog?.kind, 'confirm', JSON.stringify(dialog ?? toast));
  const content = selectConfirm(dialog);
  assert.match(content.title, title);
  if (word !== undefined) await console.type(word);
  await console.keys('enter');
  return content.lines.map(({ text }) => text);
}

export async function filter(console: Console, text: string): Promise<void> {
  await console.keys('/', 'ctrl+u');
  await console.type(text);
  await console.keys('enter');
}

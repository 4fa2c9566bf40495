import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { makeFolder } from '../cache/make-folder.ts';
import type { EmulatorStarted } from './emulator-worker.ts';

/** What makes the program a demo: an endpoint, credentials that mean something there, and a folder for its files. */
export interface Demo {
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const PROFILE = 'prod';
const AWS_CONFIG = `[profile ${PROFILE}]\nregion = us-east-1\n`;
const AWS_CREDENTIALS = `[${PROFILE}]\naws_access_key_id = AKIADEMO000000000001\naws_secret_access_key = demo\n`;

/**
 * Starts the emulator on a thread. Files go to a folder of IAM_TRIAGE_HOME where that is set, never among those of the real
 * AWS; else to one that is removed.
 */
export async function startDemo(env: NodeJS.ProcessEnv): Promise<Demo> {
  const worker = new Worker(workerUrl());
  const folder = mkdtempSync(join(tmpdir(), 'iam-triage-demo-'));
  const stop = async (): Promise<void> => {
    await worker.terminate();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [started] = (await once(worker, 'message')) as [EmulatorStarted];
    return { env: settle(started, folder, homeIn(env) ?? folder), stop };
  } catch (error) {
    // The thread would keep the program alive.
    await stop();
    throw error;
  }
}

const homeIn = ({ IAM_TRIAGE_HOME: home }: NodeJS.ProcessEnv): string | undefined =>
  home ? join(home, 'demo') : undefined;

/** Writes the demo's files, and names them in the environment. */
function settle(started: EmulatorStarted, folder: string, home: string): Demo['env'] {
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  nameAccounts(home, started.accounts);
  return {
    AWS_ENDPOINT_URL: started.url,
    AWS_PROFILE: PROFILE,
    AWS_CONFIG_FILE: write('config', AWS_CONFIG),
    AWS_SHARED_CREDENTIALS_FILE: write('credentials', AWS_CREDENTIALS),
    IAM_TRIAGE_HOME: home,
  };
}

/** What the demo's security team may assume in every member account. */
const FIX_ROLE = 'security/triage-remediation';

/** The names of the demo's accounts, where a person would have written those of their own: in the settings. */
function nameAccounts(home: string, accounts: EmulatorStarted['accounts']): void {
  const path = join(home, 'settings.json');
  if (existsSync(path)) return;
  makeFolder(home);
  writeFileSync(path, `${JSON.stringify({ accounts, fixRoleName: FIX_ROLE }, undefined, 2)}\n`, {
    mode: 0o600,
  });
}

/** In the bundle the worker stands beside it; run from source it is the TypeScript file beside this one. */
function workerUrl(): URL {
  return new URL(
    import.meta.url.endsWith('.ts') ? './emulator-worker.ts' : './emulator-worker.js',
    import.meta.url,
  );
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** What makes the program a demo: an endpoint, credentials that mean something there, and a folder for its files. */
export interface Demo {
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Profiles of the demo organization: name → access key, which the emulator maps to an account. */
const HOME_REGION = 'us-east-1';

/** Starts the emulator on a thread. Files go to IAM_TRIAGE_HOME where it is set, else to a folder that is removed. */
export async function startDemo(env: NodeJS.ProcessEnv): Promise<Demo> {
  const worker = new Worker(workerUrl());
  const [message] = (await once(worker, 'message')) as [{ readonly url: string }];
  const folder = mkdtempSync(join(tmpdir(), 'iam-triage-demo-'));
  const config = join(folder, 'config');
  writeFileSync(config, '', { mode: 0o600 });
  return {
    env: {
      AWS_ENDPOINT_URL: message.url,
      AWS_REGION: HOME_REGION,
      AWS_ACCESS_KEY_ID: 'AKIADEMO000000000001',
      AWS_SECRET_ACCESS_KEY: 'demo',
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      IAM_TRIAGE_HOME: env['IAM_TRIAGE_HOME'] ?? folder,
    },
    stop: async () => {
      await worker.terminate();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** In the bundle the worker stands beside it; run from source it is the TypeScript file beside this one. */
function workerUrl(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './emulator-worker.ts' : './emulator-worker.js', import.meta.url);
}

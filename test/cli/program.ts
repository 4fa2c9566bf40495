/** Runs the built program as a user does: its own process, its own folder, an emulator as its AWS. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentFor, withEmulator } from '../emulator/harness.ts';
import type { Emulator, EmulatorOptions } from '../../src/emulator/server.ts';

export const BIN = fileURLToPath(new URL('../../bin/iam-triage.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  run(...args: readonly string[]): Promise<Ended>;
  /** The same with other variables; undefined takes one away. */
  runWith(env: Readonly<Record<string, string | undefined>>, ...args: readonly string[]): Promise<Ended>;
}

/** A program with an empty folder of its own, which is removed afterwards. */
export async function withProgram<T>(
  env: Readonly<Record<string, string>>,
  use: (program: Program) => Promise<T>,
): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'iam-triage-test-'));
  const base = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    IAM_TRIAGE_HOME: join(home, 'state'),
    AWS_CONFIG_FILE: join(home, 'aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'aws-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    ...env,
  };
  const runWith: Program['runWith'] = (other, ...args) => runProgram(args, { ...base, ...other }, home);
  try {
    return await use({ home, env: base, runWith, run: (...args) => runWith({}, ...args) });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** The same over an emulator. */
export const withProgramAndEmulator = <T>(
  options: Partial<EmulatorOptions>,
  use: (program: Program, emulator: Emulator) => Promise<T>,
): Promise<T> =>
  withEmulator(options, (emulator) =>
    withProgram(environmentFor(emulator), (program) => use(program, emulator)),
  );

function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Promise<Ended> {
  const defined = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      env: defined,
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

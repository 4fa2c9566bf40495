import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const HOOK = new URL('./usage-hook.mjs', import.meta.url).href;
const FOLDER = fileURLToPath(new URL('../..', import.meta.url));

export interface Run {
  readonly wallMs: number;
  readonly stdout: string;
}

/** Node only: what the process itself said at its end. */
export interface NodeRun extends Run {
  /** User and system, all threads. */
  readonly cpuMs: number;
  readonly peakMb: number;
}

export interface RunOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Goes to this file instead of `stdout`. */
  readonly outputFile?: string;
}

/** Runs a program to its end; throws with its stderr when it fails. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Run> {
  const output = options.outputFile === undefined ? 'pipe' : openSync(options.outputFile, 'w');
  const began = performance.now();
  const child = spawn(command, args, { cwd: FOLDER, env: options.env, stdio: ['ignore', output, 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  const wallMs = performance.now() - began;
  if (typeof output === 'number') closeSync(output);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stderr}`);
  return { wallMs, stdout };
}

/** Runs a script with this Node to its end. */
export async function runNode(
  args: readonly string[],
  { folder, ...options }: RunOptions & { readonly folder: string },
): Promise<NodeRun> {
  const file = join(folder, 'usage.json');
  rmSync(file, { force: true });
  const env = { ...options.env, BENCH_USAGE_FILE: file };
  const run = await runProgram(process.execPath, ['--import', HOOK, ...args], { ...options, env });
  const usage = JSON.parse(readFileSync(file, 'utf8')) as { cpuMs: number; peakMb: number };
  return { ...run, ...usage };
}

/** Resident memory of a process now, in MB; `ps` is on every Unix. */
export function residentMb(pid: number): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(stdout.trim()) / 1024;
}

/** Path of a program, where this machine has it. */
export function findProgram(name: string): string | undefined {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

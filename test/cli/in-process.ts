/** Runs commands as main.ts does, but in this process: quick enough to try every wrong input. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { parseArguments } from '../../src/cli/arguments.ts';
import type { CommandIo } from '../../src/cli/command.ts';
import { formatProblem } from '../../src/cli/print.ts';
import { exitCodeOf } from '../../src/domain/problem.ts';
import type { Emulator, EmulatorOptions } from '../../src/emulator/server.ts';
import { createRuntime } from '../../src/services/runtime.ts';
import { environmentFor, withEmulator } from '../emulator/harness.ts';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface House {
  readonly emulator: Emulator;
  /** A folder of the test's own. */
  readonly home: string;
  /** A command line without the program's name. */
  run(...argv: readonly string[]): Promise<Ended>;
  /** The same with a person at the terminal, who types these lines. */
  type(lines: readonly string[], ...argv: readonly string[]): Promise<Ended>;
}

export const withHouse = (
  options: Partial<EmulatorOptions>,
  use: (house: House) => Promise<void>,
): Promise<void> =>
  withEmulator(options, async (emulator) => {
    const home = mkdtempSync(join(tmpdir(), 'iam-triage-test-'));
    const env = {
      HOME: home,
      IAM_TRIAGE_HOME: join(home, 'state'),
      AWS_CONFIG_FILE: join(home, 'aws-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(home, 'aws-credentials'),
      ...environmentFor(emulator),
    };
    try {
      await use({
        emulator,
        home,
        run: (...argv) => runCommand(argv, env, undefined),
        type: (lines, ...argv) => runCommand(argv, env, lines),
      });
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

async function runCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  typed: readonly string[] | undefined,
): Promise<Ended> {
  const texts = { out: '', err: '' };
  const io = createIo(texts, typed);
  const parsed = parseArguments(argv);
  if (!parsed.ok) return { code: exitCodeOf(parsed.problem), out: '', err: formatProblem(parsed.problem) };
  const { command, positionals, options, profiles, regions } = parsed.value;
  const runtime = createRuntime({
    env,
    cwd: '.',
    profiles,
    regions,
    readOnly: options.flag('read-only'),
    offline: options.flag('offline'),
    demo: false,
  });
  try {
    const run = await command?.load();
    const signal = new AbortController().signal;
    const ended = (await run?.({ io, runtime, positionals, options, signal })) ?? 0;
    if (typeof ended === 'number') return { code: ended, ...texts };
    return { code: exitCodeOf(ended), out: texts.out, err: texts.err + formatProblem(ended) };
  } finally {
    runtime.close();
  }
}

function createIo(texts: { out: string; err: string }, typed: readonly string[] | undefined): CommandIo {
  const collect = (name: 'out' | 'err') => {
    const stream = new PassThrough();
    stream.setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
    return stream;
  };
  return {
    out: collect('out'),
    err: collect('err'),
    in: Readable.from((typed ?? []).map((line) => `${line}\n`)),
    interactive: typed !== undefined,
    columns: 120,
    barColumns: 120,
    color: false,
    ascii: false,
  };
}

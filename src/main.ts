import { readFileSync } from 'node:fs';
import { parseArguments, type Arguments } from './cli/arguments.ts';
import { formatCommandHelp, formatHelp } from './cli/help.ts';
import { ask } from './cli/ask.ts';
import type { CommandIo, ExitCode } from './cli/command.ts';
import { print, printProblem } from './cli/print.ts';
import { canDrawScreen, showsUnicode } from './cli/terminal.ts';
import { exitCodeOf, toProblem, type Problem } from './domain/problem.ts';
import { createRuntime, type Runtime } from './services/runtime.ts';
import { keepYoungGeneration } from './services/young-generation.ts';

/** The process: argv → runtime → console or command → exit code. Everything else is told what it needs to know. */
async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseArguments(argv);
  if (!parsed.ok) {
    printProblem({ err: process.stderr }, parsed.problem);
    return exitCodeOf(parsed.problem);
  }
  const { options, command } = parsed.value;
  if (options.flag('help')) {
    await print(process.stdout, command === undefined ? formatHelp() : formatCommandHelp(command));
    return 0;
  }
  if (options.flag('version')) {
    await print(process.stdout, `${version()}\n`);
    return 0;
  }
  const demo = options.flag('demo') ? await startDemo() : undefined;
  const io = createIo(parsed.value);
  const runtime = openRuntime(parsed.value, io);
  try {
    return command === undefined
      ? await openConsole(parsed.value, runtime, io)
      : await runCommand(parsed.value, runtime, io);
  } finally {
    runtime.close();
    await demo?.stop();
  }
}

/** The demo is the same program: its endpoint is the emulator, its files are in a folder of their own. */
async function startDemo(): Promise<{ stop(): Promise<void> }> {
  const { startDemo: start } = await import('./services/demo.ts');
  const demo = await start(process.env);
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, demo.env);
  return demo;
}

function createIo({ options }: Arguments): CommandIo {
  const noColor = options.flag('no-color') || (process.env['NO_COLOR'] ?? '') !== '';
  return {
    out: process.stdout,
    err: process.stderr,
    in: process.stdin,
    interactive: process.stdin.isTTY && process.stderr.isTTY,
    columns: process.stdout.columns ?? 160,
    barColumns: process.stderr.columns ?? 80,
    color: process.stdout.isTTY && !noColor,
    ascii: options.flag('ascii') || !showsUnicode(process.env),
  };
}

function openRuntime({ command, options, profiles, regions }: Arguments, io: CommandIo): Runtime {
  const { env } = process;
  return createRuntime({
    env,
    cwd: process.cwd(),
    profiles,
    regions,
    readOnly: options.flag('read-only') || env['IAM_TRIAGE_READ_ONLY'] === '1',
    offline: options.flag('offline'),
    demo: options.flag('demo'),
    // The console has the terminal to itself: nothing else can ask there.
    ...(io.interactive && command !== undefined
      ? { mfaPrompt: async (serial) => (await ask(io, `MFA code for ${serial}: `)) ?? '' }
      : {}),
  });
}

async function runCommand(
  { command, positionals, options }: Arguments,
  runtime: Runtime,
  io: CommandIo,
): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopping.abort());
  const run = await command?.load();
  const ended = await run?.({ io, runtime, positionals, options, signal: stopping.signal });
  for (const notice of runtime.takeNotices()) printProblem(io, notice);
  return typeof ended === 'object' ? report(io, ended) : (ended ?? 0);
}

/** Why no console can be drawn here. */
function noTerminal(): Problem | undefined {
  const hint = 'Use a command such as `iam-triage list`; see `iam-triage --help`.';
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    return { kind: 'usage', message: 'The console needs a terminal, and this is none.', hint };
  if (canDrawScreen(process.env)) return undefined;
  const message = 'The console needs a cursor that can be placed; TERM=dumb has none.';
  return { kind: 'usage', message, hint: `Set TERM to what the terminal is. ${hint}` };
}

async function openConsole(args: Arguments, runtime: Runtime, io: CommandIo): Promise<number> {
  const refused = noTerminal();
  if (refused !== undefined) return report(io, refused);
  const { openConsole: open } = await import('./cli/console.ts');
  const ended = await open({
    runtime,
    io,
    filter: args.options.text('filter'),
    theme: args.options.text('theme'),
    noColor: args.options.flag('no-color'),
    stdin: process.stdin,
    stdout: process.stdout,
    env: process.env,
    // What drawing needs is there by now.
    onPainted: keepYoungGeneration,
  });
  return typeof ended === 'object' ? report(io, ended) : ended;
}

function report(io: Pick<CommandIo, 'err'>, problem: Problem): ExitCode {
  printProblem(io, problem);
  if (process.env['IAM_TRIAGE_DEBUG'] === '1' && problem.detail !== undefined)
    io.err.write(`${problem.detail}\n`);
  return exitCodeOf(problem);
}

const outputProblem = ({ code = 'unknown', message }: NodeJS.ErrnoException): Problem => ({
  kind: 'file',
  message: `The output could not be written (${code}), so not all of it is there.`,
  hint: 'Check the disk that it goes to; what was changed stands in iam-triage journal.',
  detail: message,
});

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

// A reader that has seen enough (`list | head`) closes the pipe: that is an end, not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  // The terminal is gone: what SIGHUP means, where it comes too late.
  if (error.code === 'EIO') process.exit(129);
  process.exit(report({ err: process.stderr }, outputProblem(error)));
});
// Nobody hears any more how far it is; what is under way still comes to its end, and that stands in the journal.
process.stderr.on('error', () => undefined);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  process.exitCode = report({ err: process.stderr }, toProblem(thrown));
}

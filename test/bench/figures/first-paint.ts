import type { Bench } from '../bench.ts';
import { formatCount, regionOptions } from '../bench.ts';
import { median, pairedRatio, takeTurns } from '../measure.ts';
import { findProgram, runProgram } from '../processes.ts';
import type { Row } from '../figure.ts';
import { storeOf } from '../stores.ts';
import { TimedTerminal } from '../timed-terminal.ts';

/** Rows of the list are on the screen, and the footer below them. */
const isPainted = (screen: string): boolean => /●.*\n/u.test(screen) && screen.includes('1 of ');

/** From the start of the process to the bytes that complete the first frame with the list; the compile cache is warm. */
async function paintMs(bench: Bench, home: string): Promise<number> {
  const terminal = bench.openConsole(home, ...regionOptions);
  const at = await terminal.waitFor(isPainted);
  await terminal.quit();
  return at - terminal.startedAt;
}

/** From the start of a process in a terminal to its end. */
async function endMs(bench: Bench, command: string, args: readonly string[]): Promise<number> {
  const terminal = new TimedTerminal(command, args, bench.env(bench.folder));
  const ended = await terminal.exited;
  await terminal.close();
  return ended - terminal.startedAt;
}

/** Start-up: the program's own on a small and on a large store, beside Node that does nothing, and beside the peers. */
export async function measureFirstPaint(bench: Bench): Promise<readonly Row[]> {
  const { scale } = bench;
  const [small, large] = [await storeOf(bench, scale.small), await storeOf(bench, scale.large)];
  const times = await takeTurns(scale.rounds, {
    node: () => endMs(bench, process.execPath, ['-e', '0']),
    small: () => paintMs(bench, small),
    large: () => paintMs(bench, large),
  });
  const ratio = pairedRatio(times.large, times.node);
  const [value, node] = [median(times.large), median(times.node)];
  const growth = pairedRatio(times.large, times.small);
  return [
    {
      what: 'first paint',
      at: formatCount(scale.large),
      value,
      unit: 'ms',
      beside: { name: 'node -e 0', value: node, ratio },
      bar: { of: 'ratio', most: 6 },
    },
    {
      what: 'first paint',
      at: formatCount(scale.large),
      value,
      unit: 'ms',
      beside: { name: `at ${formatCount(scale.small)}`, value: median(times.small), ratio: growth },
      bar: { of: 'ratio', most: 1.1 },
    },
    await measureAwsVersion(bench, value),
    ...(await measureReaders(bench, large, value)),
  ];
}

async function measureAwsVersion(bench: Bench, value: number): Promise<Row> {
  const what = 'first paint';
  if (findProgram('aws') === undefined) return { what, missing: 'aws: not here' };
  const { version } = await takeTurns(2, { version: () => endMs(bench, 'aws', ['--version']) });
  const peer = median(version);
  return {
    what,
    at: formatCount(bench.scale.large),
    value,
    unit: 'ms',
    beside: { name: 'aws --version', value: peer, ratio: value / peer },
  };
}

/** Programs that people page through lists with; each is given the whole list as a file. */
const READERS: readonly (readonly [string, (file: string) => string])[] = [
  ['less', (file) => `less -S ${file}`],
  ['fzf', (file) => `fzf < ${file}`],
  ['vd', (file) => `vd -f jsonl ${file}`],
];

async function measureReaders(bench: Bench, home: string, value: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const file = `${bench.folder}/list.ndjson`;
  for (const [name, commandOf] of READERS) {
    const what = 'first paint';
    if (findProgram(name) === undefined) {
      rows.push({ what, missing: `${name}: not here` });
      continue;
    }
    const list = [bench.program, 'list', 'status:active', '--format', 'ndjson'];
    await runProgram(process.execPath, list, { env: bench.env(home), outputFile: file });
    const terminal = new TimedTerminal('sh', ['-c', commandOf(file)], bench.env(home));
    const at = await terminal.waitFor((screen) => screen.includes('arn:aws:'));
    await terminal.close();
    const peer = at - terminal.startedAt;
    rows.push({
      what,
      at: formatCount(bench.scale.large),
      value,
      unit: 'ms',
      beside: { name: `${name} on a file`, value: peer, ratio: value / peer },
    });
  }
  return rows;
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, formatCount } from '../bench.ts';
import type { Row } from '../figure.ts';
import { median, p95 } from '../measure.ts';
import { storeOf } from '../stores.ts';
import { type Answer, SIZE, TimedTerminal } from '../timed-terminal.ts';

const SETTLED_MS = 1_000;

/** One key to the program on a small store, on a large one and to bare Ink, in turns. */
async function pressInTurns(
  terminals: readonly TimedTerminal[],
  keys: number,
): Promise<readonly (readonly Answer[])[]> {
  const answers: Answer[][] = terminals.map(() => []);
  for (let press = 0; press < keys; press++) {
    // Down and up again: half the list is enough, and no move scrolls.
    const key = Math.floor(press / 20) % 2 === 0 ? 'j' : 'k';
    for (const [index, terminal] of terminals.entries()) answers[index]?.push(await terminal.press(key));
  }
  return answers;
}

async function openBareInk(bench: Bench, rows: readonly string[]): Promise<TimedTerminal> {
  const file = join(bench.folder, 'rows.txt');
  writeFileSync(file, rows.join('\n'));
  return new TimedTerminal(process.execPath, [await bench.bundlePeer('bare-ink.tsx'), file], bench.env(''));
}

/** A cursor move: time to the last byte that changes something outside the detail pane, and bytes. */
export async function measureCursor(bench: Bench): Promise<readonly Row[]> {
  const { scale } = bench;
  const small = bench.openConsole(await storeOf(bench, scale.small), '--offline');
  const large = bench.openConsole(await storeOf(bench, scale.large), '--offline');
  const terminals = [small, large];
  for (const terminal of terminals) {
    await terminal.waitFor((screen) => screen.includes('1 of '));
    await terminal.quiet(SETTLED_MS);
  }
  const ink = await openBareInk(bench, large.lines());
  await ink.quiet(SETTLED_MS);
  await pressInTurns([small, large, ink], 5);
  const [ofSmall = [], ofLarge = [], ofInk = []] = await pressInTurns([small, large, ink], scale.keys);
  const pages: Answer[] = [];
  for (let page = 0; page < 6; page++) pages.push(await large.press('\u0004'));
  for (const terminal of [small, large, ink]) await terminal.close();
  return toRows(scale, { ofSmall, ofLarge, ofInk, pages });
}

interface Answers {
  readonly ofSmall: readonly Answer[];
  readonly ofLarge: readonly Answer[];
  readonly ofInk: readonly Answer[];
  readonly pages: readonly Answer[];
}

function toRows(scale: Bench['scale'], { ofSmall, ofLarge, ofInk, pages }: Answers): readonly Row[] {
  const times = (answers: readonly Answer[]): readonly number[] => answers.map(({ listMs }) => listMs);
  // Bare Ink has no detail that follows: all that it sends is the move, and an inverse row is the same text.
  const inkTimes = ofInk.map(({ lastMs }) => lastMs);
  const bytes = (answers: readonly Answer[]): readonly number[] => answers.map(({ listBytes }) => listBytes);
  const [at, atSmall] = [formatCount(scale.large), formatCount(scale.small)];
  const value = p95(times(ofLarge));
  const beside = (name: string, other: number, own = value) => ({ name, value: other, ratio: own / other });
  const middle = median(times(ofLarge));
  const sent = median(bytes(ofLarge));
  const withDetail = Math.round(median(ofLarge.map((answer) => answer.bytes)));
  return [
    {
      what: 'cursor key to last byte, p95',
      at,
      value,
      unit: 'ms',
      beside: beside('bare Ink', p95(inkTimes)),
      bar: { of: 'ratio', most: 1.25 },
    },
    {
      what: 'cursor key to last byte, p95',
      at,
      value,
      unit: 'ms',
      beside: beside(`at ${atSmall}`, p95(times(ofSmall))),
      bar: { of: 'ratio', most: 1.1 },
    },
    {
      what: 'cursor key to last byte, median',
      at,
      value: middle,
      unit: 'ms',
      beside: beside('bare Ink', median(inkTimes), middle),
    },
    {
      what: 'cursor key to last byte, median',
      at,
      value: middle,
      unit: 'ms',
      beside: beside(`at ${atSmall}`, median(times(ofSmall)), middle),
    },
    {
      what: 'bytes per cursor move',
      at,
      value: sent,
      unit: 'bytes',
      beside: beside('bare Ink', median(ofInk.map((answer) => answer.bytes)), sent),
      bar: { of: 'value', most: 330 },
      note: `${withDetail} with the detail pane, which follows when the hand rests`,
    },
    {
      what: 'bytes per cursor move',
      at,
      value: sent,
      unit: 'bytes',
      beside: beside(`at ${atSmall}`, median(bytes(ofSmall)), sent),
      bar: { of: 'ratio', most: 1.1 },
    },
    {
      what: 'bytes per half page',
      at,
      value: median(bytes(pages)),
      unit: 'bytes',
      bar: { of: 'value', most: SIZE.columns * SIZE.rows },
    },
  ];
}

import { type Bench, formatCount } from '../bench.ts';
import type { Row } from '../figure.ts';
import { median, p95 } from '../measure.ts';
import { storeOf } from '../stores.ts';
import type { Answer, TimedTerminal } from '../timed-terminal.ts';

const WORDS = ['worker-00', 'datalake', '4444555', 'jobs-01', 'ext-data', 'human-07'] as const;
/** What stands before is typed first: half a key does not yet ask for anything. */
const KEYS = [
  ['region:', 'eu-west-1'],
  ['type:', 'unused'],
  ['kind:', 's3'],
  ['public:', 'yes'],
  ['account:', '1234'],
  ['age:', '>30d'],
] as const;
const BACKSPACE = '\u007f';
const KILL_LINE = '\u0015';
/** Long enough for an answer from a million findings, and for the detail that follows it. */
const QUIET_MS = 400;
/** Until the thread of the queries has read a million findings into memory. */
const LOADED_MS = 8_000;

/** Types character by character and takes them back; each time the list and its count follow. */
async function typeSlowly(terminal: TimedTerminal, before: string, text: string): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  terminal.type(KILL_LINE);
  await terminal.quiet(QUIET_MS);
  if (before !== '') terminal.type(before);
  await terminal.quiet(QUIET_MS);
  for (const character of text) answers.push(await terminal.press(character, { quietMs: QUIET_MS }));
  for (let taken = 1; taken < text.length; taken++)
    answers.push(await terminal.press(BACKSPACE, { quietMs: QUIET_MS }));
  return answers;
}

/** A filter typed character by character: until the new list and its count are on the screen. */
export async function measureFilter(bench: Bench): Promise<readonly Row[]> {
  const { scale } = bench;
  const terminal = bench.openConsole(await storeOf(bench, scale.large), '--offline');
  await terminal.waitFor((screen) => screen.includes('1 of '));
  await terminal.quiet(1_000);
  await terminal.press('/');
  const first = await typeSlowly(terminal, '', 'warm');
  await terminal.quiet(LOADED_MS);
  const count = scale.name === 'quick' ? 1 : WORDS.length;
  const [words, keys]: [Answer[], Answer[]] = [[], []];
  for (const word of WORDS.slice(0, count)) words.push(...(await typeSlowly(terminal, '', word)));
  for (const [key, value] of KEYS.slice(0, count)) keys.push(...(await typeSlowly(terminal, key, value)));
  const burst = await measureBurst(terminal);
  await terminal.close();
  const at = formatCount(scale.large);
  const list = (answers: readonly Answer[]) => answers.map(({ listMs }) => listMs);
  const echo = [...words, ...keys].map(({ firstMs }) => firstMs);
  return [
    {
      what: 'filter keystroke to list and count, word, p95',
      at,
      value: p95(list(words)),
      unit: 'ms',
      bar: { of: 'value', most: 60 },
      note: `median ${median(list(words)).toFixed(1)} ms`,
    },
    {
      what: 'filter keystroke to list and count, key, p95',
      at,
      value: p95(list(keys)),
      unit: 'ms',
      bar: { of: 'value', most: 25 },
      note: `median ${median(list(keys)).toFixed(1)} ms`,
    },
    {
      what: 'the same of the first word, right after opening',
      at,
      value: p95(list(first)),
      unit: 'ms',
      note: `median ${median(list(first)).toFixed(1)} ms; the findings are being read into memory`,
    },
    { what: 'filter keystroke to its echo, p95', at, value: p95(echo), unit: 'ms' },
    {
      what: '40 characters typed at once, to the last echo',
      at,
      value: burst,
      unit: 'ms',
      note: 'none was lost',
    },
  ];
}

/** Faster than any hand, one chunk a character: all of them must stand in the filter line. */
async function measureBurst(terminal: TimedTerminal): Promise<number> {
  const text = 'abcdefghij'.repeat(4);
  await terminal.press(KILL_LINE, { quietMs: QUIET_MS });
  const at = performance.now();
  for (const character of text) {
    terminal.type(character);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return (await terminal.waitFor((screen) => screen.includes(text))) - at;
}

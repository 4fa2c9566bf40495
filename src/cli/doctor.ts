import { cleanText } from '../domain/text.ts';
import { toJsonText } from '../domain/json-text.ts';
import { runCheckup, type Check } from '../services/checkup.ts';
import type { Command } from './command.ts';
import { print } from './print.ts';

const MARKS: Readonly<Record<Check['state'], { readonly sign: string; readonly ascii: string }>> = {
  ok: { sign: '✓', ascii: '+' },
  note: { sign: '·', ascii: '-' },
  problem: { sign: '✗', ascii: 'x' },
};

/** `doctor`: what works and what does not. Exit code 3 when something does not, 0 otherwise. */
export const doctor: Command = async ({ io, runtime, options, signal }) => {
  const checks: Check[] = [];
  for await (const check of runCheckup(runtime, signal)) {
    checks.push(check);
    if (!options.flag('json')) await print(io.out, formatCheck(check, io.ascii));
  }
  if (options.flag('json')) await print(io.out, `${toJsonText(checks)}\n`);
  return checks.some(({ state }) => state === 'problem') ? 3 : 0;
};

function formatCheck({ name, state, text, hint }: Check, ascii: boolean): string {
  const mark = ascii ? MARKS[state].ascii : MARKS[state].sign;
  const more = hint === undefined ? '' : `\n${' '.repeat(26)}${cleanText(hint)}`;
  return `${mark} ${cleanText(name).padEnd(24)}${cleanText(text)}${more}\n`;
}

import type { Completing } from '../app/completing.ts';
import { cellWidth, cleanText, padEnd, truncateMiddle } from '../domain/text.ts';
import { formatChoice } from './dialogs/dialog-box.ts';
import { blank, span, type Line } from './line.ts';

const MOST_SHOWN = 8;
const MOST_INSERT = 64;
/** Of a narrow screen the hint gets what is left. */
const LEAST_INSERT = 36;
const MOST_HINT = 44;

export interface CompletionList {
  readonly width: number;
  readonly lines: readonly Line[];
}

/** Completions as lines to be laid over something, between two rules: eight of them, the chosen one among them. */
export function formatCompletionList(
  { completions, chosen }: Completing,
  width: number,
): CompletionList | undefined {
  const from = Math.max(0, Math.min(chosen - MOST_SHOWN + 1, completions.length - MOST_SHOWN));
  const items = completions.slice(from, from + MOST_SHOWN);
  if (items.length === 0) return undefined;
  const digits = Math.max(...items.map(({ hint }) => digitsOf(hint)));
  const texts = items.map(
    ({ insert, hint }) => [cleanText(insert.trimEnd()), alignDigits(cleanText(hint), digits)] as const,
  );
  const hintWidth = Math.min(MOST_HINT, Math.max(...texts.map(([, hint]) => cellWidth(hint))));
  const room = Math.min(MOST_INSERT, Math.max(LEAST_INSERT, width - hintWidth - 8));
  const insertWidth = Math.min(room, Math.max(...texts.map(([insert]) => cellWidth(insert))));
  const inner = Math.min(insertWidth + hintWidth + 4, width - 4);
  const side = span('│', 'border');
  const lines = texts.map(([insert, hint], index): Line => {
    const parts = [
      span(padEnd(truncateMiddle(insert, insertWidth), insertWidth)),
      span(`  ${hint}`, 'muted'),
    ];
    return [side, blank(1), ...formatChoice(parts, from + index === chosen, inner), blank(1), side];
  });
  return { width: inner + 4, lines };
}

/** Counts stand below each other by their last digit. */
const digitsOf = (hint: string): number => /^[\d,]*/.exec(hint)?.[0].length ?? 0;

function alignDigits(hint: string, digits: number): string {
  const own = digitsOf(hint);
  return own === 0 ? hint : ' '.repeat(digits - own) + hint;
}

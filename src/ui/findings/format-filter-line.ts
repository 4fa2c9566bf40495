import { cellWidth, cleanText, padEnd, truncateEnd } from '../../domain/text.ts';
import type { CompletionItem, FilterBar } from '../../app/state.ts';
import { formatChoice } from '../dialogs/dialog-box.ts';
import { formatField } from '../field.ts';
import { blank, cutLine, span, type Line } from '../line.ts';

/** Before the text: " / ". */
const PROMPT_CELLS = 3;

/** The line under the tabs while the filter is typed. */
export function formatFilterBar(bar: FilterBar, width: number): Line {
  const field = formatField({ text: bar.text, caret: bar.caret }, Math.max(1, width - PROMPT_CELLS));
  return [span(' / ', 'accent'), ...field];
}

/** Cells before an offset (UTF-16) of the filter's text; near enough when a long text has scrolled. */
const cellsBefore = (text: string, offset: number, width: number): number =>
  PROMPT_CELLS +
  Math.min(cellWidth(cleanText(text.slice(0, offset))), Math.max(0, width - PROMPT_CELLS - 24));

/** What is wrong, as one clean sentence with the nearest word. */
export function filterProblemText({ problem }: FilterBar): string {
  if (problem === undefined) return '';
  const { message, suggestion } = problem;
  const hint = suggestion === undefined || message.includes(suggestion) ? '' : ` Did you mean ${suggestion}?`;
  return cleanText(message + hint);
}

/** A caret under what is wrong, and why: stands in the place of the column heads. */
export function formatFilterProblem(bar: FilterBar, width: number): Line | undefined {
  if (bar.problem === undefined) return undefined;
  const { start, end } = bar.problem.span;
  const from = cellsBefore(bar.text, start, width);
  const wide = Math.max(1, cellWidth(cleanText(bar.text.slice(start, end))));
  const carets = '^'.repeat(Math.min(wide, Math.max(1, width - from)));
  return cutLine([blank(from), span(`${carets} `, 'error'), span(filterProblemText(bar), 'warning')], width);
}

const MOST_COMPLETIONS = 8;

/** Which completions are shown: eight of them, with the chosen one among them. */
function shownCompletions(
  items: readonly CompletionItem[],
  chosen: number,
): { from: number; items: readonly CompletionItem[] } {
  const from = Math.max(0, Math.min(chosen - MOST_COMPLETIONS + 1, items.length - MOST_COMPLETIONS));
  return { from, items: items.slice(from, from + MOST_COMPLETIONS) };
}

export interface Completions {
  readonly left: number;
  readonly width: number;
  readonly lines: readonly Line[];
}

/** The list of completions, to be laid over the list of findings, below the word that they complete. */
export function formatCompletions(bar: FilterBar, width: number): Completions | undefined {
  const { from, items } = shownCompletions(bar.completions, bar.chosen);
  if (items.length === 0) return undefined;
  const texts = items.map(({ insert, hint }) => [cleanText(insert.trimEnd()), cleanText(hint)] as const);
  const insertWidth = Math.min(40, Math.max(...texts.map(([insert]) => cellWidth(insert))));
  const hintWidth = Math.min(44, Math.max(...texts.map(([, hint]) => cellWidth(hint))));
  const inner = Math.min(insertWidth + hintWidth + 4, width - 4);
  const cells = inner + 4;
  const left = Math.max(0, Math.min(cellsBefore(bar.text, items[0]?.from ?? 0, width) - 4, width - cells));
  const side = span('│', 'border');
  const lines = texts.map(([insert, hint], index): Line => {
    const parts = [span(padEnd(truncateEnd(insert, insertWidth), insertWidth)), span(`  ${hint}`, 'muted')];
    return [side, blank(1), ...formatChoice(parts, from + index === bar.chosen, inner), blank(1), side];
  });
  return { left, width: cells, lines };
}

import { cellWidth, cleanText } from '../../domain/text.ts';
import type { FilterBar } from '../../app/state.ts';
import { formatCompletionList } from '../completion-list.ts';
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

export interface Completions {
  readonly left: number;
  readonly width: number;
  readonly lines: readonly Line[];
}

/** The list of completions, to be laid over the list of findings, below the word that they complete. */
export function formatCompletions(bar: FilterBar, width: number): Completions | undefined {
  const list = formatCompletionList(bar, width);
  if (list === undefined) return undefined;
  const before = cellsBefore(bar.text, bar.completions[0]?.from ?? 0, width);
  return { ...list, left: Math.max(0, Math.min(before - 4, width - list.width)) };
}

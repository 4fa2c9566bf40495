import { FILTER_KEYS } from '../../domain/filter/ast.ts';
import type { Expr, FilterProblem, Span } from '../../domain/filter/ast.ts';
import { completionAt } from '../../domain/filter/complete.ts';
import { parseFilter } from '../../domain/filter/parse.ts';
import { chooseNext, insertCompletion, itemToTake, NO_COMPLETIONS } from '../completing.ts';
import type { TextField } from '../text-field.ts';
import type { Chord } from '../keymap.ts';
import type { AnswerMessage } from '../message.ts';
import type { AppState, FilterBar } from '../state.ts';
import { editField, foldPaste, insertText } from '../text-field.ts';
import { completionsOf, valueItems } from './completion.ts';
import { setQuery } from './list.ts';
import type { Step } from './step.ts';
import { chain, stay } from './step.ts';

/** The filter line while it is typed in: the list follows each keystroke that makes sense. */

export function openFilter(state: AppState): Step {
  const { filterText } = state.list;
  // A blank after what stands there: the next word typed is a word of its own.
  const text = filterText === '' ? '' : `${filterText} `;
  const bar: FilterBar = {
    text,
    caret: text.length,
    problem: undefined,
    ...NO_COMPLETIONS,
    before: filterText,
    cursorBefore: state.list.cursorId,
    viewBefore: state.viewName,
  };
  return stay({ ...state, screen: 'findings', panel: undefined, filterBar: bar });
}

function applyFilter(state: AppState, text: string, filter: Expr): Step {
  const next = text.trim();
  return next === state.list.filterText
    ? stay(state)
    : setQuery(state, { text: next, filter, sort: state.list.sort });
}

/** Shows the text, and lets the list follow where it can be understood. */
function setText(state: AppState, bar: FilterBar, field: TextField): Step {
  if (field.text === bar.text && field.caret === bar.caret) return stay(state);
  const parsed = parseFilter(field.text);
  const [completions, effects] = completionsOf(field);
  const { text, caret } = field;
  const problem = parsed.ok ? undefined : parsed.problem;
  const typed: Step = [
    { ...state, filterBar: { ...bar, text, caret, problem, completions, chosen: -1 } },
    effects,
  ];
  const unfinished = unfinishedWord(field, problem);
  if (unfinished === undefined)
    return parsed.ok ? chain(typed, (after) => applyFilter(after, text, parsed.expr)) : typed;
  // The list as it was before this word: neither a wrong one nor half a key says anything about it.
  const around = [text.slice(0, unfinished.start), text.slice(unfinished.end)].map((part) => part.trim());
  const rest = around.filter((part) => part !== '').join(' ');
  const known = parseFilter(rest);
  return known.ok ? chain(typed, (after) => applyFilter(after, rest, known.expr)) : typed;
}

/** The word that is wrong, or that is on its way to be a key: `publ` is not yet a search for it. */
function unfinishedWord(field: TextField, problem: FilterProblem | undefined): Span | undefined {
  if (problem !== undefined) return wordAround(field.text, problem.span);
  const { kind, prefix, from, to } = completionAt(field.text, field.caret);
  const isKeyStart =
    kind === 'key' && prefix !== '' && FILTER_KEYS.some((key) => key.startsWith(prefix.toLowerCase()));
  return isKeyStart ? { start: from, end: to } : undefined;
}

/** From blank to blank. */
function wordAround(text: string, span: Span): Span {
  const head = text.slice(0, span.start);
  const start = head.search(/\S*$/u);
  const tail = text.slice(span.end).search(/\s/u);
  return { start, end: tail === -1 ? text.length : span.end + tail };
}

function complete(state: AppState, bar: FilterBar): Step {
  const item = itemToTake(bar);
  return item === undefined ? stay(state) : setText(state, bar, insertCompletion(bar, item));
}

const choose = (state: AppState, bar: FilterBar, by: number): Step =>
  bar.completions.length === 0
    ? stay(state)
    : stay({ ...state, filterBar: { ...bar, chosen: chooseNext(bar, by) } });

/** Enter: takes the chosen completion, or leaves the bar with the whole text in force. A wrong filter keeps it open. */
function accept(state: AppState, bar: FilterBar): Step {
  if (bar.chosen >= 0) return complete(state, bar);
  const parsed = parseFilter(bar.text);
  return parsed.ok ? applyFilter({ ...state, filterBar: undefined }, bar.text, parsed.expr) : stay(state);
}

/** Esc: everything as it was before the bar opened, the cursor too. */
function cancel(state: AppState, bar: FilterBar): Step {
  const closed: AppState = { ...state, filterBar: undefined };
  if (bar.before === state.list.filterText) return stay(closed);
  const parsed = parseFilter(bar.before);
  if (!parsed.ok) return stay(closed);
  const back: AppState = { ...closed, list: { ...closed.list, cursorId: bar.cursorBefore } };
  const [after, effects] = setQuery(back, { text: bar.before, filter: parsed.expr, sort: state.list.sort });
  return [{ ...after, viewName: bar.viewBefore }, effects];
}

export function filterKey(state: AppState, bar: FilterBar, chord: Chord): Step {
  switch (chord) {
    case 'enter':
      return accept(state, bar);
    case 'esc':
      return cancel(state, bar);
    case 'tab':
      return complete(state, bar);
    case 'down':
    case 'ctrl+n':
      return choose(state, bar, 1);
    case 'up':
    case 'ctrl+p':
    case 'shift+tab':
      return choose(state, bar, -1);
    default: {
      const field = editField({ text: bar.text, caret: bar.caret }, chord);
      return field === undefined ? stay(state) : setText(state, bar, field);
    }
  }
}

export const filterPaste = (state: AppState, bar: FilterBar, text: string): Step =>
  setText(state, bar, insertText({ text: bar.text, caret: bar.caret }, foldPaste(text)));

export function valuesLoaded(
  state: AppState,
  answer: Extract<AnswerMessage, { kind: 'values-loaded' }>,
): Step {
  const bar = state.filterBar;
  if (bar === undefined || bar.text !== answer.text) return stay(state);
  const completions = valueItems(
    { text: bar.text, caret: bar.caret },
    answer.values,
    state.mode.accountNames,
  );
  return stay({ ...state, filterBar: { ...bar, completions, chosen: -1 } });
}

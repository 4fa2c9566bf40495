import { keysOf, keySign } from '../bindings.ts';
import { findCommand } from '../commands/all.ts';
import { selectDisabledReason } from '../commands/disabled.ts';
import { formatCount } from '../format-count.ts';
import type { AppState } from '../state.ts';
import { actsOnMarks, hasOpenRange, selectRange } from './marks.ts';

export interface FooterHint {
  readonly key: string;
  readonly label: string;
  readonly disabled: boolean;
}

export interface Footer {
  /** "3 marked · 1 hidden by the filter"; '' when nothing is. */
  readonly marked: string;
  /** Most useful first: what does not fit is left out from the end. */
  readonly hints: readonly FooterHint[];
  /** "2 of 312". */
  readonly position: string;
}

const HINTS: Readonly<Record<'findings' | 'detail' | 'journal' | 'entry' | 'table', readonly string[]>> = {
  findings: [
    'archive',
    'filter',
    'palette',
    'help',
    'open',
    'mark',
    'undo',
    'views',
    'sort',
    'copy',
    'links',
    'export',
    'quit',
  ],
  detail: ['back', 'archive', 'unarchive', 'copy', 'links', 'scan', 'palette', 'help'],
  journal: ['open', 'undo', 'redo', 'palette', 'help', 'quit'],
  entry: ['back', 'undo', 'palette', 'help'],
  table: ['sync', 'back', 'palette', 'help', 'quit'],
};

function placeOf(state: AppState): keyof typeof HINTS {
  if (state.screen === 'findings') return state.detail.open ? 'detail' : 'findings';
  if (state.screen === 'journal') return state.journal.open ? 'entry' : 'journal';
  return 'table';
}

/** What esc would clear comes into the footer when there is something to clear. */
function idsOf(state: AppState): readonly string[] {
  const place = placeOf(state);
  const held = state.marks.ids.size > 0 || state.marks.anchor !== undefined;
  if (place !== 'findings') return HINTS[place];
  return held
    ? ['archive', 'unarchive', 'mark-range', 'mark-all', 'back', ...HINTS.findings.slice(1)]
    : HINTS.findings;
}

function hintOf(state: AppState, id: string): readonly FooterHint[] {
  const command = findCommand(id);
  const key = command === undefined ? undefined : keysOf(state.keymap, command)[0];
  if (command === undefined || key === undefined) return [];
  const disabled = selectDisabledReason(state, command) !== undefined;
  return [{ key: keySign(key, state.mode.ascii), label: command.label ?? command.title, disabled }];
}

function markedText(state: AppState): string {
  const { ids, hidden } = state.marks;
  if (!actsOnMarks(state) && !hasOpenRange(state)) return '';
  const range = selectRange(state);
  const parts = [
    ids.size > 0 ? `${ids.size.toLocaleString('en')} marked` : '',
    range === undefined ? '' : `range of ${formatCount(range.limit, 'row')}`,
    hidden.size > 0 ? `${hidden.size.toLocaleString('en')} hidden by the filter` : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

const of = (cursor: number, total: number): string =>
  total === 0 ? '' : `${Math.min(cursor + 1, total).toLocaleString('en')} of ${total.toLocaleString('en')}`;

function positionText(state: AppState): string {
  if (state.screen === 'findings') return of(state.list.cursor, state.list.counts?.exposures ?? 0);
  return state.screen === 'journal' ? of(state.journal.cursor, state.journal.entries.length) : '';
}

/** Hints that do nothing now are left out, but for those that explain themselves when pressed. */
export const selectFooter = (state: AppState): Footer => ({
  marked: markedText(state),
  hints: idsOf(state)
    .flatMap((id) => hintOf(state, id))
    .filter((hint) => !hint.disabled),
  position: positionText(state),
});

import { keysOf, keySign } from '../bindings.ts';
import { findCommand } from '../commands/all.ts';
import type { Command } from '../commands/command.ts';
import { selectDisabledReason } from '../commands/disabled.ts';
import { formatCount, formatNumber } from '../../domain/format-count.ts';
import type { AppState } from '../state.ts';
import { partsOf } from './panel-parts.ts';
import { selectRowUnder } from './row-under.ts';
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

const HINTS: Readonly<
  Record<
    'findings' | 'detail' | 'policy' | 'fix' | 'journal' | 'entry' | 'rules' | 'rule' | 'table',
    readonly string[]
  >
> = {
  findings: [
    'archive',
    'resolve',
    'policy',
    'rule.new',
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
  detail: ['back', 'resolve', 'policy', 'archive', 'unarchive', 'copy', 'links', 'scan', 'palette', 'help'],
  policy: [
    'back',
    'screen.next',
    'policy',
    'resolve',
    'copy',
    'export',
    'check-policy',
    'keep.monthly-job',
    'keep.pipeline',
    'keep.recovery',
    'keep.backup',
    'help',
  ],
  fix: [
    'back',
    'make-fix',
    'screen.next',
    'scan',
    'copy',
    'organization',
    'links',
    'undo',
    'resolve',
    'archive',
    'help',
  ],
  journal: ['open', 'undo', 'redo', 'palette', 'help', 'quit'],
  entry: ['back', 'undo', 'palette', 'help'],
  rules: [
    'open',
    'rule.new',
    'rule.edit',
    'rule.apply',
    'rule.delete',
    'palette',
    'help',
    'export',
    'rule.import',
    'back',
    'quit',
  ],
  rule: [
    'back',
    'open',
    'rule.edit',
    'rule.apply',
    'rule.delete',
    'palette',
    'help',
    'export',
    'rule.delete-unarchive',
  ],
  table: ['open', 'sync', 'back', 'palette', 'help', 'analyzer.delete', 'quit'],
};

function placeOf(state: AppState): keyof typeof HINTS {
  if (state.screen === 'findings' && state.panel !== undefined)
    return state.panel.kind === 'policy' ? 'policy' : 'fix';
  if (state.screen === 'findings') return state.detail.open ? 'detail' : 'findings';
  if (state.screen === 'journal') return state.journal.open ? 'entry' : 'journal';
  if (state.screen === 'rules') return state.rules.open === undefined ? 'rules' : 'rule';
  return 'table';
}

/** First what is done with marks and how to be rid of them, then how there come to be more. */
const FOR_MARKS: readonly string[] = ['archive', 'unarchive', 'rule.new', 'back', 'mark-range', 'mark-all'];

/** Turning takes several parts, asking again an answer that did not come. */
function hasUse({ panel }: AppState, id: string): boolean {
  if (id === 'screen.next') return partsOf(panel) > 1;
  return id !== 'policy' || panel?.asked.state === 'failed';
}

/** Of one that is open it is known whether all of it is archived, or none of it. */
function canStillChange(state: AppState, id: string): boolean {
  const status = selectRowUnder(state)?.status;
  if (id === 'archive') return status !== 'ARCHIVED' && status !== 'RESOLVED';
  return id !== 'unarchive' || (status !== 'ACTIVE' && status !== 'RESOLVED');
}

/** What esc would clear comes into the footer when there is something to clear. */
function idsOf(state: AppState): readonly string[] {
  const place = placeOf(state);
  const held = state.marks.ids.size > 0 || state.marks.anchor !== undefined;
  if (place === 'policy' || place === 'fix') return HINTS[place].filter((id) => hasUse(state, id));
  if (place === 'detail') return HINTS.detail.filter((id) => canStillChange(state, id));
  if (place !== 'findings') return HINTS[place];
  return held ? [...FOR_MARKS, ...HINTS.findings.filter((id) => !FOR_MARKS.includes(id))] : HINTS.findings;
}

/** In some places a key does what is near at hand there. */
const OWN_LABELS: Readonly<Partial<Record<keyof typeof HINTS, Readonly<Record<string, string>>>>> = {
  policy: { 'screen.next': 'next policy', export: 'save', policy: 'ask again', resolve: 'apply' },
  fix: { 'screen.next': 'next fix', resolve: 'look again' },
  rule: { open: 'findings' },
  table: { open: 'findings' },
};

/** Command whose key stands for it where it has none of its own. */
const BORROWED: Readonly<Record<string, string>> = { 'make-fix': 'open', 'analyzer.delete': 'rule.delete' };

function labelOf(state: AppState, { id, label, title }: Command): string {
  const place = placeOf(state);
  // It goes back rung by rung: from the range, then from the marks.
  if (place === 'findings' && id === 'back') return hasOpenRange(state) ? 'leave range' : 'unmark';
  return OWN_LABELS[place]?.[id] ?? label ?? title;
}

/** What can be done depends on the row under the cursor: the footer must not jump with every move. */
const BY_ROW: ReadonlySet<string> = new Set(['archive', 'resolve', 'policy']);

const isSteady = (state: AppState, id: string): boolean =>
  placeOf(state) === 'findings' &&
  state.list.rows.length > 0 &&
  BY_ROW.has(id) &&
  !state.mode.offline &&
  !(state.mode.readOnly && id === 'archive');

function hintOf(state: AppState, id: string): readonly FooterHint[] {
  const command = findCommand(id);
  const keyed = findCommand(BORROWED[id] ?? id);
  const key = keyed === undefined ? undefined : keysOf(state.keymap, keyed)[0];
  if (command === undefined || key === undefined) return [];
  const disabled = selectDisabledReason(state, command) !== undefined;
  if (disabled && !isSteady(state, id)) return [];
  return [{ key: keySign(key, state.mode.ascii), label: labelOf(state, command), disabled }];
}

function markedText(state: AppState): string {
  const { ids, hidden } = state.marks;
  if (!actsOnMarks(state) && !hasOpenRange(state)) return '';
  const range = selectRange(state);
  const parts = [
    ids.size > 0 ? `${formatNumber(ids.size)} marked` : '',
    range === undefined ? '' : `range of ${formatCount(range.limit, 'row')}`,
    hidden.size > 0 ? `${formatNumber(hidden.size)} hidden by the filter` : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

const of = (cursor: number, total: number): string =>
  total === 0 ? '' : `${formatNumber(Math.min(cursor + 1, total))} of ${formatNumber(total)}`;

function positionText(state: AppState): string {
  if (state.screen === 'findings' && state.panel !== undefined) return '';
  if (state.screen === 'findings') return of(state.list.cursor, state.list.counts?.exposures ?? 0);
  if (state.screen === 'rules') return of(state.rules.cursor, state.rules.overview?.facts.length ?? 0);
  return state.screen === 'journal' ? of(state.journal.cursor, state.journal.entries.length) : '';
}

/** Hints that do nothing now are left out, but for those that the next row may bring back: these are muted. */
export const selectFooter = (state: AppState): Footer => ({
  marked: markedText(state),
  hints: idsOf(state).flatMap((id) => hintOf(state, id)),
  position: positionText(state),
});

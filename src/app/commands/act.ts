import { changedNothing } from '../../triage/undo-stack.ts';
import { actsOnMarks, selectNoTarget } from '../selectors/marks.ts';
import { selectRowUnder } from '../selectors/row-under.ts';
import type { AppState } from '../state.ts';
import type { Command } from './command.ts';

/** What changes AWS. Each only asks for a plan: the dialog that follows says exactly what would change. */

const common = { group: 'Act', mutates: true } as const;

const noUndo = (state: AppState): string | undefined => {
  const { journal, screen, summary } = state;
  const entry = screen === 'journal' ? journal.entries[journal.cursor] : undefined;
  if (entry?.undoneBy !== undefined)
    return `Entry ${entry.id} has been taken back already (by ${entry.undoneBy}).`;
  if (entry !== undefined && changedNothing(entry))
    return `Entry ${entry.id} changed nothing: there is nothing to undo.`;
  if (journal.entries.length === 0 && (summary?.journalEntries ?? 0) === 0)
    return 'Nothing has been done yet.';
  return undefined;
};

const noRedo = ({ journal }: AppState): string | undefined =>
  journal.entries.some((entry) => entry.kind === 'undo' && entry.undoneBy === undefined)
    ? undefined
    : 'Nothing was taken back.';

/** StartResourceScan is for external analyzers only (ACCESS-ANALYZER notes). */
const noScan = (state: AppState): string | undefined => {
  const blocked = selectNoTarget(state);
  if (blocked !== undefined || actsOnMarks(state)) return blocked;
  const row = selectRowUnder(state);
  if (row === undefined || row.findingType === 'ExternalAccess') return undefined;
  return 'Only external access can be scanned again: unused and internal access follow at the next daily pass.';
};

export const ACT_COMMANDS: readonly Command[] = [
  {
    ...common,
    id: 'archive',
    title: 'Archive',
    label: 'archive',
    keys: ['a'],
    disabledReason: selectNoTarget,
    message: () => ({ kind: 'plan-change', what: 'archive' }),
  },
  {
    ...common,
    id: 'unarchive',
    title: 'Unarchive (make active again)',
    label: 'unarchive',
    keys: ['u'],
    disabledReason: selectNoTarget,
    message: () => ({ kind: 'plan-change', what: 'unarchive' }),
  },
  {
    ...common,
    id: 'scan',
    title: 'Scan the resource again',
    label: 'scan',
    keys: ['s'],
    disabledReason: noScan,
    message: () => ({ kind: 'plan-change', what: 'scan' }),
  },
  {
    ...common,
    id: 'undo',
    title: 'Undo the last change, or the chosen one of the journal',
    label: 'undo',
    keys: ['z'],
    disabledReason: noUndo,
    message: () => ({ kind: 'plan-change', what: 'undo' }),
  },
  {
    ...common,
    id: 'redo',
    title: 'Redo what was undone',
    label: 'redo',
    keys: ['Z'],
    disabledReason: noRedo,
    message: () => ({ kind: 'plan-change', what: 'redo' }),
  },
];

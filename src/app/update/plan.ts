import type { ExposureId } from '../../domain/exposure.ts';
import type { Plan } from '../../domain/journal.ts';
import type { Problem } from '../../domain/problem.ts';
import type { ExposureRow } from '../../domain/listing.ts';
import { cleanText } from '../../domain/text.ts';
import { whoWhatText } from '../../domain/words.ts';
import { formatNumber } from '../../domain/format-count.ts';
import type { DialogContent, WrittenDialog } from '../dialog.ts';
import type { PlanRequest } from '../effect.ts';
import type { AnswerMessage } from '../message.ts';
import { selectProblem } from '../selectors/console-hint.ts';
import { hasOpenRange, selectTarget } from '../selectors/marks.ts';
import { selectQuery } from '../selectors/query.ts';
import { resourceName } from '../selectors/row-name.ts';
import type { AppState } from '../state.ts';
import { emptyField, fieldOf } from '../text-field.ts';
import { leaveDialog, openDialog } from './dialog.ts';
import { closeRange } from './marks.ts';
import type { Step } from './step.ts';
import { chain, say, sayProblem, stay, step } from './step.ts';

/** From the wish to change something to the dialog that says exactly what would change. Nothing is sent here. */

export type ChangeKind = 'archive' | 'unarchive' | 'scan' | 'undo' | 'redo';

const PLANNING: Readonly<Record<PlanRequest['kind'], string>> = {
  archive: 'Looking at what would be archived',
  unarchive: 'Looking at what would be active again',
  scan: 'Looking at what would be scanned',
  'rule-set': 'Looking at what the rule would archive',
  'rule-delete': 'Looking at where the rule is',
  'rule-apply': 'Looking at what the rule would archive',
  'rule-import': 'Looking at what the file has that is new',
  'analyzer-delete': 'Looking at what goes with it',
  undo: 'Checking that nothing has moved since',
  redo: 'Checking that nothing has moved since',
  finish: 'Looking at what is left to do',
};

function requestFor(state: AppState, what: ChangeKind): PlanRequest | undefined {
  if (what === 'redo') return { kind: 'redo' };
  if (what === 'undo') {
    const entry = state.screen === 'journal' ? state.journal.entries[state.journal.cursor] : undefined;
    return entry === undefined ? { kind: 'undo' } : { kind: 'undo', entryId: entry.id };
  }
  const target = selectTarget(state);
  return target === undefined
    ? undefined
    : { kind: what, query: selectQuery(state), exposureIds: target.ids };
}

/** `back`: what leads here and may be gone on with. */
export function askPlan(state: AppState, request: PlanRequest, back?: WrittenDialog): Step {
  const serial = state.serial + 1;
  const planning = { kind: 'planning', title: PLANNING[request.kind], serial } as const;
  const next = openDialog({ ...state, serial }, back === undefined ? planning : { ...planning, back });
  return step(next, { kind: 'plan', serial, request });
}

export function planChange(state: AppState, what: ChangeKind): Step {
  const takesRange = hasOpenRange(state) && what !== 'undo' && what !== 'redo';
  const closed: Step = takesRange ? closeRange(state) : stay(state);
  const request = requestFor(closed[0], what);
  return request === undefined ? closed : chain(closed, (after) => askPlan(after, request));
}

/** Why a plan has nothing in it, in the plan's own words. */
function emptyPlanText(plan: Plan): string {
  const [first] = plan.skipped;
  if (first === undefined)
    return plan.kind === 'rule'
      ? cleanText(['Nothing to do.', ...(plan.notes ?? []).slice(0, 1)].join(' '))
      : 'Nothing to do: the filter shows none of them.';
  return `Nothing to do. ${cleanText(first.why)}`;
}

const NAMES_SHOWN = 3;

/** Names of the first exposures that a request acts on, and how many more there are. Hidden marks are not acted on. */
function namesOf({ list, marks }: AppState, request: PlanRequest): readonly string[] {
  if (!('exposureIds' in request)) return [];
  const isShown = (id: ExposureId): boolean => !marks.hidden.has(id);
  const ids = marks.hidden.size === 0 ? request.exposureIds : request.exposureIds.filter(isShown);
  const rows = new Map(list.rows.map((row) => [row.exposureId, row]));
  const names: string[] = [];
  // There may be a hundred thousand ids, and the first of them are most often on the screen.
  for (const id of ids) {
    const row = rows.get(id);
    if (row !== undefined && names.push(rowName(row)) === NAMES_SHOWN) break;
  }
  const more = ids.length - names.length;
  return names.length === 0 || more === 0 ? names : [...names, `and ${formatNumber(more)} more`];
}

const rowName = (row: ExposureRow): string =>
  [resourceName(row), whoWhatText(row)].filter((part) => part !== '').join(' · ');

interface ConfirmFacts {
  /** What it acts on, by name. */
  readonly names: readonly string[];
  readonly reason?: string;
  /** What was being written, to go back to. */
  readonly back?: WrittenDialog | undefined;
}

/** The dialog before a plan is run. */
export function confirmPlan(plan: Plan, { names, reason = '', back }: ConfirmFacts): DialogContent {
  const asksReason = plan.kind === 'archive';
  const focus = asksReason ? 'reason' : plan.typedWord === undefined ? 'none' : 'typed';
  return {
    kind: 'confirm',
    plan,
    names,
    reason: fieldOf(reason),
    typed: emptyField,
    focus,
    scroll: 0,
    ...(back === undefined ? {} : { back }),
  };
}

const reasonOf = (request: PlanRequest): { reason: string } | object =>
  'reason' in request && request.reason !== undefined ? { reason: request.reason } : {};

/** Why something cannot be taken back is too much for a line that passes. */
const notPlanned = (state: AppState, { kind }: PlanRequest, problem: Problem): Step =>
  kind === 'undo' && problem.kind === 'conflict'
    ? stay(openDialog(state, { kind: 'problem', problem: selectProblem(state, problem) }))
    : sayProblem(state, problem);

export function planned(
  state: AppState,
  { serial, request, result }: Extract<AnswerMessage, { kind: 'planned' }>,
): Step {
  if (state.dialog?.kind !== 'planning' || state.dialog.serial !== serial) return stay(state);
  const { back } = state.dialog;
  const left = leaveDialog(state, state.dialog);
  if (!result.ok && back !== undefined)
    return stay(openDialog(state, { ...back, problem: result.problem.message }));
  if (!result.ok) return notPlanned(left, request, result.problem);
  if (result.value.operations.length === 0)
    return say(left, { kind: 'info', text: emptyPlanText(result.value) });
  const facts = { names: namesOf(state, request), ...reasonOf(request), back };
  return stay(openDialog(state, confirmPlan(result.value, facts)));
}

import { formatCount, formatNumber } from '../../domain/format-count.ts';
import type { Effect } from '../effect.ts';
import type { AnswerMessage } from '../message.ts';
import { copyMenu, MOST_COPIED } from '../selectors/copy-menu.ts';
import { linkMenu } from '../selectors/menus.ts';
import type { AppState } from '../state.ts';
import { cleanText } from '../../domain/text.ts';
import { openDialog, mayInterrupt } from './dialog.ts';
import { withoutOther } from './detail.ts';
import { reload } from './list.ts';
import { markAll, stopMarking } from './marks.ts';
import type { Step } from './step.ts';
import { say, sayProblem, stay } from './step.ts';

/** Answers that only have to be said. */

type Answer<K extends AnswerMessage['kind']> = Extract<AnswerMessage, { kind: K }>;

export const copied = (state: AppState, { what, result }: Answer<'copied'>): Step =>
  result.ok ? say(state, { kind: 'success', text: `Copied: ${what}.` }) : sayProblem(state, result.problem);

export const exported = (state: AppState, { result }: Answer<'exported'>): Step =>
  result.ok
    ? say(state, {
        kind: 'success',
        text: `Wrote ${formatCount(result.value.findings, 'finding')} to ${cleanText(result.value.path)}.`,
      })
    : sayProblem(state, result.problem);

export const saved = (state: AppState, { what, result }: Answer<'saved'>): Step =>
  result.ok ? say(state, { kind: 'success', text: `${what}.` }) : sayProblem(state, result.problem);

const NOTHING_LEFT = {
  kind: 'refusal',
  text: 'This is gone from the store, or the filter hides it.',
} as const;

const TOO_MANY = {
  kind: 'refusal',
  text: `More than ${formatNumber(MOST_COPIED)} findings are marked: no terminal's clipboard takes them.`,
  hint: 'Export them to a file with e: marked:yes shows only them.',
} as const;

/** The copy menu needs ids that a row does not carry: it opens when they are there. */
export function copiesLoaded(state: AppState, { target, result }: Answer<'copies-loaded'>): Step {
  if (!mayInterrupt(state)) return stay(state);
  if (!result.ok) return sayProblem(state, result.problem);
  const { length } = result.value;
  if (length === 0) return say(state, NOTHING_LEFT);
  if (length > MOST_COPIED) return say(state, TOO_MANY);
  return stay(openDialog(state, { kind: 'menu', menu: copyMenu(result.value, target), chosen: 0 }));
}

export function linksLoaded(state: AppState, { data }: Answer<'links-loaded'>): Step {
  if (!mayInterrupt(state)) return stay(state);
  if (data === undefined) return say(state, NOTHING_LEFT);
  return stay(openDialog(state, { kind: 'menu', menu: linkMenu(data), chosen: 0 }));
}

export function toastExpired(state: AppState, { id }: Answer<'toast-expired'>): Step {
  return state.toast?.id === id ? stay({ ...state, toast: undefined }) : stay(state);
}

/** Effects that bring what is being marked. */
const MARKING: ReadonlySet<string> = new Set<Effect['kind']>(['load-all-ids', 'load-range']);

/** A read that the store dropped in favour of another one: what the list cannot do without is asked again. */
function askAgain(state: AppState, effect: string): Step {
  if (state.quit !== undefined) return stay(state);
  if (effect === 'load-list') return reload(state, state.list.outdated ? 'query' : 'refresh');
  if (effect === 'load-all-ids' && state.marks.coming) return markAll(stopMarking(state));
  if (MARKING.has(effect)) return stay(stopMarking(state));
  return effect === 'load-window'
    ? stay({ ...state, list: { ...state.list, asked: undefined } })
    : stay(state);
}

/** An effect threw: a list that cannot be read says so in its own place, everything else on the message line. */
export function effectFailed(before: AppState, { effect, version, problem }: Answer<'effect-failed'>): Step {
  const state = MARKING.has(effect) ? stopMarking(before) : before;
  if (version !== undefined && version !== state.list.version) return stay(state);
  if (problem.kind === 'cancelled') return askAgain(before, effect);
  const { list } = state;
  if (effect === 'load-list')
    return stay({ ...state, list: { ...list, problem, loading: false, stale: false } });
  if (effect === 'load-detail') return sayProblem({ ...state, detail: withoutOther(state.detail) }, problem);
  const calm = effect === 'load-window' ? { ...state, list: { ...list, asked: undefined } } : state;
  if (effect === 'run-plan') return sayProblem({ ...calm, running: undefined }, problem);
  if (effect === 'sync') return sayProblem({ ...calm, sync: { kind: 'failed', problem } }, problem);
  if (effect === 'plan' && calm.dialog?.kind === 'planning')
    return sayProblem({ ...calm, dialog: undefined }, problem);
  return sayProblem(calm, problem);
}

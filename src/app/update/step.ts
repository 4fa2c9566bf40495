import type { Effect } from '../effect.ts';
import type { Message } from '../message.ts';
import type { Problem } from '../../domain/problem.ts';
import { selectProblem } from '../selectors/console-hint.ts';
import type { AppState, Toast } from '../state.ts';

/** What a part of update answers: the next state, effects, and at most one message to go on with. */
export type Step = readonly [state: AppState, effects: readonly Effect[], then?: Message];

export const NO_EFFECTS: readonly Effect[] = [];

export const stay = (state: AppState): Step => [state, NO_EFFECTS];

export const step = (state: AppState, ...effects: readonly Effect[]): Step => [state, effects];

export const follow = (state: AppState, then: Message): Step => [state, NO_EFFECTS, then];

/** One step after another. The follow-up message of the later one wins. */
export function chain(first: Step, next: (state: AppState) => Step): Step {
  const second = next(first[0]);
  const effects = [...first[1], ...second[1]];
  const then = second[2] ?? first[2];
  return then === undefined ? [second[0], effects] : [second[0], effects, then];
}

const TOAST_MS = 6_000;

/** Says something on the message line. Errors stay until the next key, refusals no longer than that, the rest for some seconds. */
export function say(state: AppState, toast: Omit<Toast, 'id'>): Step {
  const id = state.serial + 1;
  const next: AppState = { ...state, serial: id, toast: { ...toast, id } };
  return toast.kind === 'error' ? stay(next) : step(next, { kind: 'expire-toast', id, delayMs: TOAST_MS });
}

export function sayProblem(state: AppState, problem: Problem): Step {
  const { message, hint } = selectProblem(state, problem);
  return say(state, { kind: 'error', text: message, ...(hint === undefined ? {} : { hint }) });
}

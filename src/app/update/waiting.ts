import type { Command } from '../commands/command.ts';
import type { AppState, PressedKey } from '../state.ts';

/** Keys that wait for the rows or marks they are meant for. */

/** A key that is stuck on the keyboard must not fill the memory. */
const MOST_WAITING = 200;

export const wait = (state: AppState, pressed: PressedKey): AppState =>
  state.waiting.length < MOST_WAITING ? { ...state, waiting: [...state.waiting, pressed] } : state;

/** Rows of an earlier filter are on the screen. */
const hasOtherRows = ({ list }: AppState): boolean => list.outdated && list.loading;

/** The cursor went where nothing is loaded yet, as after G in a long list. */
const lacksRow = ({ list }: AppState): boolean =>
  list.asked !== undefined && list.rows[list.cursor - list.offset] === undefined;

/** What is meant for rows, or for marks, waits for the right ones, in order; moving on needs none. */
export const mustWait = (state: AppState, { id, group }: Command): boolean =>
  state.screen === 'findings' &&
  group !== 'Look' &&
  group !== 'Program' &&
  (hasOtherRows(state) ||
    (lacksRow(state) && (group !== 'Move' || id === 'open')) ||
    (state.marks.coming && group !== 'Move'));

/** Whether waiting keys still have something to wait for. */
export const isAwaited = (state: AppState): boolean =>
  hasOtherRows(state) || lacksRow(state) || state.marks.coming;

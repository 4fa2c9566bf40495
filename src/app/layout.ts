import type { AppState, Viewport } from './state.ts';

/**
 * Heights and widths that both the reducer (how far is a page?) and the screens (what fits?) must agree on.
 * Around a list stand: header, tabs, filter line, column heads — then, below, the message line and the footer.
 */
const LINES_AROUND_LIST = 6;
/** The other screens have no filter line, and their tables bring their own head. */
const LINES_AROUND_SCREEN = 4;

export const MIN_COLUMNS = 60;
export const MIN_ROWS = 12;
/** From here on the detail stands beside the list. */
export const BESIDE_COLUMNS = 140;

export const isTooSmall = (viewport: Viewport): boolean =>
  viewport.columns < MIN_COLUMNS || viewport.rows < MIN_ROWS;

export const isDetailBeside = (viewport: Viewport): boolean => viewport.columns >= BESIDE_COLUMNS;

/** Rows of the findings list that are visible. */
export const listRows = (viewport: Viewport): number => Math.max(1, viewport.rows - LINES_AROUND_LIST);

/** Lines between the tabs and the message line: table screens, journal, full-screen detail. */
export const bodyRows = (viewport: Viewport): number => Math.max(1, viewport.rows - LINES_AROUND_SCREEN);

/** Lines of a panel that scroll: below its title and the names of its parts. */
export const panelRows = (viewport: Viewport): number => Math.max(1, bodyRows(viewport) - 2);

/** From here on existing and recommended policy stand side by side. */
export const SIDE_BY_SIDE_COLUMNS = 120;

/** Rows of a table screen that are visible: its head takes one line. */
export const tableRows = (viewport: Viewport): number => Math.max(1, bodyRows(viewport) - 1);

/** Width of the list when the detail stands beside it, of the whole screen otherwise. */
export function listColumns(viewport: Viewport): number {
  return isDetailBeside(viewport) ? viewport.columns - detailColumns(viewport) - 1 : viewport.columns;
}

/** Cells for the detail's text: a third of a wide screen (44–72), or the screen but for a margin on each side. */
export function detailColumns(viewport: Viewport, open = false): number {
  if (open || !isDetailBeside(viewport)) return Math.max(20, viewport.columns - 2);
  return Math.min(72, Math.max(44, Math.floor(viewport.columns * 0.36)));
}

/** Whether a detail is on the screen at all, and so worth loading. */
export const isDetailShown = (state: AppState): boolean =>
  state.screen === 'findings' && (state.detail.open || isDetailBeside(state.viewport));

/** Outer width of the dialogs that are only read, and the cells for text in them: a border and a blank on each side. */
export const readingWidth = (viewport: Viewport): number => Math.min(92, viewport.columns - 4);
export const readingColumns = (viewport: Viewport): number => readingWidth(viewport) - 4;

/** The same of the dialog before a change. */
export const confirmWidth = (viewport: Viewport): number => Math.min(84, viewport.columns - 4);
export const confirmColumns = (viewport: Viewport): number => confirmWidth(viewport) - 4;

/** Lines a dialog has for its scrolling part. */
export const dialogRows = (viewport: Viewport): number => Math.max(3, viewport.rows - 10);

import { bodyRows, listRows, tableRows } from '../layout.ts';
import { selectAnalyzerRows, selectRegionFilter } from '../selectors/analyzers.ts';
import { selectDetailHeight } from '../selectors/detail-lines.ts';
import { selectEntryHeight } from '../selectors/journal.ts';
import { selectRuleRows } from '../selectors/rules.ts';
import { nameOfView } from '../saved-view.ts';
import { SCREEN_NAMES } from '../state.ts';
import type { AppState, ScreenName, TableState } from '../state.ts';
import { moveCursor } from './list.ts';
import { clearMarks, clearRange, stopMarking } from './marks.ts';
import { closePanel, nextPart, scrollPanel, shownPanel } from './panel.ts';
import { setFilter } from './query.ts';
import { closeRule, nextRule, openRule, scrollRule } from './rules.ts';
import { lines, type Move, scrolled } from './scroll.ts';
import type { Step } from './step.ts';
import { stay, step } from './step.ts';
import { clamp, clampTop, totalRows } from './window.ts';

/** Screens, moving on them, opening and the way back. */

export function showScreen(state: AppState, screen: ScreenName): Step {
  if (screen === state.screen) return stay(state);
  const next: AppState = { ...state, screen, filterBar: undefined };
  if (screen === 'journal') return step(next, { kind: 'load-journal' });
  if (screen === 'rules') return step(next, { kind: 'load-summary' }, { kind: 'load-rules' });
  return screen === 'findings' ? stay(next) : step(next, { kind: 'load-summary' });
}

/** tab: the next screen; in a panel the next of its parts. */
export function nextScreen(state: AppState, by: number): Step {
  const panel = shownPanel(state);
  if (panel !== undefined) return nextPart(state, panel, by);
  const at = SCREEN_NAMES.indexOf(state.screen) + by + SCREEN_NAMES.length;
  return showScreen(state, SCREEN_NAMES[at % SCREEN_NAMES.length] ?? 'findings');
}

function moveTable<T extends TableState>(table: T, move: Move, total: number, page: number): T {
  const cursor = clamp(table.cursor + move.by * lines(move.unit, page, total), 0, Math.max(0, total - 1));
  const top = clampTop(table.top, cursor, page, total);
  return cursor === table.cursor && top === table.top ? table : { ...table, cursor, top };
}

export function scrollDetail(state: AppState, move: Move): Step {
  const page = state.detail.open ? bodyRows(state.viewport) : listRows(state.viewport);
  const scroll = scrolled(state.detail.scroll, move, selectDetailHeight(state), page);
  return scroll === state.detail.scroll
    ? stay(state)
    : stay({ ...state, detail: { ...state.detail, scroll } });
}

function moveJournal(state: AppState, move: Move): Step {
  const { journal, viewport } = state;
  if (journal.open) {
    const scroll = scrolled(journal.scroll, move, selectEntryHeight(state), bodyRows(viewport));
    return scroll === journal.scroll ? stay(state) : stay({ ...state, journal: { ...journal, scroll } });
  }
  const next = moveTable(journal, move, journal.entries.length, tableRows(viewport));
  return next === journal ? stay(state) : stay({ ...state, journal: next });
}

export function move(state: AppState, message: Move): Step {
  const panel = shownPanel(state);
  if (panel !== undefined) return scrollPanel(state, panel, message);
  switch (state.screen) {
    case 'findings':
      return state.detail.open ? scrollDetail(state, message) : moveCursor(state, message.unit, message.by);
    case 'journal':
      return moveJournal(state, message);
    case 'analyzers': {
      const analyzers = moveTable(
        state.analyzers,
        message,
        selectAnalyzerRows(state).length,
        tableRows(state.viewport),
      );
      return analyzers === state.analyzers ? stay(state) : stay({ ...state, analyzers });
    }
    case 'rules': {
      if (state.rules.open !== undefined) return scrollRule(state, state.rules.open, message);
      const total = selectRuleRows(state).length;
      const rules = moveTable(state.rules, message, total, tableRows(state.viewport));
      return rules === state.rules ? stay(state) : stay({ ...state, rules });
    }
    case 'overview':
      return stay(state);
  }
}

/** J and K: the detail beside the list, or the next exposure or rule under what is open. */
export function moveOther(state: AppState, by: number): Step {
  if (state.screen === 'rules') return nextRule(state, by);
  if (state.screen !== 'findings') return stay(state);
  const panel = shownPanel(state);
  if (panel !== undefined) return nextPart(state, panel, by);
  if (!state.detail.open) return scrollDetail(state, { kind: 'move', unit: 'row', by });
  return moveCursor(state, 'row', by);
}

export function open(state: AppState): Step {
  if (shownPanel(state) !== undefined) return stay(state);
  if (state.screen === 'rules') return openRule(state);
  if (state.screen === 'analyzers')
    return setFilter(state, selectRegionFilter(state) ?? state.list.filterText);
  if (state.screen === 'findings' && !state.detail.open && totalRows(state.list) > 0) {
    return stay({ ...state, detail: { ...state.detail, open: true, scroll: 0 } });
  }
  if (state.screen === 'journal' && !state.journal.open && state.journal.entries.length > 0) {
    return stay({ ...state, journal: { ...state.journal, open: true, scroll: 0 } });
  }
  return stay(state);
}

/** One rung at a time: out of what is open, then the marks, then the filter. */
export function back(state: AppState): Step {
  if (state.screen === 'journal' && state.journal.open) {
    return stay({ ...state, journal: { ...state.journal, open: false, scroll: 0 } });
  }
  if (state.screen === 'rules' && state.rules.open !== undefined) return closeRule(state);
  if (state.screen !== 'findings') return showScreen(state, 'findings');
  if (state.panel !== undefined) return closePanel(state);
  if (state.detail.open) return stay({ ...state, detail: { ...state.detail, open: false, scroll: 0 } });
  if (state.marks.anchor !== undefined) return stay(clearRange(stopMarking(state)));
  if (state.marks.ids.size > 0 || state.marks.coming) return stay(clearMarks(state));
  const { homeFilter } = state.mode;
  const { filterText, sort } = state.list;
  return filterText === homeFilter
    ? stay(state)
    : setFilter(state, homeFilter, sort, nameOfView(state.views, homeFilter, sort));
}

export function resize(state: AppState, columns: number, rows: number): Step {
  const { viewport, list } = state;
  if (viewport.columns === columns && viewport.rows === rows) return stay(state);
  const next: AppState = { ...state, viewport: { columns, rows } };
  const top = clampTop(list.top, list.cursor, listRows(next.viewport), totalRows(list));
  return stay({ ...next, list: { ...list, top } });
}

const TICK_MS = 20_000;

/** Ages are coarse: a tick that changes none of them changes nothing. */
export const tick = (state: AppState, now: number): Step =>
  now - state.now < TICK_MS ? stay(state) : stay({ ...state, now });

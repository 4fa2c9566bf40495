import { FALLS, SORT_KEYS } from '../../domain/listing.ts';
import { RULE_FORMATS } from '../../domain/rules/rules-format.ts';
import { COLUMNS, DEFAULT_COLUMNS } from '../columns.ts';
import type { Dialog, MenuItem } from '../dialog.ts';
import type { Chord } from '../keymap.ts';
import { selectDeletable } from '../selectors/analyzers.ts';
import { selectMenu, SAVE_VIEW_ITEM } from '../selectors/menus.ts';
import { selectRuleUnder } from '../selectors/rules.ts';
import type { ExportFormat } from '../services.ts';
import type { AppState } from '../state.ts';
import { selectQuery } from '../selectors/query.ts';
import { changeDialog, closeDialog } from './dialog.ts';
import { setQuery } from './list.ts';
import { takePolicy } from './make-fix.ts';
import { setFilter } from './query.ts';
import type { Step } from './step.ts';
import { follow, say, stay, step } from './step.ts';

/** Menus: j k and arrows move, enter or an item's own key chooses, esc leaves. */

type MenuDialog = Extract<Dialog, { kind: 'menu' }>;

function choose(state: AppState, dialog: MenuDialog, item: MenuItem): Step {
  const closed = closeDialog(state);
  switch (dialog.menu.id) {
    case 'sort':
      return setSort(closed, item.id);
    case 'views':
      return item.id === SAVE_VIEW_ITEM
        ? follow(closed, { kind: 'open-save-view' })
        : showView(closed, item.id);
    case 'columns':
      return toggleColumn(state, dialog, item.id);
    case 'copy':
    case 'links':
      return step(closed, { kind: 'copy', text: item.value ?? item.hint, what: item.label });
    case 'copy-policy':
    case 'save-policy':
      return takePolicy(closed, dialog.menu.id, item.id);
    case 'export-rules':
      return exportRules(closed, item.id);
    case 'delete-analyzer': {
      const analyzer = selectDeletable(state).find(({ arn }) => arn === item.id);
      return analyzer === undefined ? stay(closed) : follow(closed, { kind: 'delete-analyzer', analyzer });
    }
    case 'export':
      return step(closed, { kind: 'export', query: selectQuery(state), format: item.id as ExportFormat });
  }
}

/** All rules; where one is open, those of its name. */
function exportRules(state: AppState, id: string): Step {
  const format = RULE_FORMATS.find((each) => each === id);
  const ruleName = state.rules.open === undefined ? undefined : selectRuleUnder(state)?.rule.ruleName;
  if (format === undefined) return stay(state);
  return step(state, { kind: 'export-rules', format, ...(ruleName === undefined ? {} : { ruleName }) });
}

/** Choosing the order that is in force turns it round. */
function setSort(state: AppState, id: string): Step {
  const key = SORT_KEYS.find((known) => known === id);
  if (key === undefined) return stay(state);
  const { sort, filter, filterText } = state.list;
  const descending = sort.key === key ? !sort.descending : FALLS[key];
  return setQuery(state, { text: filterText, filter, sort: { key, descending } });
}

function showView(state: AppState, name: string): Step {
  const view = state.views.find((known) => known.name === name);
  if (view === undefined) return stay(state);
  const next: AppState = { ...state, list: { ...state.list, columns: view.columns } };
  return setFilter(next, view.filter, view.sort, view.name);
}

function toggleColumn(state: AppState, dialog: MenuDialog, id: string): Step {
  const shown = state.list.columns ?? DEFAULT_COLUMNS;
  const wanted = COLUMNS.map((column) => column.id).filter(
    (column) => (column === id) !== shown.includes(column),
  );
  if (wanted.length === 0) return say(state, { kind: 'info', text: 'One column has to stay.' });
  const next: AppState = { ...state, list: { ...state.list, columns: wanted } };
  const menu = selectMenu(next, 'columns');
  return stay(changeDialog(next, dialog, { ...dialog, menu }));
}

function deleteView(state: AppState, dialog: MenuDialog): Step {
  const item = dialog.menu.items[dialog.chosen];
  const view = dialog.menu.id === 'views' ? state.views.find((known) => known.name === item?.id) : undefined;
  if (view === undefined) return stay(state);
  if (view.shipped)
    return say(state, { kind: 'info', text: 'This view comes with the program and cannot be deleted.' });
  const next: AppState = { ...state, views: state.views.filter((known) => known !== view) };
  const menu = selectMenu(next, 'views');
  const chosen = Math.min(dialog.chosen, menu.items.length - 1);
  return step(changeDialog(next, dialog, { ...dialog, menu, chosen }), {
    kind: 'delete-view',
    name: view.name,
  });
}

function moveChosen(state: AppState, dialog: MenuDialog, by: number): Step {
  const count = dialog.menu.items.length;
  if (count === 0) return stay(state);
  const chosen = (dialog.chosen + by + count) % count;
  return chosen === dialog.chosen ? stay(state) : stay(changeDialog(state, dialog, { ...dialog, chosen }));
}

export function menuKey(state: AppState, dialog: MenuDialog, chord: Chord): Step {
  const own = dialog.menu.items.find((item) => item.key === chord);
  if (own !== undefined) return choose(state, dialog, own);
  switch (chord) {
    case 'esc':
    case 'q':
      return stay(closeDialog(state));
    case 'j':
    case 'down':
      return moveChosen(state, dialog, 1);
    case 'k':
    case 'up':
      return moveChosen(state, dialog, -1);
    case 'delete':
    case 'ctrl+x':
      return deleteView(state, dialog);
    case 'space':
    case 'enter': {
      const item = dialog.menu.items[dialog.chosen];
      return item === undefined ? stay(state) : choose(state, dialog, item);
    }
    default:
      return stay(state);
  }
}

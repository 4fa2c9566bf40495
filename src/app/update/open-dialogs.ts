import type { CommandMessage } from '../message.ts';
import type { Menu } from '../dialog.ts';
import { copyFixMenu } from '../selectors/copy-menu.ts';
import { hasOpenRange, selectTarget } from '../selectors/marks.ts';
import { selectMenu } from '../selectors/menus.ts';
import { selectChosenFix, selectPreview } from '../selectors/panel-parts.ts';
import { selectQuery } from '../selectors/query.ts';
import type { AppState } from '../state.ts';
import { emptyField } from '../text-field.ts';
import { openDialog } from './dialog.ts';
import { closeRange } from './marks.ts';
import type { Step } from './step.ts';
import { chain, stay, step } from './step.ts';

export const openPalette = (state: AppState): Step =>
  stay(openDialog(state, { kind: 'palette', field: emptyField, chosen: 0 }));

export const openHelp = (state: AppState): Step => stay(openDialog(state, { kind: 'help', scroll: 0 }));

type OpenMenu = Extract<CommandMessage, { kind: 'open-menu' }>;

/** What a panel shows is at hand; of rows the store is asked first: a row does not carry the ids of its findings. */
function openCopy(state: AppState): Step {
  const fix = selectChosenFix(state);
  if (fix !== undefined) return openWith(state, copyFixMenu(fix));
  if (selectPreview(state) !== undefined) return openWith(state, selectMenu(state, 'copy-policy'));
  return hasOpenRange(state) ? chain(closeRange(state), loadCopies) : loadCopies(state);
}

function loadCopies(state: AppState): Step {
  const target = selectTarget(state);
  if (target === undefined) return stay(state);
  return step(state, { kind: 'load-copies', query: selectQuery(state), target });
}

function openLinks(state: AppState): Step {
  const exposureId = state.panel?.exposureId ?? state.list.cursorId;
  return exposureId === undefined ? stay(state) : step(state, { kind: 'load-links', exposureId });
}

const openWith = (state: AppState, menu: Menu): Step =>
  stay(openDialog(state, { kind: 'menu', menu, chosen: 0 }));

export function openMenu(state: AppState, message: OpenMenu): Step {
  const { menu } = message;
  if (menu === 'copy') return openCopy(state);
  if (menu === 'links') return openLinks(state);
  if (menu === 'export' && state.panel?.kind === 'policy')
    return openMenu(state, { ...message, menu: 'save-policy' });
  if (menu === 'export' && state.screen === 'rules')
    return openMenu(state, { ...message, menu: 'export-rules' });
  const content = selectMenu(state, menu);
  const chosen = Math.max(
    0,
    content.items.findIndex((item) => item.current === true),
  );
  return stay(openDialog(state, { kind: 'menu', menu: content, chosen: menu === 'columns' ? 0 : chosen }));
}

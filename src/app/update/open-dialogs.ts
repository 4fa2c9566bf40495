import type { CommandMessage } from '../message.ts';
import type { Menu } from '../dialog.ts';
import { copyFixMenu, selectMenu } from '../selectors/menus.ts';
import { selectChosenFix, selectPreview } from '../selectors/panel-parts.ts';
import type { AppState } from '../state.ts';
import { emptyField } from '../text-field.ts';
import { openDialog } from './dialog.ts';
import type { Step } from './step.ts';
import { stay, step } from './step.ts';

export const openPalette = (state: AppState): Step =>
  stay(openDialog(state, { kind: 'palette', field: emptyField, chosen: 0 }));

export const openHelp = (state: AppState): Step => stay(openDialog(state, { kind: 'help', scroll: 0 }));

type OpenMenu = Extract<CommandMessage, { kind: 'open-menu' }>;

/** Copy and links ask the store first: a row does not carry the ids of its findings. A panel has what it shows. */
function openCopy(state: AppState, menu: 'copy' | 'links'): Step {
  const fix = menu === 'copy' ? selectChosenFix(state) : undefined;
  if (fix !== undefined) return openWith(state, copyFixMenu(fix));
  if (menu === 'copy' && selectPreview(state) !== undefined)
    return openWith(state, selectMenu(state, 'copy-policy'));
  const exposureId = state.panel?.exposureId ?? state.list.cursorId;
  return exposureId === undefined ? stay(state) : step(state, { kind: 'load-menu', menu, exposureId });
}

const openWith = (state: AppState, menu: Menu): Step =>
  stay(openDialog(state, { kind: 'menu', menu, chosen: 0 }));

export function openMenu(state: AppState, message: OpenMenu): Step {
  const { menu } = message;
  if (menu === 'copy' || menu === 'links') return openCopy(state, menu);
  if (menu === 'export' && state.panel?.kind === 'policy')
    return openMenu(state, { ...message, menu: 'save-policy' });
  const content = selectMenu(state, menu);
  const chosen = Math.max(
    0,
    content.items.findIndex((item) => item.current === true),
  );
  return stay(openDialog(state, { kind: 'menu', menu: content, chosen: menu === 'columns' ? 0 : chosen }));
}

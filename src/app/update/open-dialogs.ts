import type { CommandMessage } from '../message.ts';
import { selectMenu } from '../selectors/menus.ts';
import type { AppState } from '../state.ts';
import { emptyField } from '../text-field.ts';
import { openDialog } from './dialog.ts';
import type { Step } from './step.ts';
import { stay, step } from './step.ts';

export const openPalette = (state: AppState): Step =>
  stay(openDialog(state, { kind: 'palette', field: emptyField, chosen: 0 }));

export const openHelp = (state: AppState): Step => stay(openDialog(state, { kind: 'help', scroll: 0 }));

/** Copy and links ask the store first: a row does not carry the ids of its findings. */
export function openMenu(state: AppState, { menu }: Extract<CommandMessage, { kind: 'open-menu' }>): Step {
  if (menu === 'copy' || menu === 'links') {
    const id = state.list.cursorId;
    return id === undefined ? stay(state) : step(state, { kind: 'load-menu', menu, exposureId: id });
  }
  const content = selectMenu(state, menu);
  const chosen = Math.max(
    0,
    content.items.findIndex((item) => item.current === true),
  );
  return stay(openDialog(state, { kind: 'menu', menu: content, chosen: menu === 'columns' ? 0 : chosen }));
}

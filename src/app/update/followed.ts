import type { ExposureId } from '../../domain/exposure.ts';
import type { Dialog, Menu } from '../dialog.ts';
import type { LoadReason } from '../effect.ts';
import type { AppState } from '../state.ts';

/** Menus about the list as a whole: whichever row the cursor is on, they do the same. */
const ABOUT_LIST: ReadonlySet<Menu['id']> = new Set<Menu['id']>(['sort', 'views', 'columns']);

function isAboutRow(dialog: Dialog | undefined): boolean {
  switch (dialog?.kind) {
    case undefined:
    case 'themes':
    case 'help':
    case 'save-view':
      return false;
    case 'menu':
      return !ABOUT_LIST.has(dialog.menu.id);
    default:
      return true;
  }
}

/**
 * On the first row, with nothing above it and nothing open about it: this is the top of the list, not a row that was
 * chosen. It stays the top while rows come in, or the riskiest would come in unseen above the screen.
 */
const isAtTop = ({ list, detail, panel, marks, dialog }: AppState): boolean =>
  list.cursor === 0 &&
  list.top === 0 &&
  !detail.open &&
  panel === undefined &&
  marks.anchor === undefined &&
  !isAboutRow(dialog);

/** The exposure that the cursor stays on when the list comes anew; undefined: it stays on its row number. */
export const followedId = (state: AppState, reason: LoadReason): ExposureId | undefined =>
  state.list.touched && (reason === 'query' || !isAtTop(state)) ? state.list.cursorId : undefined;

import type { AppState } from '../../app/state.ts';
import { formatRuleEditor } from '../rules/format-rule-editor.ts';
import type { DialogBox } from './dialog-box.ts';
import { formatConfirm } from './format-confirm.ts';
import { formatMenu } from './format-menu.ts';
import { formatPalette } from './format-palette.ts';
import { formatHelp, formatOutcome, formatRecovered } from './format-reading.ts';
import { formatPlanning, formatPrice, formatProblem, formatSaveView, formatThemes } from './format-small.ts';

/** The open dialog as a box of lines; undefined: none is open. */
export function formatDialog(state: AppState): DialogBox | undefined {
  const { dialog, viewport } = state;
  switch (dialog?.kind) {
    case undefined:
      return undefined;
    case 'planning':
      return formatPlanning(dialog, viewport);
    case 'problem':
      return formatProblem(dialog, viewport);
    case 'price':
      return formatPrice(dialog, viewport);
    case 'save-view':
      return formatSaveView(dialog, state);
    case 'themes':
      return formatThemes(dialog, state);
    case 'menu':
      return formatMenu(dialog, viewport);
    case 'rule':
      return formatRuleEditor(dialog, viewport);
    case 'confirm':
      return formatConfirm(dialog, viewport);
    case 'palette':
      return formatPalette(dialog, state);
    case 'help':
      return formatHelp(dialog, state);
    case 'outcome':
      return formatOutcome(dialog, state);
    case 'recovered':
      return formatRecovered(dialog, state);
  }
}

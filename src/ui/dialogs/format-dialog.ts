import type { Dialog } from '../../app/dialog.ts';
import type { AppState } from '../../app/state.ts';
import { formatRuleEditor } from '../rules/format-rule-editor.ts';
import { formatExportFirst, formatImportRules } from '../screens/format-rules-file.ts';
import type { DialogBox } from './dialog-box.ts';
import { formatConfirm } from './format-confirm.ts';
import { formatMenu } from './format-menu.ts';
import { formatPalette } from './format-palette.ts';
import { formatHelp, formatOutcome, formatRecovered } from './format-reading.ts';
import {
  formatOrganization,
  formatPlanning,
  formatPrice,
  formatProblem,
  formatSaveView,
  formatThemes,
} from './format-small.ts';

type Of<K extends Dialog['kind']> = Extract<Dialog, { kind: K }>;

const FORMATS: {
  readonly [K in Dialog['kind']]: (dialog: Of<K>, state: AppState) => DialogBox;
} = {
  planning: (dialog, { viewport }) => formatPlanning(dialog, viewport),
  problem: (dialog, { viewport }) => formatProblem(dialog, viewport),
  organization: (dialog, { viewport }) => formatOrganization(dialog, viewport),
  price: (dialog, { viewport }) => formatPrice(dialog, viewport),
  'save-view': formatSaveView,
  themes: formatThemes,
  menu: (dialog, { viewport }) => formatMenu(dialog, viewport),
  'import-rules': (dialog, { viewport }) => formatImportRules(dialog, viewport),
  'export-first': (dialog, { viewport }) => formatExportFirst(dialog, viewport),
  rule: (dialog, { viewport }) => formatRuleEditor(dialog, viewport),
  confirm: (dialog, { viewport }) => formatConfirm(dialog, viewport),
  palette: formatPalette,
  help: formatHelp,
  outcome: formatOutcome,
  recovered: formatRecovered,
};

/** The open dialog as a box of lines; undefined: none is open. */
export function formatDialog(state: AppState): DialogBox | undefined {
  const { dialog } = state;
  if (dialog === undefined) return undefined;
  // Each format takes dialogs of its own kind: the table says so, indexing by a union cannot.
  return (FORMATS[dialog.kind] as (dialog: Dialog, state: AppState) => DialogBox)(dialog, state);
}

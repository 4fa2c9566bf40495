import { isOrganizationId } from '../../domain/policy/granting.ts';
import type { Dialog, DialogContent } from '../dialog.ts';
import type { TextField } from '../text-field.ts';
import type { Chord } from '../keymap.ts';
import type { AppState } from '../state.ts';
import { editField, fieldOf, insertText } from '../text-field.ts';
import { changeDialog, closeDialog, openDialog } from './dialog.ts';
import { resolve } from './panel.ts';
import type { Step } from './step.ts';
import { stay } from './step.ts';

/** Which organization may keep an access: with its id the fixes are looked for anew. */

type OrganizationDialog = Extract<Dialog, { kind: 'organization' }>;

export function askOrganization(state: AppState): Step {
  const { panel } = state;
  if (panel?.kind !== 'resolve') return stay(state);
  return stay(openDialog(state, { kind: 'organization', field: fieldOf(panel.organizationId ?? '') }));
}

function submit(state: AppState, dialog: OrganizationDialog): Step {
  const { panel } = state;
  const organizationId = dialog.field.text.trim();
  if (panel?.kind !== 'resolve') return stay(closeDialog(state));
  if (isOrganizationId(organizationId))
    return resolve({ ...closeDialog(state), panel: { ...panel, organizationId } });
  const problem = 'An organization id begins with o- and has 10 to 32 small letters and digits after it.';
  return stay(changeDialog(state, dialog, { kind: 'organization', field: dialog.field, problem }));
}

const typed = (field: TextField): DialogContent => ({ kind: 'organization', field });

export function organizationKey(state: AppState, dialog: OrganizationDialog, chord: Chord): Step {
  if (chord === 'esc') return stay(closeDialog(state));
  if (chord === 'enter') return submit(state, dialog);
  const field = editField(dialog.field, chord);
  if (field === undefined || field === dialog.field) return stay(state);
  return stay(changeDialog(state, dialog, typed(field)));
}

export const organizationPaste = (state: AppState, dialog: OrganizationDialog, text: string): Step =>
  stay(changeDialog(state, dialog, typed(insertText(dialog.field, text))));

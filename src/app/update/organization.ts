import { isOrganizationId } from '../../domain/policy/granting.ts';
import type { Dialog, DialogContent } from '../dialog.ts';
import type { TextField } from '../text-field.ts';
import type { Chord } from '../keymap.ts';
import { selectResolution } from '../selectors/panel-parts.ts';
import type { AppState } from '../state.ts';
import { editField, fieldOf, insertText } from '../text-field.ts';
import { changeDialog, closeDialog, openDialog } from './dialog.ts';
import { resolve } from './panel.ts';
import type { Step } from './step.ts';
import { chain, stay, step } from './step.ts';

/** Which organization may keep an access: its id is kept, and with it the fixes are looked for anew. */

type OrganizationDialog = Extract<Dialog, { kind: 'organization' }>;

export function askOrganization(state: AppState): Step {
  const resolution = selectResolution(state);
  if (resolution === undefined) return stay(state);
  const known = rememberedFor(state, resolution.finding.resourceOwnerAccount);
  return stay(openDialog(state, { kind: 'organization', field: fieldOf(known ?? '') }));
}

/** What was typed for this account; else for all others, if that was the same: most people have one organization. */
function rememberedFor({ organizations }: AppState, account: string): string | undefined {
  const [only, ...others] = new Set(Object.values(organizations));
  return organizations[account] ?? (others.length === 0 ? only : undefined);
}

function submit(state: AppState, dialog: OrganizationDialog): Step {
  const { panel } = state;
  const account = selectResolution(state)?.finding.resourceOwnerAccount;
  const organizationId = dialog.field.text.trim();
  if (panel?.kind !== 'resolve' || account === undefined) return stay(closeDialog(state));
  if (isOrganizationId(organizationId)) {
    const organizations = { ...state.organizations, [account]: organizationId };
    const asked = resolve({ ...closeDialog(state), organizations, panel: { ...panel, organizationId } });
    return organizationId === state.organizations[account]
      ? asked
      : chain(asked, (after) => step(after, { kind: 'save-organization', account, organizationId }));
  }
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

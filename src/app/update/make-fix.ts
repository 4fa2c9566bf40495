import { checkable } from '../../triage/recommend/check-recommendation.ts';
import { checkPriceText } from '../../domain/recommendation.ts';
import type { ExportFormat } from '../../domain/recommendation-export.ts';
import { EXPORT_FORMATS } from '../../domain/recommendation-export.ts';
import type { AnswerMessage } from '../message.ts';
import type { PolicyPanel } from '../panel.ts';
import { selectChosenFix, selectPreview } from '../selectors/panel-parts.ts';
import { selectQuery } from '../selectors/query.ts';
import type { AppState } from '../state.ts';
import { cleanText } from '../../domain/text.ts';
import { formatCount } from '../../domain/format-count.ts';
import { closeDialog, openDialog } from './dialog.ts';
import { askPlan, confirmPlan } from './plan.ts';
import type { Step } from './step.ts';
import { say, sayProblem, stay, step } from './step.ts';

/** What a panel does: makes the chosen fix, keeps the permissions, pays for a check, takes the policies along. */

/** The plan is there already, with what the person has just read: it is confirmed, not made again. */
export function makeFix(state: AppState): Step {
  const fix = selectChosenFix(state);
  if (fix?.plan === undefined) return stay(state);
  const names = state.panel === undefined ? [] : [state.panel.name];
  return stay(openDialog(state, confirmPlan(fix.plan, { names })));
}

/** Keeping what is unused is a decision too: it archives, with the reason that was chosen. */
export function keepPermissions(state: AppState, { reason }: { readonly reason: string }): Step {
  const { panel } = state;
  if (panel === undefined) return stay(state);
  return askPlan(state, {
    kind: 'archive',
    query: selectQuery(state),
    exposureIds: [panel.exposureId],
    reason,
  });
}

export function checkPolicy(state: AppState): Step {
  const preview = selectPreview(state);
  if (preview === undefined) return stay(state);
  const text = checkPriceText(checkable(preview.recommendation).length);
  return stay(openDialog(state, { kind: 'price', text }));
}

/** The price was seen and agreed to. */
export function payCheck(state: AppState): Step {
  const { panel } = state;
  const preview = selectPreview(state);
  const closed = closeDialog(state);
  if (panel?.kind !== 'policy' || preview === undefined) return stay(closed);
  const { serial } = panel;
  return step(
    { ...closed, panel: { ...panel, checking: true } },
    { kind: 'check-recommendation', serial, preview },
  );
}

type Answer<K extends AnswerMessage['kind']> = Extract<AnswerMessage, { kind: K }>;

/** The preview that was checked, also when the way to the fix lies over it by now. */
function checkedPanel({ panel }: AppState, serial: number): PolicyPanel | undefined {
  const policy = panel?.kind === 'resolve' ? panel.under : panel;
  return policy?.serial === serial ? policy : undefined;
}

const withPolicy = (state: AppState, policy: PolicyPanel): AppState => ({
  ...state,
  panel: state.panel?.kind === 'resolve' ? { ...state.panel, under: policy } : policy,
});

export function recommendationChecked(
  state: AppState,
  { serial, result }: Answer<'recommendation-checked'>,
): Step {
  const policy = checkedPanel(state, serial);
  if (policy === undefined) return stay(state);
  const idle = { ...policy, checking: false };
  if (!result.ok) return sayProblem(withPolicy(state, idle), result.problem);
  return stay(withPolicy(state, { ...idle, asked: { state: 'ready', value: result.value } }));
}

/** An item of the menus: one format, or all of them. */
export function takePolicy(state: AppState, menu: 'copy-policy' | 'save-policy', id: string): Step {
  const preview = selectPreview(state);
  if (preview === undefined) return stay(state);
  const formats: readonly ExportFormat[] = EXPORT_FORMATS.filter((format) => format === id);
  const [format] = formats;
  if (menu === 'save-policy')
    return step(state, { kind: menu, preview, formats: format === undefined ? EXPORT_FORMATS : formats });
  return format === undefined ? stay(state) : step(state, { kind: menu, preview, format });
}

export const policySaved = (state: AppState, { result }: Answer<'policy-saved'>): Step =>
  result.ok
    ? say(state, {
        kind: 'success',
        text: `Wrote ${formatCount(result.value.files, 'file')} to ${cleanText(result.value.folder)}.`,
      })
    : sayProblem(state, result.problem);

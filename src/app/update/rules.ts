import { hasOpenRange, selectTarget } from '../selectors/marks.ts';
import { selectQuery } from '../selectors/query.ts';
import { selectRuleUnder } from '../selectors/rules.ts';
import type { DraftRequest, RuleAnswer } from '../rules/rule-effects.ts';
import type { AppState } from '../state.ts';
import { closeDialog, openDialog } from './dialog.ts';
import { closeRange } from './marks.ts';
import { createEditor, tryRule } from './rule-editor.ts';
import type { Step } from './step.ts';
import { chain, sayProblem, stay, step } from './step.ts';

/** The Rules screen, and the way into the editor. */

export function rulesLoaded(
  state: AppState,
  { overview }: Extract<RuleAnswer, { kind: 'rules-loaded' }>,
): Step {
  const cursor = Math.max(0, Math.min(state.rules.cursor, overview.facts.length - 1));
  return stay({ ...state, rules: { ...state.rules, cursor, overview } });
}

/** From the marks (or the open range), else from the filter; on the Rules screen with an empty page. */
export function newRule(state: AppState): Step {
  const closed: Step = hasOpenRange(state) ? closeRange(state) : stay(state);
  return chain(closed, (after) => draft(after, requestFor(after)));
}

function requestFor(state: AppState): DraftRequest {
  const query = selectQuery(state);
  const target = state.marks.ids.size > 0 ? selectTarget(state) : undefined;
  return target === undefined
    ? { from: 'filter', query }
    : { from: 'findings', query, exposureIds: target.ids };
}

export function editRule(state: AppState): Step {
  const facts = selectRuleUnder(state);
  return facts === undefined ? stay(state) : draft(state, { from: 'rule', name: facts.rule.ruleName });
}

function draft(state: AppState, request: DraftRequest): Step {
  const serial = state.serial + 1;
  const title = 'Looking at what a rule could say';
  return step(openDialog({ ...state, serial }, { kind: 'planning', title, serial }), {
    kind: 'draft-rule',
    serial,
    request,
  });
}

export function ruleDrafted(
  state: AppState,
  { serial, result }: Extract<RuleAnswer, { kind: 'rule-drafted' }>,
): Step {
  if (state.dialog?.kind !== 'planning' || state.dialog.serial !== serial) return stay(state);
  if (!result.ok) return sayProblem(closeDialog(state), result.problem);
  return tryRule(closeDialog(state), createEditor(result.value));
}

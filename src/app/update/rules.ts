import type { ArchiveRule } from '../../domain/archive-rule.ts';
import { sameCriteria } from '../../domain/rules/criteria-algebra.ts';
import { parseFilter } from '../../domain/filter/parse.ts';
import { DEFAULT_SORT } from '../../domain/listing.ts';
import { bodyRows } from '../layout.ts';
import { hasOpenRange, selectTarget } from '../selectors/marks.ts';
import { selectQuery } from '../selectors/query.ts';
import { hiddenFilter, selectRuleHeight } from '../selectors/rule-view.ts';
import { selectRuleUnder } from '../selectors/rules.ts';
import type { DraftRequest, RuleAnswer } from '../rules/rule-effects.ts';
import type { ListedRule, OpenRule, RulesOverview } from '../rules/rules-state.ts';
import type { AppState } from '../state.ts';
import { closeDialog, openDialog } from './dialog.ts';
import { closeRange } from './marks.ts';
import { setFilter } from './query.ts';
import { createEditor } from './rule-editor.ts';
import { tryRule } from './rule-trial.ts';
import { type Move, scrolled } from './scroll.ts';
import type { Step } from './step.ts';
import { chain, say, sayProblem, stay, step } from './step.ts';
import { clamp } from './window.ts';

/** The Rules screen, the rule that is open on it, and the way into the editor. */

const sameRule = (a: ArchiveRule, b: ArchiveRule): boolean =>
  a.profile === b.profile && a.analyzerArn === b.analyzerArn && a.ruleName === b.ruleName;

/** The rules as they are now; what was counted of those that have not changed stands until it is counted again. */
export function rulesListed(
  state: AppState,
  { rules, analyzers }: Extract<RuleAnswer, { kind: 'rules-listed' }>,
): Step {
  const { facts: known = [], notes = [], suggestion } = state.rules.overview ?? {};
  const facts = rules.map((rule): ListedRule => {
    const before = known.find((each) => sameRule(each.rule, rule));
    return before !== undefined && sameCriteria(before.rule.filter, rule.filter)
      ? { ...before, rule }
      : { rule };
  });
  const next = showRules(state, { facts, notes, analyzers, suggestion });
  return next.rules.open === undefined ? stay(next) : askHidden(next, next.rules.open);
}

export const rulesLoaded = (
  state: AppState,
  { overview }: Extract<RuleAnswer, { kind: 'rules-loaded' }>,
): Step => stay(showRules(state, overview));

/** The cursor follows its rule; one that is gone is not open any more. */
function showRules(state: AppState, overview: RulesOverview): AppState {
  const { facts } = overview;
  const before = selectRuleUnder(state)?.rule;
  const at = before === undefined ? -1 : facts.findIndex(({ rule }) => sameRule(rule, before));
  const cursor = at < 0 ? Math.max(0, Math.min(state.rules.cursor, facts.length - 1)) : at;
  const open = at < 0 ? undefined : state.rules.open;
  return { ...state, rules: { ...state.rules, cursor, overview, open } };
}

/** Opens the rule under the cursor; once it is open, leads to what it hides. */
export function openRule(state: AppState): Step {
  const facts = selectRuleUnder(state);
  if (facts === undefined) return stay(state);
  if (state.rules.open !== undefined) return setFilter(state, hiddenFilter(facts.rule));
  return askHidden(state, { scroll: 0, serial: 0, hidden: undefined });
}

export const closeRule = (state: AppState): Step =>
  stay({ ...state, rules: { ...state.rules, open: undefined } });

/** J and K under an open rule: the next one. */
export function nextRule(state: AppState, by: number): Step {
  const { overview, cursor, open } = state.rules;
  const to = clamp(cursor + by, 0, (overview?.facts.length ?? 1) - 1);
  if (open === undefined || to === cursor) return stay(state);
  const next: AppState = { ...state, rules: { ...state.rules, cursor: to } };
  return askHidden(next, { scroll: 0, serial: 0, hidden: undefined });
}

export function scrollRule(state: AppState, open: OpenRule, move: Move): Step {
  const scroll = scrolled(open.scroll, move, selectRuleHeight(state), bodyRows(state.viewport));
  return scroll === open.scroll
    ? stay(state)
    : stay({ ...state, rules: { ...state.rules, open: { ...open, scroll } } });
}

function askHidden(state: AppState, open: OpenRule): Step {
  const facts = selectRuleUnder(state);
  const parsed = parseFilter(facts === undefined ? '' : hiddenFilter(facts.rule));
  const serial = state.serial + 1;
  const next: AppState = { ...state, serial, rules: { ...state.rules, open: { ...open, serial } } };
  if (!parsed.ok) return stay(next);
  const query = { filter: parsed.expr, sort: DEFAULT_SORT, context: state.list.context };
  return step(next, { kind: 'load-hidden', serial, query });
}

export function hiddenLoaded(
  state: AppState,
  { serial, rows }: Extract<RuleAnswer, { kind: 'hidden-loaded' }>,
): Step {
  const { open } = state.rules;
  if (open?.serial !== serial) return stay(state);
  return stay({ ...state, rules: { ...state.rules, open: { ...open, hidden: rows } } });
}

/** From the marks (or the open range), else from the filter; on the Rules screen with an empty page. */
export function newRule(state: AppState): Step {
  const closed: Step = hasOpenRange(state) ? closeRange(state) : stay(state);
  return chain(closed, (after) => draft(after, requestFor(after)));
}

function requestFor(state: AppState): DraftRequest {
  if (state.screen !== 'findings') return { from: 'nothing' };
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

/** Into the editor, filled in: whether it becomes a rule is the person's to say. */
export function openSuggestion(state: AppState): Step {
  const suggestion = state.rules.overview?.suggestion;
  return suggestion === undefined ? stay(state) : draft(state, { from: 'suggestion', suggestion });
}

/** For good: what is like it is not offered again. */
export function dismissSuggestion(state: AppState): Step {
  const { overview } = state.rules;
  if (overview?.suggestion === undefined) return stay(state);
  const next: AppState = {
    ...state,
    rules: { ...state.rules, overview: { ...overview, suggestion: undefined } },
  };
  const { suggestion } = overview;
  return chain(step(next, { kind: 'dismiss-suggestion', suggestion }), (after) =>
    say(after, { kind: 'info', text: 'This rule is not suggested again.' }),
  );
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

import { selectRuleUnder } from '../selectors/rules.ts';
import { hasNoAnalyzer } from '../selectors/summary.ts';
import type { AppState } from '../state.ts';
import { always, type Command } from './command.ts';

/** Archive rules. Each only opens the editor or asks for a plan: the dialog that follows says what would change. */

const common = { group: 'Act', mutates: true } as const;

function noRule(state: AppState): string | undefined {
  if (state.screen !== 'rules') return 'Works on the Rules screen: press 2.';
  return selectRuleUnder(state) === undefined ? 'There is no rule under the cursor.' : undefined;
}

function noSuggestion(state: AppState): string | undefined {
  if (state.screen !== 'rules') return 'Works on the Rules screen: press 2.';
  return state.rules.overview?.suggestion === undefined
    ? 'Nothing was archived by hand often enough to suggest a rule.'
    : undefined;
}

function noNewRule(state: AppState): string | undefined {
  if (state.screen !== 'findings' && state.screen !== 'rules')
    return 'Works on the Findings and Rules screens.';
  return hasNoAnalyzer(state)
    ? 'No Region seen has an analyzer: there is nothing to make a rule for.'
    : undefined;
}

const nameUnder = (state: AppState): string => selectRuleUnder(state)?.rule.ruleName ?? '';

export const RULE_COMMANDS: readonly Command[] = [
  {
    ...common,
    id: 'rule.new',
    title: 'New archive rule from the marks or the filter',
    label: 'rule',
    keys: ['n'],
    disabledReason: noNewRule,
    message: () => ({ kind: 'new-rule' }),
  },
  {
    ...common,
    id: 'rule.edit',
    title: 'Edit the archive rule',
    label: 'edit',
    keys: ['E'],
    disabledReason: noRule,
    message: () => ({ kind: 'edit-rule' }),
  },
  {
    ...common,
    id: 'rule.suggested',
    title: 'Look at the suggested rule: what you archived by hand again and again',
    label: 'suggestion',
    keys: ['h'],
    disabledReason: noSuggestion,
    message: () => ({ kind: 'open-suggestion' }),
  },
  {
    ...common,
    id: 'rule.dismiss',
    title: 'Never suggest that rule again',
    label: 'dismiss',
    keys: ['H'],
    mutates: false,
    disabledReason: noSuggestion,
    message: () => ({ kind: 'dismiss-suggestion' }),
  },
  {
    ...common,
    id: 'rule.import',
    title: 'Import archive rules from a file',
    label: 'import',
    keys: ['i'],
    disabledReason: always,
    message: () => ({ kind: 'import-rules' }),
  },
  {
    ...common,
    id: 'rule.apply',
    title: 'Apply the archive rule again',
    label: 'apply',
    keys: ['A'],
    disabledReason: noRule,
    message: (state) => ({ kind: 'plan-rule', request: { kind: 'rule-apply', name: nameUnder(state) } }),
  },
  {
    ...common,
    id: 'rule.delete',
    title: 'Delete the archive rule',
    label: 'delete',
    keys: ['X'],
    disabledReason: noRule,
    message: (state) => ({
      kind: 'plan-rule',
      request: { kind: 'rule-delete', name: nameUnder(state), unarchive: false },
    }),
  },
  {
    ...common,
    id: 'rule.delete-unarchive',
    title: 'Delete the archive rule and make active again what it hid',
    label: 'delete, unarchive',
    keys: ['U'],
    disabledReason: noRule,
    message: (state) => ({
      kind: 'plan-rule',
      request: { kind: 'rule-delete', name: nameUnder(state), unarchive: true },
    }),
  },
];

import type { AnalyzerServices, RuleServices } from '../../../src/app/rules/rule-effects.ts';
import { fail } from '../../../src/domain/problem.ts';

const none = { kind: 'not-found', message: 'No analyzer is known yet.' } as const;

/** A world without archive rules; the editor is tested over the real services. */
export const noRules: RuleServices = {
  listed: async () => ({ rules: [], analyzers: [] }),
  overview: async () => ({ facts: [], notes: [], analyzers: [], suggestion: undefined }),
  draft: async () => fail(none),
  attempt: async () => Promise.reject(new Error('No editor was opened.')),
  found: async () => [],
  criteriaValues: async () => [],
  plan: async () => fail(none),
  dismiss: async () => {},
  exportRules: async () => fail(none),
  completePath: async () => [],
};

export const noAnalyzers: AnalyzerServices = {
  offerDelete: async () => fail(none),
  planDelete: async () => fail(none),
};

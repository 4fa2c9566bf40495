import type { EffectContext } from '../effect-context.ts';
import type { RuleEffect } from './rule-effects.ts';

type Runner<K extends RuleEffect['kind']> = (
  effect: Extract<RuleEffect, { kind: K }>,
  context: EffectContext,
) => Promise<void>;

/** Of what a rule hides, as many exposures as a person would read here; the Findings screen shows all. */
const HIDDEN_SHOWN = 200;

/** Findings at a time, of those that a rule would archive: some screens full. */
const FOUND_LOADED = 200;

/** Effects of the Rules screen and the editor; of each only the newest question is answered. */
export const RULE_RUNNERS: { readonly [K in RuleEffect['kind']]: Runner<K> } = {
  'load-rules': async (_effect, { services, slots, dispatch }) =>
    slots.newest('rules', async (signal) => {
      const listed = await services.rules.listed();
      if (!signal.aborted) dispatch({ kind: 'rules-listed', ...listed });
      const overview = await services.rules.overview(signal);
      if (!signal.aborted) dispatch({ kind: 'rules-loaded', overview });
    }),
  'dismiss-suggestion': async ({ suggestion }, { services }) => services.rules.dismiss(suggestion),
  'load-hidden': async ({ serial, query }, { services, slots, dispatch }) =>
    slots.newest('rule-hidden', async (signal) => {
      const rows = await services.queries.window(query, 0, HIDDEN_SHOWN, signal);
      if (!signal.aborted) dispatch({ kind: 'hidden-loaded', serial, rows });
    }),
  'export-rules': async ({ kind: _effect, ...what }, { services, dispatch }) =>
    dispatch({ kind: 'rules-exported', result: await services.rules.exportRules(what) }),
  'complete-path': async ({ text }, { services, slots, dispatch }) =>
    slots.newest('paths', async (signal) => {
      const paths = await services.rules.completePath(text);
      if (!signal.aborted) dispatch({ kind: 'paths-loaded', text, paths });
    }),
  'offer-delete': async ({ serial, analyzer }, { services, dispatch }) =>
    dispatch({ kind: 'delete-offered', serial, result: await services.analyzers.offerDelete(analyzer) }),
  'draft-rule': async ({ serial, request }, { services, slots, dispatch }) =>
    slots.newest('rule-draft', async (signal) => {
      const result = await services.rules.draft(request);
      if (!signal.aborted) dispatch({ kind: 'rule-drafted', serial, result });
    }),
  'try-rule': async ({ serial, request, delayMs }, { services: { rules }, slots, dispatch }) =>
    slots.newest('rule-trial', async (signal) => {
      await slots.rest(delayMs, signal);
      const [trial, rows] = await Promise.all([
        rules.attempt(request),
        rules.found(request, 0, FOUND_LOADED),
      ]);
      if (!signal.aborted) dispatch({ kind: 'rule-tried', serial, trial, found: { offset: 0, rows } });
    }),
  'load-found': async ({ serial, request, offset }, { services, slots, dispatch }) =>
    slots.newest('rule-found', async (signal) => {
      const rows = await services.rules.found(request, offset, FOUND_LOADED);
      if (!signal.aborted) dispatch({ kind: 'found-loaded', serial, found: { offset, rows } });
    }),
  'load-criteria-values': async ({ text, question }, { services, slots, dispatch }) =>
    slots.newest('criteria-values', async (signal) => {
      const values = await services.rules.criteriaValues(question);
      if (!signal.aborted) dispatch({ kind: 'criteria-values-loaded', text, values });
    }),
};

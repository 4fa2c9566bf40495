import type { FindingRef } from '../domain/finding.ts';
import type { Plan } from '../domain/journal.ts';
import type { Result } from '../domain/problem.ts';
import { toProblem } from '../domain/problem.ts';
import type { Effect, PlanRequest } from './effect.ts';
import type { EffectContext } from './effect-context.ts';
import { RULE_RUNNERS } from './rules/run-rule-effect.ts';
import type { Services } from './services.ts';
import { followMoved } from './follow-moved.ts';
import { loadList, lostBy } from './load-list.ts';
import { PANEL_RUNNERS } from './run-panel-effect.ts';
import { MOST_COPIED } from './selectors/copy-menu.ts';
import { MOST_UNKNOWN } from './selectors/summary.ts';

type Runner<K extends Effect['kind']> = (
  effect: Extract<Effect, { kind: K }>,
  context: EffectContext,
) => Promise<void> | void;

const VALUES_SHOWN = 12;
const JOURNAL_SHOWN = 500;

function planOf({ changes, rules, analyzers }: Services, request: PlanRequest): Promise<Result<Plan>> {
  switch (request.kind) {
    case 'archive':
      return changes.planArchive(request, 'ARCHIVED');
    case 'unarchive':
      return changes.planArchive(request, 'ACTIVE');
    case 'scan':
      return changes.planScan(request);
    case 'undo':
      return changes.planUndo(request.entryId);
    case 'redo':
      return changes.planRedo();
    case 'rule-set':
    case 'rule-delete':
    case 'rule-apply':
    case 'rule-import':
      return rules.plan(request);
    case 'analyzer-delete':
      return analyzers.planDelete(request.analyzer, request.exportTo);
    case 'finish':
      return changes.planFinish(request.entryId);
  }
}

const RUNNERS: { readonly [K in Effect['kind']]: Runner<K> } = {
  'load-list': async (effect, context) =>
    context.slots.newest('list', async (signal) => {
      const loaded = await loadList(effect, context.services.queries, signal);
      const lost = lostBy(effect, loaded);
      if (!(await followMoved(lost, context)) && !signal.aborted) context.dispatch(loaded);
    }),
  'load-window': async ({ version, query, offset, limit }, { services, slots, dispatch }) =>
    slots.newest('window', async (signal) => {
      const rows = await services.queries.window(query, offset, limit, signal);
      if (!signal.aborted) dispatch({ kind: 'window-loaded', version, offset, rows });
    }),
  'load-detail': async ({ exposureId, delayMs }, context) =>
    context.slots.newest('detail', async (signal) => {
      const { services, slots, dispatch } = context;
      await slots.rest(delayMs, signal);
      const [data, history] = await Promise.all([
        services.queries.exposure(exposureId),
        services.queries.history(exposureId),
      ]);
      const isMoved = await followMoved(data === undefined ? [exposureId] : [], context);
      if (!isMoved && !signal.aborted) dispatch({ kind: 'detail-loaded', exposureId, data, history });
    }),
  'want-details': async ({ kind, exposureIds, leaves, delayMs }, { services, slots, dispatch }) =>
    slots.newest('wishes', async (signal) => {
      const want = (refs: readonly FindingRef[]): void =>
        services.syncing.wantDetails(refs, {
          onArrived: (ref) => dispatch({ kind: 'detail-arrived', ref }),
          onProblem: (problem) => dispatch({ kind: 'effect-failed', effect: kind, problem }),
        });
      if (leaves) want([]);
      await slots.rest(delayMs, signal);
      const refs = await services.queries.missingDetails(exposureIds);
      if (signal.aborted) return;
      dispatch({ kind: 'details-wanted', refs });
      want(refs);
    }),
  'load-values': async ({ key, prefix, text }, { services, slots, dispatch }) =>
    slots.newest('values', async (signal) => {
      const values = await services.queries.values(key, prefix, VALUES_SHOWN);
      if (!signal.aborted) dispatch({ kind: 'values-loaded', key, text, values });
    }),
  'load-marks': async ({ version, reason, existing, shown }, context) =>
    context.slots.newest('marks', async (signal) => {
      const { services, dispatch } = context;
      const all = new Set(await services.queries.exposureIds(existing, signal));
      const asked = existing.context.marked;
      const lost = [...asked].filter((id) => !all.has(id));
      if (await followMoved(lost, context)) return;
      const seen = new Set(await services.queries.exposureIds(shown, signal));
      if (!signal.aborted)
        dispatch({ kind: 'marks-loaded', version, reason, asked, existing: all, shown: seen });
    }),
  'load-all-ids': async ({ filterText, query }, { services, slots, dispatch }) =>
    slots.newest('all-ids', async (signal) => {
      const ids = await services.queries.exposureIds(query, signal);
      if (!signal.aborted) dispatch({ kind: 'all-ids-loaded', filterText, ids });
    }),
  'load-range': async ({ version, query, offset, limit }, { services, slots, dispatch }) =>
    slots.newest('range', async (signal) => {
      const rows = await services.queries.window(query, offset, limit, signal);
      if (!signal.aborted)
        dispatch({ kind: 'range-loaded', version, ids: rows.map((row) => row.exposureId) });
    }),
  'count-unknown': async ({ version, types }, { services, slots, dispatch }) =>
    slots.newest('unknown', async (signal) => {
      const unknown = await services.queries.withoutDetail(types, MOST_UNKNOWN);
      if (!signal.aborted) dispatch({ kind: 'unknown-counted', version, unknown });
    }),
  'load-summary': async (_effect, { services, slots, dispatch }) =>
    slots.newest('summary', async (signal) => {
      const summary = await services.queries.summary();
      if (!signal.aborted) dispatch({ kind: 'summary-loaded', summary });
    }),
  'load-journal': async (_effect, { services, slots, dispatch }) =>
    slots.newest('journal', async (signal) => {
      const entries = await services.queries.journal(JOURNAL_SHOWN);
      if (!signal.aborted) dispatch({ kind: 'journal-loaded', entries });
    }),
  'load-copies': async ({ query, target }, { services, slots, dispatch }) =>
    slots.newest('menu', async (signal) => {
      const rows = { query, exposureIds: target.ids };
      const result = await services.outside.findingsToCopy(rows, MOST_COPIED + 1);
      if (!signal.aborted) dispatch({ kind: 'copies-loaded', target, result });
    }),
  'load-links': async ({ exposureId }, { services, slots, dispatch }) =>
    slots.newest('menu', async (signal) => {
      const data = await services.queries.exposure(exposureId);
      if (!signal.aborted) dispatch({ kind: 'links-loaded', data });
    }),
  ...PANEL_RUNNERS,
  ...RULE_RUNNERS,
  plan: async ({ serial, request }, { services, dispatch }) =>
    dispatch({ kind: 'planned', serial, request, result: await planOf(services, request) }),
  'run-plan': async ({ plan }, { services, dispatch }) => {
    const onProgress = (done: number, total: number): void =>
      dispatch({ kind: 'change-progress', done, total });
    dispatch({ kind: 'change-finished', result: await services.changes.run(plan, onProgress) });
  },
  recover: async (_effect, { services, dispatch }) =>
    dispatch({ kind: 'recovered', recoveries: await services.changes.recover() }),
  sync: async ({ full }, { services, dispatch }) => {
    const result = await services.syncing.run({ full }, (progress) =>
      dispatch({ kind: 'sync-progress', progress }),
    );
    dispatch({ kind: 'sync-finished', result });
  },
  'cancel-sync': (_effect, { services }) => services.syncing.cancel(),
  copy: async ({ text, what }, { services, dispatch }) =>
    dispatch({ kind: 'copied', what, result: await services.outside.copy(text) }),
  export: async ({ query, format }, { services, dispatch }) =>
    dispatch({ kind: 'exported', result: await services.outside.exportList(query, format) }),
  'save-theme': ({ name }, { services, dispatch }) =>
    dispatch({ kind: 'saved', what: `Theme ${name} is kept`, result: services.memory.saveTheme(name) }),
  'save-view': ({ view }, { services, dispatch }) =>
    dispatch({ kind: 'saved', what: `View "${view.name}" is kept`, result: services.memory.saveView(view) }),
  'save-organization': ({ account, organizationId }, { services, dispatch }) =>
    dispatch({
      kind: 'saved',
      what: `${organizationId} is kept for account ${account}`,
      result: services.memory.saveOrganization(account, organizationId),
    }),
  'delete-view': ({ name }, { services, dispatch }) =>
    dispatch({ kind: 'saved', what: `View "${name}" is deleted`, result: services.memory.deleteView(name) }),
  'expire-toast': async ({ id, delayMs }, { slots, dispatch }) =>
    slots.newest('toast', async (signal) => {
      await slots.rest(delayMs, signal);
      if (!signal.aborted) dispatch({ kind: 'toast-expired', id });
    }),
};

/** Runs one effect to its end; what it throws becomes a message. What a newer question made needless throws nothing. */
export async function runEffect(effect: Effect, context: EffectContext): Promise<void> {
  try {
    await (RUNNERS[effect.kind] as (effect: Effect, context: EffectContext) => Promise<void> | void)(
      effect,
      context,
    );
  } catch (thrown) {
    const problem = toProblem(thrown);
    const version = 'version' in effect ? { version: effect.version } : {};
    context.dispatch({ kind: 'effect-failed', effect: effect.kind, ...version, problem });
  }
}

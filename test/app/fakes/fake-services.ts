import type { ChangeTarget, RefreshReport, Services } from '../../../src/app/services.ts';
import { rangeAt } from '../../../src/domain/list-place.ts';
import { exposureIdBeforeDetail } from '../../../src/domain/exposure.ts';
import type { FindingStatus } from '../../../src/domain/finding.ts';
import type { FindingOutcome, JournalEntry, Plan } from '../../../src/domain/journal.ts';
import type { ListQuery } from '../../../src/domain/listing.ts';
import type { StoredFinding } from '../../../src/domain/listing.ts';
import type { AccessVerdict, Recommendation } from '../../../src/domain/recommendation.ts';
import type { Recovery } from '../../../src/triage/recover.ts';
import type { Resolution } from '../../../src/triage/resolve/fix.ts';
import type { Proof } from '../../../src/triage/resolve/prove.ts';
import { aRecommendation, aResolution } from './advice.ts';
import type { Result } from '../../../src/domain/problem.ts';
import { fail, succeed } from '../../../src/domain/problem.ts';
import type { SyncProgress } from '../../../src/sync/progress.ts';
import { planArchive } from '../../../src/triage/plan-archive.ts';
import { noAnalyzers, noRules } from './fake-rules.ts';
import type { FakeStore } from './fake-store.ts';
import { NOW } from './findings.ts';

/** What the services were asked for, and switches for what they answer. */
export interface FakeWorld {
  readonly store: FakeStore;
  /** Names of the calls, in order: `window 0+60`, `run Archive 1 finding`. */
  readonly calls: string[];
  readonly copied: string[];
  /** Ids of findings that AWS refuses to change. */
  readonly refused: Set<string>;
  /** Kinds of cells in IAM that AWS refuses to change. */
  readonly stepsThatFail: Set<string>;
  /** Awaited before a call of this name is answered. */
  readonly gates: Map<string, PromiseLike<unknown>>;
  interrupted: readonly Recovery[];
  syncResult: Result<RefreshReport>;
  /** Runs while a sync is under way; may change the store. */
  onSync: (progress: (change: Partial<SyncProgress>) => void) => Promise<void> | void;
  /** What Access Analyzer recommends, and how findings are fixed. */
  recommendation: Result<Recommendation>;
  resolutionOf: (finding: StoredFinding) => Result<Resolution>;
  /** How the wait for a proof ends; may change the store. */
  proofOf: (finding: StoredFinding) => Proof;
  saved: { theme?: string; views: string[]; deleted: string[]; organizations: string[] };
}

export const REPORT: RefreshReport = {
  findings: 0,
  analyzers: 1,
  requests: 2,
  durationMs: 5,
  regions: [],
  problems: [],
  notes: [],
  fixes: [],
};

export function createFakeWorld(store: FakeStore): {
  readonly world: FakeWorld;
  readonly services: Services;
} {
  const world: FakeWorld = {
    store,
    calls: [],
    copied: [],
    refused: new Set(),
    stepsThatFail: new Set(),
    gates: new Map(),
    interrupted: [],
    syncResult: succeed(REPORT),
    onSync: () => {},
    recommendation: succeed(aRecommendation()),
    resolutionOf: (finding) => succeed(aResolution(finding)),
    proofOf: () => ({ kind: 'resolved' }),
    saved: { views: [], deleted: [], organizations: [] },
  };
  return {
    world,
    services: {
      queries: createQueries(world),
      changes: createChanges(world),
      rules: noRules,
      analyzers: noAnalyzers,
      recommendations: createRecommendations(world),
      resolutions: createResolutions(world),
      syncing: createSyncing(world),
      outside: createOutside(world),
      memory: createMemory(world),
    },
  };
}

async function answer<T>(world: FakeWorld, call: string, value: () => T): Promise<T> {
  world.calls.push(call);
  const gate = world.gates.get(call.split(' ')[0] ?? '');
  if (gate !== undefined) await gate;
  return value();
}

function createQueries(world: FakeWorld): Services['queries'] {
  const { store } = world;
  return {
    around: (query, place) =>
      answer(world, 'around', () => {
        const rows = store.rows(query);
        const findings = store.matching(query);
        const publicFindings = findings.filter((finding) => finding.isPublic).length;
        const indexOf = (id: string | undefined): number | undefined => {
          const at = rows.findIndex((row) => row.exposureId === id);
          return at === -1 ? undefined : at;
        };
        const found = indexOf(place.follow);
        const heir =
          found === undefined ? place.heirs.map(indexOf).find((at) => at !== undefined) : undefined;
        const { offset, limit } = rangeAt(place, found ?? heir, rows.length);
        return {
          counts: { exposures: rows.length, findings: findings.length, publicFindings },
          found,
          heir,
          offset,
          rows: rows.slice(offset, offset + limit),
        };
      }),
    window: (query, offset, limit) =>
      answer(world, `window ${offset}+${limit}`, () => store.rows(query).slice(offset, offset + limit)),
    exposureIds: (query) =>
      answer(world, 'exposureIds', () => store.rows(query).map((row) => row.exposureId)),
    exposure: (id) => answer(world, 'exposure', () => store.exposure(id)),
    successors: (ids) =>
      answer(world, 'successors', () => {
        const all = store.findings.map((each) => [exposureIdBeforeDetail(each), each.exposureId] as const);
        const lost = ids.filter((id) => store.exposure(id) === undefined);
        return new Map(all.filter(([before]) => lost.includes(before)));
      }),
    missingDetails: (ids) =>
      answer(world, 'missingDetails', () =>
        ids.flatMap((id) =>
          store.findings.filter(
            (each) =>
              each.exposureId === id && each.detail === undefined && each.findingType !== 'ExternalAccess',
          ),
        ),
      ),
    withoutDetail: (types, most) =>
      answer(world, 'withoutDetail', () => {
        const lacking = store.findings.filter(
          ({ findingType, detail }) => detail === undefined && types.includes(findingType),
        );
        return Math.min(most, lacking.length);
      }),
    history: () => answer(world, 'history', () => []),
    values: (_key, prefix) =>
      answer(world, 'values', () =>
        [
          { value: 'us-east-1', count: 3 },
          { value: 'eu-west-1', count: 1 },
        ].filter(({ value }) => value.startsWith(prefix)),
      ),
    summary: () => answer(world, 'summary', () => store.summary()),
    journal: () => answer(world, 'journal', () => store.journal),
  };
}

const targeted = (
  world: FakeWorld,
  { query, exposureIds }: { readonly query: ListQuery; readonly exposureIds: readonly string[] },
) => world.store.matching(query).filter((finding) => exposureIds.includes(finding.exposureId));

function planScan(world: FakeWorld, target: ChangeTarget): Plan {
  const findings = targeted(world, target);
  const operations = findings.map(({ profile, region, analyzerArn, resource, resourceOwnerAccount }) => ({
    profile,
    region,
    analyzerArn,
    change: { kind: 'start-resource-scan', resourceArn: resource, resourceOwnerAccount } as const,
    command: `aws accessanalyzer start-resource-scan --resource-arn ${resource}`,
  }));
  return {
    kind: 'scan',
    title: 'Scan 1 resource again',
    operations,
    exposureIds: [...new Set(findings.map(({ exposureId }) => exposureId))],
    skipped: [],
    publicCount: 0,
  };
}

/** Takes back (or does again) what an entry changed, without the checks of the real planner. */
function planBack(world: FakeWorld, entry: JournalEntry, kind: 'undo' | 'redo'): Plan {
  const proven = entry.operations.flatMap(({ change }) =>
    change.kind === 'iam' && change.backup.proof !== undefined ? [change.backup.proof.exposureId] : [],
  );
  if (proven.length > 0) {
    const { operations } = entry;
    const facts = { skipped: [], publicCount: 0, exposureIds: proven };
    return { ...facts, kind, title: `${kind} ${entry.id}`, of: entry.id, operations };
  }
  const ids = new Set(
    entry.operations.flatMap((operation) => (operation.outcomes ?? []).map((outcome) => outcome.ref.id)),
  );
  const findings = world.store.findings.filter((finding) => ids.has(finding.id));
  const to = findings[0]?.status === 'ARCHIVED' ? 'ACTIVE' : 'ARCHIVED';
  return { ...planArchive({ findings, to }), kind, title: `${kind} ${entry.id}`, of: entry.id };
}

function createChanges(world: FakeWorld): Services['changes'] {
  const nothing = (message: string) => fail<Plan>({ kind: 'not-found', message });
  const back = (kind: 'undo' | 'redo', entry: JournalEntry | undefined): Result<Plan> =>
    entry === undefined ? nothing(`Nothing to ${kind}.`) : succeed(planBack(world, entry, kind));
  const lastUndone = () =>
    world.store.journal.find((entry) => entry.kind === 'undo' && entry.undoneBy === undefined);
  return {
    planArchive: (target, to) =>
      answer(world, `plan ${to}`, () => succeed(planArchive({ findings: targeted(world, target), to }))),
    planScan: (target) => answer(world, 'plan scan', () => succeed(planScan(world, target))),
    planUndo: (entryId) =>
      answer(world, `plan undo ${entryId ?? 'last'}`, () => {
        const entries = world.store.journal;
        return back(
          'undo',
          entries.find((entry) =>
            entryId === undefined
              ? entry.kind !== 'undo' && entry.undoneBy === undefined
              : entry.id === entryId,
          ),
        );
      }),
    planRedo: () => answer(world, 'plan redo', () => back('redo', lastUndone())),
    planFinish: (entryId) =>
      answer(world, `plan finish ${entryId}`, () =>
        back('redo', world.interrupted.find(({ entry }) => entry.id === entryId)?.entry),
      ),
    run: (plan, onProgress) => answer(world, `run ${plan.title}`, () => runFake(world, plan, onProgress)),
    recover: () => answer(world, 'recover', () => world.interrupted),
  };
}

const NO_ROW = fail<never>({ kind: 'not-found', message: 'This row is gone from the store.' });

function createRecommendations(world: FakeWorld): Services['recommendations'] {
  return {
    load: (exposureId, { onProgress }) => {
      onProgress({ elapsedMs: 4000, usualMs: 20_000 });
      return answer(world, `recommend ${exposureId}`, () => {
        const [finding] = world.store.exposure(exposureId)?.findings ?? [];
        const { recommendation } = world;
        if (finding === undefined) return NO_ROW;
        return recommendation.ok
          ? succeed({ finding, recommendation: recommendation.value })
          : recommendation;
      });
    },
    check: (preview) =>
      answer(world, 'check', () => {
        const verdict: AccessVerdict = { result: 'PASS', message: 'No new access.', reasons: [] };
        const { recommendation } = preview;
        const changes = recommendation.changes.map((change) => ({ ...change, verdict }));
        return succeed({ ...preview, recommendation: { ...recommendation, changes } });
      }),
    format: (_preview, format) =>
      answer(world, `format ${format}`, () => succeed(`the policies as ${format}`)),
    save: (_preview, formats) =>
      answer(world, `save ${formats.join()}`, () =>
        succeed({ folder: '/tmp/policies', files: formats.length }),
      ),
  };
}

function createResolutions(world: FakeWorld): Services['resolutions'] {
  const findingsOf = (exposureId: string) => world.store.exposure(exposureId)?.findings ?? [];
  return {
    load: (exposureId, { organizationId = '' }) =>
      answer(world, `resolve ${exposureId} ${organizationId}`.trim(), () => {
        const [finding] = findingsOf(exposureId);
        return finding === undefined ? NO_ROW : world.resolutionOf(finding);
      }),
    prove: (exposureId, { onProgress }) => {
      onProgress({ elapsedMs: 42_000, longestMs: 1_800_000, looks: 7 });
      return answer(world, `prove ${exposureId}`, () =>
        succeed(
          findingsOf(exposureId).map((finding) => ({ finding, proof: succeed(world.proofOf(finding)) })),
        ),
      );
    },
  };
}

function outcomeOf(world: FakeWorld, id: string, wanted: FindingStatus): FindingOutcome {
  const ref = world.store.findings.find((finding) => finding.id === id);
  if (ref === undefined) throw new Error(`No finding ${id}.`);
  const refused = world.refused.has(id);
  const after = refused ? ref.status : wanted;
  world.store.findings = world.store.findings.map((finding) =>
    finding.id === id ? { ...finding, status: after } : finding,
  );
  return {
    ref,
    before: ref.status,
    wanted,
    after,
    outcome: refused ? 'refused' : 'changed',
    ...(refused ? { error: 'AccessDenied' } : {}),
  };
}

function runFake(
  world: FakeWorld,
  plan: Plan,
  onProgress: (done: number, total: number) => void,
): Result<JournalEntry> {
  const id = world.store.journal.length + 1;
  const operations = plan.operations.map((operation, index) => {
    const { change } = operation;
    const outcomes =
      change.kind === 'update-findings'
        ? change.ids.map((each) => outcomeOf(world, each, change.status))
        : [];
    onProgress(index + 1, plan.operations.length);
    const sent = { ...operation, index, clientToken: `t${index}` };
    if (change.kind === 'iam' && world.stepsThatFail.has(change.backup.cell.kind))
      return { ...sent, state: 'failed', error: 'AccessDenied' } as const;
    return { ...sent, state: 'done', outcomes } as const;
  });
  const bad = operations.some(
    (operation) =>
      operation.state === 'failed' || operation.outcomes.some((outcome) => outcome.outcome === 'refused'),
  );
  const entry: JournalEntry = {
    id,
    at: NOW,
    kind: plan.kind,
    title: plan.title,
    state: bad ? 'partial' : 'done',
    ...(plan.reason === undefined ? {} : { reason: plan.reason }),
    ...(plan.of === undefined ? {} : { of: plan.of }),
    by: 'test',
    operations,
  };
  const marked = world.store.journal.map((known) =>
    plan.kind === 'undo' && known.id === plan.of ? { ...known, undoneBy: id } : known,
  );
  world.store.journal = [entry, ...marked];
  return succeed(entry);
}

function createSyncing(world: FakeWorld): Services['syncing'] {
  return {
    run: async ({ full }, onProgress) => {
      world.calls.push(full ? 'sync full' : 'sync');
      await world.onSync((change) =>
        onProgress({ fraction: 0.5, findings: 1, regions: [], storeChanged: false, ...change }),
      );
      return world.syncResult;
    },
    cancel: () => void world.calls.push('cancel'),
    wantDetails: (refs) => void world.calls.push(`wish ${refs.map((ref) => ref.id).join(',')}`),
  };
}

function createOutside(world: FakeWorld): Services['outside'] {
  return {
    copy: async (text) => {
      world.copied.push(text);
      return succeed(undefined);
    },
    findingsToCopy: (rows, limit) =>
      answer(world, 'findingsToCopy', () => succeed(targeted(world, rows).slice(0, limit))),
    exportList: (query, format) =>
      answer(world, `export ${format}`, () =>
        succeed({ path: `/tmp/findings.${format}`, findings: world.store.matching(query).length }),
      ),
  };
}

function createMemory({ saved }: FakeWorld): Services['memory'] {
  return {
    saveTheme: (name) => {
      saved.theme = name;
      return succeed(undefined);
    },
    saveView: (view) => {
      saved.views.push(view.name);
      return succeed(undefined);
    },
    saveOrganization: (account, organizationId) => {
      saved.organizations.push(`${account} ${organizationId}`);
      return succeed(undefined);
    },
    deleteView: (name) => {
      saved.deleted.push(name);
      return succeed(undefined);
    },
  };
}

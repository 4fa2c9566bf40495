import { matchesCriteria } from '../../domain/criteria.ts';
import type { Clock } from '../clock.ts';
import { DerivedLedger } from '../ledger/derived-ledger.ts';
import { IndexedLedger } from '../ledger/indexed-ledger.ts';
import type { LedgerFinding } from '../ledger/ledger-finding.ts';
import type { AnalyzerSpec } from '../world/finding.ts';
import type { World } from '../world/model.ts';
import type { FindingSource } from '../world/source.ts';
import { type AnalyzerRecord, viewOf } from './analyzer-record.ts';
import type { Estate } from './estate.ts';
import { archivesNew } from './new-findings.ts';
import { passEverywhere } from './passing-time.ts';

export interface EstateOptions {
  readonly world: World;
  readonly source: FindingSource;
  readonly clock: Clock;
  readonly scanMs: number;
  readonly passMs: number;
}

/** The estate of a world with the analyzers it starts with, their findings already found. */
export function createEstate(options: EstateOptions): Estate {
  const { world, source, clock } = options;
  world.clock.now = clock.now();
  const estate: Estate = {
    ...options,
    seed: world.seed,
    analyzers: new Map(),
    generations: new Map(),
    accessPreviews: new Map(),
    sessions: new Map(),
    scans: [],
    lastPassAt: clock.now(),
  };
  for (const spec of source.analyzers) addAnalyzer(estate, spec);
  runHistory(estate);
  return estate;
}

/** What was fixed before the start: findings of before stand as RESOLVED, at the time of the fix. */
function runHistory(estate: Estate): void {
  const { source } = estate;
  if (source.kind !== 'derived' || source.history === undefined) return;
  for (const { at, apply } of source.history) {
    apply();
    passEverywhere(estate, at);
  }
  passEverywhere(estate, estate.clock.now());
}

/** Adds an analyzer and lets it look at everything once. */
export function addAnalyzer(estate: Estate, spec: AnalyzerSpec): AnalyzerRecord {
  const { unusedAccessAge, exclusions, inclusions } = spec;
  const ledger = createLedger(estate, spec.arn, () => record);
  const record: AnalyzerRecord = {
    arn: spec.arn,
    name: spec.name,
    type: spec.type,
    account: spec.account,
    region: spec.region,
    createdAt: spec.createdAt,
    status: spec.status,
    ...(spec.statusReason === undefined ? {} : { statusReason: spec.statusReason }),
    ...(spec.managedBy === undefined ? {} : { managedBy: spec.managedBy }),
    tags: spec.tags ?? {},
    configuration: {
      ...(unusedAccessAge === undefined ? {} : { unusedAccessAge }),
      ...(exclusions === undefined ? {} : { exclusions }),
      ...(inclusions === undefined ? {} : { inclusions }),
    },
    archiveRules: new Map((spec.archiveRules ?? []).map((rule) => [rule.ruleName, rule])),
    ledger,
    recommendations: new Map(),
  };
  estate.analyzers.set(record.arn, record);
  const now = estate.clock.now();
  if (ledger instanceof DerivedLedger) ledger.seed(now, (finding) => byHand(spec, finding));
  const last = ledger.size === 0 ? undefined : ledger.at(ledger.size - 1);
  if (last !== undefined) record.lastAnalyzed = { resource: last.resource, at: last.analyzedAt };
  return record;
}

const byHand = (spec: AnalyzerSpec, finding: LedgerFinding): boolean =>
  spec.archivedByHand !== undefined && matchesCriteria(spec.archivedByHand, finding);

/** `record`: the analyzer that the ledger will belong to. */
function createLedger(
  estate: Estate,
  arn: string,
  record: () => AnalyzerRecord,
): DerivedLedger | IndexedLedger {
  const { source, seed, generations } = estate;
  if (source.kind === 'indexed') return new IndexedLedger(source, arn);
  const generation = generations.get(arn) ?? 0;
  generations.set(arn, generation + 1);
  return new DerivedLedger({
    source,
    idSeed: generation === 0 ? [seed, arn] : [seed, arn, generation],
    view: () => viewOf(record()),
    archivesNew: (finding) => archivesNew(record().archiveRules.values(), finding),
  });
}

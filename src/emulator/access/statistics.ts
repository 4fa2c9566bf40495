import { analyzerKind } from '../../domain/analyzer.ts';
import { isUnused } from '../../domain/finding.ts';
import type { AnalyzerRecord } from '../estate/analyzer-record.ts';
import type { LedgerFinding } from '../ledger/ledger-finding.ts';
import { required } from '../service/member.ts';
import { operation, type Output } from '../service/operation.ts';
import { analyzerByArn, isOpen } from './find-analyzer.ts';
import { ANALYZER_ARN } from './shapes.ts';
import { iso } from './wire-values.ts';

/** Accounts in `topAccounts` (AccountAggregations: at most 10). */
const TOP_ACCOUNTS = 10;

function* findingsOf({ ledger }: AnalyzerRecord): Iterable<LedgerFinding> {
  for (let slot = 0; slot < ledger.size; slot += 1) {
    const finding = ledger.at(slot);
    if (finding !== undefined) yield finding;
  }
}

/** A map of counters that begin at nought. */
class Tally {
  readonly counts = new Map<string, number>();

  add(key: string): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  of(key: string): number {
    return this.counts.get(key) ?? 0;
  }
}

/** One walk over the findings; everything else is arithmetic. Keys: parts joined by a space. */
function tallyOf(analyzer: AnalyzerRecord): Tally {
  const tally = new Tally();
  for (const finding of isOpen(analyzer) ? findingsOf(analyzer) : []) {
    const { status, resourceType, findingType, resourceOwnerAccount } = finding;
    tally.add(status);
    tally.add(`${status} ${resourceType}`);
    if (status !== 'ACTIVE') continue;
    tally.add(`access ${accessOf(finding)} ${resourceType}`);
    tally.add(`type ${findingType}`);
    tally.add(`account ${resourceOwnerAccount}`);
    tally.add(`account-type ${resourceOwnerAccount} ${findingType}`);
  }
  return tally;
}

const accessOf = (finding: LedgerFinding): string =>
  finding.error !== undefined ? 'error' : finding.isPublic === true ? 'public' : 'cross-account';

/** What follows a prefix, for every key that has it. */
const namesAfter = (tally: Tally, prefix: string): readonly string[] =>
  [...tally.counts.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));

const totals = (tally: Tally) => ({
  totalActiveFindings: tally.of('ACTIVE'),
  totalArchivedFindings: tally.of('ARCHIVED'),
  totalResolvedFindings: tally.of('RESOLVED'),
});

const resourceTypes = (tally: Tally): ReadonlySet<string> =>
  new Set(['ACTIVE ', 'ARCHIVED ', 'RESOLVED '].flatMap((prefix) => namesAfter(tally, prefix)));

const byResourceType = (tally: Tally, toDetails: (type: string) => Output): Output => ({
  ...totals(tally),
  resourceTypeStatistics: Object.fromEntries(
    [...resourceTypes(tally)].map((type) => [type, toDetails(type)]),
  ),
});

const external = (tally: Tally): Output =>
  byResourceType(tally, (type) => ({
    totalActivePublic: tally.of(`access public ${type}`),
    totalActiveCrossAccount: tally.of(`access cross-account ${type}`),
    totalActiveErrors: tally.of(`access error ${type}`),
  }));

const internal = (tally: Tally): Output =>
  byResourceType(tally, (type) => ({
    totalActiveFindings: tally.of(`ACTIVE ${type}`),
    totalArchivedFindings: tally.of(`ARCHIVED ${type}`),
    totalResolvedFindings: tally.of(`RESOLVED ${type}`),
  }));

function unused(tally: Tally): Output {
  const types = namesAfter(tally, 'type ').filter((type) => isUnused(type as LedgerFinding['findingType']));
  return {
    ...totals(tally),
    unusedAccessTypeStatistics: types.map((type) => ({
      unusedAccessType: type,
      total: tally.of(`type ${type}`),
    })),
    topAccounts: topAccounts(tally, types),
  };
}

function topAccounts(tally: Tally, types: readonly string[]): readonly Output[] {
  const ranked = namesAfter(tally, 'account ').toSorted(
    (a, b) => tally.of(`account ${b}`) - tally.of(`account ${a}`),
  );
  return ranked.slice(0, TOP_ACCOUNTS).map((account) => ({
    account,
    numberOfActiveFindings: tally.of(`account ${account}`),
    details: Object.fromEntries(types.map((type) => [type, tally.of(`account-type ${account} ${type}`)])),
  }));
}

function statisticsOf(analyzer: AnalyzerRecord): Output {
  const tally = tallyOf(analyzer);
  switch (analyzerKind(analyzer.type)) {
    case 'external':
      return { externalAccessFindingsStatistics: external(tally) };
    case 'internal':
      return { internalAccessFindingsStatistics: internal(tally) };
    case 'unused':
      return { unusedAccessFindingsStatistics: unused(tally) };
  }
}

export const GET_FINDINGS_STATISTICS = operation(
  {
    name: 'GetFindingsStatistics',
    method: 'POST',
    path: '/analyzer/findings/statistics',
    body: { analyzerArn: required(ANALYZER_ARN) },
  },
  (call, { analyzerArn }) => ({
    findingsStatistics: [statisticsOf(analyzerByArn(call, analyzerArn))],
    lastUpdatedAt: iso(call.now),
  }),
);

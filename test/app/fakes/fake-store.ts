import type { Decision } from '../../../src/domain/decision.ts';
import { matchesFilter, searchTextOf } from '../../../src/domain/filter/match.ts';
import type { MatchFacts } from '../../../src/domain/filter/match.ts';
import type { JournalEntry } from '../../../src/domain/journal.ts';
import type {
  ExposureDetail,
  ExposureRow,
  ListQuery,
  StoredFinding,
  StoreSummary,
} from '../../../src/domain/listing.ts';
import { scoreRisk } from '../../../src/domain/risk.ts';
import { isNeverUsed } from '../../../src/domain/usage.ts';
import { whatText } from '../../../src/domain/words.ts';
import { ACCOUNT, analyzerArn, NOW } from './findings.ts';

/** A store of plain arrays with the reference semantics of the filter. */
export class FakeStore {
  findings: readonly StoredFinding[];
  journal: readonly JournalEntry[] = [];
  decisions: readonly Decision[] = [];
  regions: StoreSummary['regions'] = [
    { profile: 'default', region: 'us-east-1', status: 'ok', accountId: ACCOUNT, at: NOW, lastOkAt: NOW },
  ];
  lastSyncAt: number | undefined = NOW;

  constructor(findings: readonly StoredFinding[]) {
    this.findings = findings;
  }

  matching({ filter, context }: ListQuery): readonly StoredFinding[] {
    return this.findings.filter(
      (finding) => finding.goneAt === undefined && matchesFilter(filter, this.factsOf(finding), context),
    );
  }

  private factsOf(finding: StoredFinding): MatchFacts {
    const decision = this.decisions.find((each) => each.exposureId === finding.exposureId);
    const named = { ...finding, analyzerName: finding.analyzerArn.split('/').at(-1) ?? '' };
    return { ...named, text: searchTextOf(named), ...(decision === undefined ? {} : { decision }) };
  }

  rows(query: ListQuery): readonly ExposureRow[] {
    const groups = Map.groupBy(this.matching(query), (finding) => finding.exposureId);
    return [...groups.values()].map(rowOf).sort(byOrder(query));
  }

  exposure(id: string): ExposureDetail | undefined {
    const findings = this.findings.filter((finding) => finding.exposureId === id);
    if (findings.length === 0) return undefined;
    const { analyzers } = this.summary();
    const decision = this.decisions.find((each) => each.exposureId === id);
    return { row: rowOf(findings), findings, analyzers, decision, errorFindings: 0 };
  }

  summary(): StoreSummary {
    const regions = [...new Set(this.findings.map((finding) => finding.region))];
    return {
      analyzers: regions.map((region) => ({
        profile: 'default',
        region,
        arn: analyzerArn(region),
        name: 'main',
        type: 'ACCOUNT' as const,
        status: 'ACTIVE' as const,
        createdAt: NOW,
        counts: { active: 1, archived: 0, resolved: 0, public: 0 },
      })),
      regions: this.regions,
      lastSyncAt: this.lastSyncAt,
      journalEntries: this.journal.length,
      archiveRules: 0,
    };
  }
}

function rowOf(findings: readonly StoredFinding[]): ExposureRow {
  const [first] = findings;
  if (first === undefined) throw new Error('An exposure has at least one finding.');
  const { detail, ...facts } = first;
  const risk = scoreRisk({ ...facts, ...(detail === undefined ? {} : { detail }), knownAccounts: new Set() });
  const statuses = new Set(findings.map((finding) => finding.status));
  return {
    exposureId: first.exposureId,
    risk: risk.score,
    riskLevel: risk.level,
    findingType: first.findingType,
    resource: first.resource,
    resourceType: first.resourceType,
    account: first.resourceOwnerAccount,
    principal: first.principal,
    action: first.action,
    condition: first.condition,
    isPublic: findings.some((finding) => finding.isPublic === true),
    error: first.error,
    what: whatText(detail),
    neverUsed: isNeverUsed(detail),
    findings: findings.length,
    regions: [...new Set(findings.map((finding) => finding.region))],
    status: statuses.size === 1 ? first.status : 'MIXED',
    createdAt: Math.min(...findings.map((finding) => finding.createdAt)),
    updatedAt: Math.max(...findings.map((finding) => finding.updatedAt)),
    firstSeenAt: first.firstSeenAt,
    fixedAt: undefined,
    hasDecision: false,
  };
}

const byOrder =
  ({ sort }: ListQuery) =>
  (a: ExposureRow, b: ExposureRow): number => {
    const direction = sort.descending ? -1 : 1;
    const main =
      sort.key === 'resource'
        ? a.resource.localeCompare(b.resource)
        : sort.key === 'age'
          ? b.createdAt - a.createdAt
          : sort.key === 'updated'
            ? a.updatedAt - b.updatedAt
            : a.risk - b.risk;
    return direction * main || a.createdAt - b.createdAt;
  };

import { type AnalyzerRecord, viewOf } from '../estate/analyzer-record.ts';
import type { Estate } from '../estate/estate.ts';
import type { PreviewFinding, PreviewOutcome } from '../estate/access-preview-record.ts';
import { archivesNew } from '../estate/new-findings.ts';
import { uuidOf } from '../ledger/finding-id.ts';
import type { LedgerFinding } from '../ledger/ledger-finding.ts';
import type { WorldFinding } from '../world/finding.ts';
import type { Account } from '../world/model.ts';
import { parsePolicy, PolicyError } from '../world/policy.ts';
import { accountsInZone, zoneOf } from '../world/zone.ts';
import { changedResource } from './changed-resource.ts';
import type { Configuration } from './configuration.ts';
import { changedRole, whatIfResource, whatIfRole } from './what-if.ts';

/** What a preview finds. A plain world has no policies to change, so there it fails. */
export function previewFindings(
  estate: Estate,
  analyzer: AnalyzerRecord,
  arn: string,
  configuration: Configuration,
): PreviewOutcome {
  if (estate.source.kind === 'indexed') return { failure: 'INTERNAL_ERROR' };
  try {
    const would = wouldFind(estate, analyzer, arn, configuration);
    if (would !== undefined)
      return { findings: compare(analyzer, arn, { would, now: estate.world.clock.now }) };
  } catch (thrown) {
    if (!(thrown instanceof PolicyError)) throw thrown;
  }
  return { failure: 'INVALID_CONFIGURATION' };
}

/** Findings of the resource as it would be; `undefined`: it cannot be so. @throws PolicyError */
function wouldFind(
  estate: Estate,
  analyzer: AnalyzerRecord,
  arn: string,
  configuration: Configuration,
): readonly WorldFinding[] | undefined {
  const { world, source } = estate;
  if (source.kind !== 'derived') return [];
  const account = accountOfResource(estate, analyzer, arn);
  if (account === undefined) return undefined;
  const look = () => [...source.findingsOf(viewOf(analyzer), arn)];
  if (configuration.iamRole !== undefined) {
    const existing = [...account.roles.values()].find((role) => role.arn === arn);
    const trustPolicy = configuration.iamRole.trustPolicy ?? existing?.trustPolicy;
    if (trustPolicy === undefined || !/:role\/./.test(arn)) return undefined;
    parsePolicy(trustPolicy);
    return whatIfRole(account, changedRole(world, arn, trustPolicy, existing), look);
  }
  const existing = account.resources.get(arn);
  const facts = { arn, account: account.id, region: analyzer.region, now: world.clock.now };
  const changed = changedResource(configuration, { ...facts, ...(existing && { existing }) });
  if (changed === undefined) return undefined;
  if (changed.policy !== undefined) parsePolicy(changed.policy);
  return whatIfResource(account, changed, look);
}

/** Where the resource is, or would be: in the account its ARN names, else in the analyzer's. */
function accountOfResource({ world }: Estate, analyzer: AnalyzerRecord, arn: string): Account | undefined {
  const inZone = accountsInZone(world, zoneOf(world, viewOf(analyzer)));
  const owner = inZone.find(({ resources }) => resources.has(arn));
  const named = arn.split(':')[4] ?? '';
  return owner ?? inZone.find(({ id }) => id === (named === '' ? analyzer.account : named));
}

interface Would {
  readonly would: readonly WorldFinding[];
  readonly now: number;
}

function statusOfNew(analyzer: AnalyzerRecord, finding: WorldFinding, now: number): 'ACTIVE' | 'ARCHIVED' {
  const fresh = {
    ...finding,
    id: '',
    status: 'ACTIVE',
    createdAt: now,
    analyzedAt: now,
    updatedAt: now,
  } as const;
  return archivesNew(analyzer.archiveRules.values(), fresh) ? 'ARCHIVED' : 'ACTIVE';
}

/** Existing findings that stay, go (RESOLVED) or are joined by new ones. */
function compare(analyzer: AnalyzerRecord, arn: string, { would, now }: Would): readonly PreviewFinding[] {
  const open = analyzer.ledger
    .slotsOf(arn)
    .flatMap((slot) => analyzer.ledger.at(slot) ?? [])
    .filter(({ status }) => status !== 'RESOLVED');
  const fresh = would.filter(({ key }) => !open.some((each) => each.key === key));
  return [
    ...open.map((each) =>
      existing(
        each,
        would.some(({ key }) => key === each.key),
      ),
    ),
    ...fresh.map((finding) => ({
      id: uuidOf(`preview ${analyzer.arn} ${finding.key}`),
      finding,
      changeType: 'NEW' as const,
      status: statusOfNew(analyzer, finding, now),
    })),
  ];
}

const existing = (finding: LedgerFinding, stays: boolean): PreviewFinding => ({
  id: uuidOf(`preview ${finding.id}`),
  finding,
  changeType: stays ? 'UNCHANGED' : 'CHANGED',
  status: stays ? finding.status : 'RESOLVED',
  existing: { id: finding.id, status: finding.status },
});

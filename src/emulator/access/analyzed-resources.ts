import type { AnalyzerRecord } from '../estate/analyzer-record.ts';
import { viewOf } from '../estate/analyzer-record.ts';
import type { Estate } from '../estate/estate.ts';
import type { LedgerFinding } from '../ledger/ledger-finding.ts';
import { type InputOf, required, STRING } from '../service/member.ts';
import { type Call, operation, type Output } from '../service/operation.ts';
import { pageByKey } from '../service/paging.ts';
import { notFound, validationError } from '../wire/service-error.ts';
import { accountsInZone, zoneOf } from '../world/zone.ts';
import { analyzerByArn, isOpen, requireKind } from './find-analyzer.ts';
import { ANALYZER_ARN, PAGING, RESOURCE_ARN, RESOURCE_TYPE } from './shapes.ts';
import { iso, present } from './wire-values.ts';

/** A resource that an external analyzer looks at, with findings or without. */
interface Analyzed {
  readonly resourceArn: string;
  readonly resourceType: string;
  readonly resourceOwnerAccount: string;
  readonly createdAt: number;
}

/** Everything in the analyzer's zone and Region, and what it has findings for; IAM roles are seen in every Region. */
function analyzedResources(estate: Estate, analyzer: AnalyzerRecord): readonly Analyzed[] {
  const byArn = new Map<string, Analyzed>();
  for (const account of accountsInZone(estate.world, zoneOf(estate.world, viewOf(analyzer)))) {
    for (const { arn, createdAt } of account.roles.values()) {
      byArn.set(arn, fact(arn, 'AWS::IAM::Role', account.id, createdAt));
    }
    for (const { arn, type, region, createdAt } of account.resources.values()) {
      if (region === analyzer.region) byArn.set(arn, fact(arn, type, account.id, createdAt));
    }
  }
  for (let slot = 0; slot < analyzer.ledger.size; slot += 1) {
    const finding = analyzer.ledger.at(slot);
    if (finding === undefined || byArn.has(finding.resource)) continue;
    const { resource, resourceType, resourceOwnerAccount, createdAt } = finding;
    byArn.set(resource, fact(resource, resourceType, resourceOwnerAccount, createdAt));
  }
  return [...byArn.values()];
}

const fact = (
  resourceArn: string,
  resourceType: string,
  resourceOwnerAccount: string,
  createdAt: number,
) => ({
  resourceArn,
  resourceType,
  resourceOwnerAccount,
  createdAt,
});

/** Throws ResourceNotFoundException for what the analyzer never looked at. */
function analyzedResource(call: Call, analyzer: AnalyzerRecord, arn: string): Analyzed {
  const found = analyzedResources(call.estate, analyzer).find(({ resourceArn }) => resourceArn === arn);
  if (found === undefined) throw notFound('Resource', arn);
  return found;
}

const GET = { analyzerArn: required(ANALYZER_ARN), resourceArn: required(RESOURCE_ARN) } as const;

function getAnalyzedResource(call: Call, { analyzerArn, resourceArn }: InputOf<typeof GET>): Output {
  const analyzer = analyzerByArn(call, analyzerArn);
  requireKind(analyzer, ['external'], 'GetAnalyzedResource');
  const { createdAt, ...summary } = analyzedResource(call, analyzer, resourceArn);
  const findings = analyzer.ledger.slotsOf(resourceArn).flatMap((slot) => analyzer.ledger.at(slot) ?? []);
  const open = findings.filter(({ status }) => status !== 'RESOLVED');
  const analyzedAt = Math.max(createdAt, ...findings.map((finding) => finding.analyzedAt));
  return {
    resource: {
      ...summary,
      createdAt: iso(createdAt),
      analyzedAt: iso(analyzedAt),
      updatedAt: iso(Math.max(createdAt, ...findings.map((finding) => finding.updatedAt))),
      isPublic: open.some(({ isPublic }) => isPublic === true),
      ...sharing(open),
      ...present({ status: statusOf(findings), error: open.find(({ error }) => error !== undefined)?.error }),
    },
  };
}

function sharing(open: readonly LedgerFinding[]): Output {
  const actions = [...new Set(open.flatMap(({ action }) => action ?? []))].sort();
  const sharedVia = [...new Set(open.flatMap(({ sources }) => sources?.map(({ type }) => type) ?? []))];
  return {
    ...(actions.length === 0 ? {} : { actions }),
    ...(sharedVia.length === 0 ? {} : { sharedVia }),
  };
}

/** The liveliest status among a resource's findings; none without findings. */
const statusOf = (findings: readonly LedgerFinding[]) =>
  (['ACTIVE', 'ARCHIVED', 'RESOLVED'] as const).find((status) =>
    findings.some((finding) => finding.status === status),
  );

const LIST = { analyzerArn: required(ANALYZER_ARN), resourceType: RESOURCE_TYPE, ...PAGING } as const;

function listAnalyzedResources(call: Call, input: InputOf<typeof LIST>): Output {
  const analyzer = analyzerByArn(call, input.analyzerArn);
  requireKind(analyzer, ['external'], 'ListAnalyzedResources');
  const all = analyzedResources(call.estate, analyzer)
    .filter(({ resourceType }) => input.resourceType === undefined || resourceType === input.resourceType)
    .map(({ createdAt: _, ...summary }) => summary);
  const request = ['ListAnalyzedResources', analyzer.arn, input.resourceType ?? ''];
  const page = pageByKey(all, ({ resourceArn }) => resourceArn, input, request);
  return { analyzedResources: page.items, ...present({ nextToken: page.nextToken }) };
}

const SCAN = {
  analyzerArn: required(ANALYZER_ARN),
  resourceArn: required(RESOURCE_ARN),
  resourceOwnerAccount: STRING,
} as const;

/** Answers nothing; what the scan finds shows a little later. */
function startResourceScan(call: Call, input: InputOf<typeof SCAN>): Output {
  const { estate, caller } = call;
  const analyzer = analyzerByArn(call, input.analyzerArn);
  requireKind(analyzer, ['external'], 'StartResourceScan');
  if (!isOpen(analyzer))
    throw validationError(`The analyzer ${analyzer.name} is ${analyzer.status}`, 'other');
  const { resourceOwnerAccount: owner } = analyzedResource(call, analyzer, input.resourceArn);
  if (owner !== (input.resourceOwnerAccount ?? caller.account)) {
    throw validationError(`The resource belongs to another account: ${owner}`, 'fieldValidationFailed', [
      { name: 'resourceOwnerAccount', message: 'Must be the account that owns the resource' },
    ]);
  }
  const dueAt = call.now + estate.scanMs;
  estate.scans.push({ analyzerArn: analyzer.arn, resourceArn: input.resourceArn, dueAt });
  return {};
}

export const ANALYZED_RESOURCE_OPERATIONS = [
  operation(
    { name: 'GetAnalyzedResource', method: 'GET', path: '/analyzed-resource', query: GET },
    getAnalyzedResource,
  ),
  operation(
    { name: 'ListAnalyzedResources', method: 'POST', path: '/analyzed-resource', body: LIST },
    listAnalyzedResources,
  ),
  operation(
    { name: 'StartResourceScan', method: 'POST', path: '/resource/scan', body: SCAN },
    startResourceScan,
  ),
];

import type { Plan } from '../domain/journal.ts';
import type { StoredFinding } from '../domain/listing.ts';
import { awsCommand } from '../domain/command-line.ts';
import { formatCount } from '../domain/format-count.ts';
import { createPlanBuilder } from './plan-builder.ts';

/**
 * Asks the analyzers to look at these findings' resources again, each resource once per analyzer. Only external analyzers
 * can (API reference of StartResourceScan): unused access waits for the next daily pass, and is left out and named.
 */
export function planScan(findings: Iterable<StoredFinding>): Plan {
  const builder = createPlanBuilder();
  const asked = new Set<string>();
  const exposureIds = new Set<string>();
  for (const finding of findings) {
    const why = whyNot(finding);
    const key = `${finding.profile} ${finding.analyzerArn} ${finding.resource}`;
    if (why !== undefined) builder.skip(finding, why);
    else if (!asked.has(key)) builder.add(toOperation(finding));
    if (why === undefined) exposureIds.add(finding.exposureId);
    asked.add(key);
  }
  const scans = builder.build({ kind: 'scan', title: '' });
  return {
    ...scans,
    exposureIds: [...exposureIds],
    title: `Scan ${formatCount(scans.operations.length, 'resource')} again`,
  };
}

function whyNot({ findingType, goneAt }: StoredFinding): string | undefined {
  if (goneAt !== undefined) return 'It is gone: AWS no longer lists it.';
  if (findingType === 'ExternalAccess') return undefined;
  return findingType === 'InternalAccess'
    ? 'Internal access cannot be scanned on request: it moves with the next pass of its analyzer.'
    : 'Unused access cannot be scanned on request: it moves with the next daily pass.';
}

function toOperation({ profile, region, analyzerArn, resource, resourceOwnerAccount }: StoredFinding) {
  const words = [
    'accessanalyzer',
    'start-resource-scan',
    '--analyzer-arn',
    analyzerArn,
    '--resource-arn',
    resource,
  ];
  const owner = resourceOwnerAccount === '' ? [] : ['--resource-owner-account', resourceOwnerAccount];
  return {
    profile,
    region,
    analyzerArn,
    change: { kind: 'start-resource-scan', resourceArn: resource, resourceOwnerAccount } as const,
    command: awsCommand([...words, ...owner], { profile, region }),
  };
}

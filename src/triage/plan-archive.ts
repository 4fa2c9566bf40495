import type { Plan } from '../domain/journal.ts';
import type { StoredFinding } from '../domain/listing.ts';
import type { SettableStatus } from './batches.ts';
import { createPlanBuilder, withReason } from './plan-builder.ts';

export interface ArchiveRequest {
  readonly findings: Iterable<StoredFinding>;
  readonly to: SettableStatus;
  readonly reason?: string;
}

/**
 * Exactly what archiving (or unarchiving) these findings would send: explicit ids in chunks, per profile, Region and
 * analyzer. What cannot or need not change is left out and named. Pure; a finding given twice counts once.
 */
export function planArchive({ findings, to, reason }: ArchiveRequest): Plan {
  const builder = createPlanBuilder();
  for (const finding of findings) {
    const why = whySkipped(finding, to);
    if (why === undefined) builder.change(finding, finding.status, to, finding);
    else builder.skip(finding, why);
  }
  return builder.build({
    kind: to === 'ARCHIVED' ? 'archive' : 'unarchive',
    title: `${to === 'ARCHIVED' ? 'Archive' : 'Unarchive'} ${countFindings(builder.size)}`,
    ...withReason(reason),
  });
}

const ALREADY = { ARCHIVED: 'It is archived already.', ACTIVE: 'It is active already.' } as const;

function whySkipped(finding: StoredFinding, to: SettableStatus): string | undefined {
  if (finding.goneAt !== undefined) return 'It is gone: AWS no longer lists it.';
  if (finding.status === 'RESOLVED') {
    return `It is RESOLVED, and a resolved finding cannot be ${to === 'ARCHIVED' ? 'archived' : 'made active'}.`;
  }
  return finding.status === to ? ALREADY[to] : undefined;
}

const countFindings = (count: number): string => (count === 1 ? '1 finding' : `${count} findings`);

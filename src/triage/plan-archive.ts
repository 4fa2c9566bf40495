import { formatCount } from '../domain/format-count.ts';
import type { Plan } from '../domain/journal.ts';
import type { PlannedFinding } from '../domain/planned-findings.ts';
import type { SettableStatus } from './batches.ts';
import { createPlanBuilder, withReason } from './plan-builder.ts';

export interface ArchiveAim {
  readonly to: SettableStatus;
  readonly reason?: string;
  /** No finding comes twice, and those of an exposure come behind each other: spares looking for the ones that are in. */
  readonly grouped?: boolean;
}

export interface ArchiveRequest extends ArchiveAim {
  readonly findings: Iterable<PlannedFinding>;
}

/**
 * Exactly what archiving (or unarchiving) these findings would send: explicit ids in chunks, per profile, Region and
 * analyzer. What cannot or need not change is left out and named. Pure; a finding given twice counts once.
 */
export function planArchive({ findings, ...aim }: ArchiveRequest): Plan {
  const planner = createArchivePlanner(aim);
  for (const finding of findings) planner.add(finding);
  return planner.build();
}

/** The same, finding by finding: who plans for many can let others have their turn in between. */
export interface ArchivePlanner {
  add(finding: PlannedFinding): void;
  build(): Plan;
}

export function createArchivePlanner({ to, reason, grouped = false }: ArchiveAim): ArchivePlanner {
  const builder = createPlanBuilder({ grouped });
  return {
    add: (finding) => {
      const why = whySkipped(finding, to);
      if (why === undefined) builder.change(finding, finding.status, to, finding);
      else builder.skip(finding, why);
    },
    build: () =>
      builder.build({
        kind: to === 'ARCHIVED' ? 'archive' : 'unarchive',
        title: `${to === 'ARCHIVED' ? 'Archive' : 'Unarchive'} ${formatCount(builder.size, 'finding')}`,
        ...withReason(reason),
      }),
  };
}

const ALREADY = { ARCHIVED: 'It is archived already.', ACTIVE: 'It is active already.' } as const;

function whySkipped(finding: PlannedFinding, to: SettableStatus): string | undefined {
  if (finding.goneAt !== undefined) return 'It is gone: AWS no longer lists it.';
  if (finding.status === 'RESOLVED') {
    return `It is RESOLVED, and a resolved finding cannot be ${to === 'ARCHIVED' ? 'archived' : 'made active'}.`;
  }
  return finding.status === to ? ALREADY[to] : undefined;
}

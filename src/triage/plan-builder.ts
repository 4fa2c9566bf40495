import type { FindingRef, FindingStatus } from '../domain/finding.ts';
import type { Operation, Plan } from '../domain/journal.ts';
import type { StoredFinding } from '../domain/listing.ts';
import { type Batches, createBatches, type SettableStatus } from './batches.ts';

export type PlanHead = Pick<Plan, 'kind' | 'title' | 'reason' | 'of'>;

/** What a plan says about the findings that it names. */
type Facts = Pick<StoredFinding, 'exposureId' | 'isPublic' | 'resource'>;

/** Gathers what a plan holds: changes of findings, other operations, and what is left out with why. */
export interface PlanBuilder {
  /** A finding given twice counts once. `facts` are absent when the store no longer knows it. */
  change(ref: FindingRef, from: FindingStatus, to: SettableStatus, facts: Facts | undefined): void;
  skip(ref: FindingRef, why: string): void;
  add(operation: Operation): void;
  /** Findings that would change so far. */
  readonly size: number;
  build(head: PlanHead): Plan;
}

export function createPlanBuilder(): PlanBuilder {
  const batches: Record<SettableStatus, Batches> = {
    ACTIVE: createBatches('ACTIVE'),
    ARCHIVED: createBatches('ARCHIVED'),
  };
  const others: Operation[] = [];
  const skipped: { readonly ref: FindingRef; readonly why: string }[] = [];
  const exposureIds = new Set<string>();
  const publicResources = new Set<string>();
  let publicCount = 0;
  let hidden = 0;
  return {
    change(ref, from, to, facts) {
      if (!batches[to].add(ref, from) || facts === undefined) return;
      exposureIds.add(facts.exposureId);
      if (facts.isPublic !== true) return;
      publicCount += 1;
      publicResources.add(facts.resource);
      if (to === 'ARCHIVED') hidden += 1;
    },
    skip: ({ profile, region, analyzerArn, id }, why) => {
      skipped.push({ ref: { profile, region, analyzerArn, id }, why });
    },
    add: (operation) => void others.push(operation),
    get size() {
      return batches.ACTIVE.size + batches.ARCHIVED.size;
    },
    build: (head) => ({
      ...head,
      operations: [...batches.ACTIVE.operations(), ...batches.ARCHIVED.operations(), ...others],
      exposureIds: [...exposureIds],
      skipped,
      publicCount,
      publicResources: [...publicResources],
      // Hiding something public asks for a typed word, whichever way it comes about (DESIGN §5).
      ...(hidden > 0 ? { typedWord: 'archive' } : {}),
    }),
  };
}

/** Spread into a head: an absent reason must stay absent. */
export const withReason = (reason: string | undefined): { readonly reason?: string } =>
  reason === undefined || reason.trim() === '' ? {} : { reason: reason.trim() };

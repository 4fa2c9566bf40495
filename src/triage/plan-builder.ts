import type { FindingRef, FindingStatus } from '../domain/finding.ts';
import type { Operation, Plan } from '../domain/journal.ts';
import type { StoredFinding } from '../domain/listing.ts';
import { type Batches, createBatches, type SettableStatus } from './batches.ts';
import { createOnce } from './once.ts';

export type PlanHead = Pick<Plan, 'kind' | 'title' | 'reason' | 'of'>;

/** What a plan says about the findings that it names. */
type Facts = Pick<StoredFinding, 'exposureId' | 'isPublic' | 'resource'>;

/** Gathers what a plan holds: changes of findings, other operations, and what is left out with why. */
export interface PlanBuilder {
  /** A finding given twice counts once. `facts` are absent when the store no longer knows it. */
  change(ref: FindingRef, from: FindingStatus, to: SettableStatus, facts: Facts | undefined): void;
  /** Counts a finding that another operation changes, for what the dialog says; twice counts once. */
  mention(finding: StoredFinding, to: SettableStatus): void;
  skip(ref: FindingRef, why: string): void;
  /** Another operation; these run before the findings of the same analyzer are changed. */
  add(operation: Operation): void;
  /** A sentence that the person should read before confirming. */
  note(sentence: string): void;
  /** Asks for this word, whatever the findings say. */
  askFor(word: string): void;
  /** Findings that would change so far. */
  readonly size: number;
  build(head: PlanHead): Plan;
}

/**
 * An empty plan of archiving and unarchiving. `grouped`: no finding comes twice, and those of an exposure come behind each
 * other.
 */
export function createPlanBuilder({ grouped = false }: { readonly grouped?: boolean } = {}): PlanBuilder {
  const batches: Record<SettableStatus, Batches> = {
    ACTIVE: createBatches('ACTIVE', grouped),
    ARCHIVED: createBatches('ARCHIVED', grouped),
  };
  const tally = createTally(grouped);
  const others: Operation[] = [];
  const skipped: Plan['skipped'][number][] = [];
  const notes: string[] = [];
  let word: string | undefined;
  return {
    change(ref, from, to, facts) {
      if (batches[to].add(ref, from) && facts !== undefined) tally.count(facts, to);
    },
    mention: tally.mention,
    skip: ({ profile, region, analyzerArn, id }, why) => {
      skipped.push({ ref: { profile, region, analyzerArn, id }, why });
    },
    add: (operation) => void others.push(operation),
    note: (sentence) => void notes.push(sentence),
    askFor: (asked) => {
      word = asked;
    },
    get size() {
      return batches.ACTIVE.size + batches.ARCHIVED.size;
    },
    build: (head) => ({
      ...head,
      operations: [...others, ...batches.ACTIVE.operations(), ...batches.ARCHIVED.operations()],
      skipped,
      ...tally.facts(),
      ...typed(word ?? (tally.hidesPublic() ? 'archive' : undefined)),
      ...(notes.length === 0 ? {} : { notes }),
    }),
  };
}

/** What the dialog says of the findings: exposures, and which are public. */
function createTally(grouped: boolean) {
  const exposureIds = createOnce({ grouped });
  const publicResources = new Set<string>();
  const mentioned = new Set<string>();
  let publicCount = 0;
  let hidden = 0;
  const count = (facts: Facts, to: SettableStatus): void => {
    exposureIds.add(facts.exposureId);
    if (facts.isPublic !== true) return;
    publicCount += 1;
    publicResources.add(facts.resource);
    if (to === 'ARCHIVED') hidden += 1;
  };
  return {
    count,
    mention: (finding: StoredFinding, to: SettableStatus): void => {
      const key = `${finding.profile} ${finding.analyzerArn} ${finding.id}`;
      if (mentioned.has(key)) return;
      mentioned.add(key);
      count(finding, to);
    },
    /** Hiding something public asks for a typed word, whichever way it comes about (DESIGN §5). */
    hidesPublic: () => hidden > 0,
    facts: () => ({ exposureIds: exposureIds.all, publicCount, publicResources: [...publicResources] }),
  };
}

const typed = (word: string | undefined): { readonly typedWord?: string } =>
  word === undefined ? {} : { typedWord: word };

/** Spread into a head: an absent reason must stay absent. */
export const withReason = (reason: string | undefined): { readonly reason?: string } =>
  reason === undefined || reason.trim() === '' ? {} : { reason: reason.trim() };

import type { Criteria } from '../archive-rule.ts';
import { type CriteriaFacts, criteriaValue, matchesCriteria } from '../criteria.ts';

/** What a rule would do to findings that are in the store. */
export interface DryRun<T> {
  /** Active now: what creating it and applying it archives. */
  readonly wouldArchive: readonly T[];
  /** Of these. */
  readonly publicOnes: readonly T[];
  /** All that it means, whatever their status: what it would have caught. */
  readonly caught: number;
  /**
   * Active findings that may match or not: the rule asks for something of them that the list of AWS does not carry and
   * that was not fetched yet (principal or condition of internal access).
   */
  readonly uncertain: number;
}

/** The same from the store, counted without reading the findings one by one: what an editor shows at each keystroke. */
export interface DryRunCounts {
  readonly wouldArchive: number;
  readonly publicOnes: number;
  readonly caught: number;
  readonly uncertain: number;
  /** What it would archive on each analyzer of the store that it would archive something on, chosen or not. */
  readonly byAnalyzer: readonly AnalyzerShare[];
  /** Values that no finding of the analyzers has, whatever the other criteria say. */
  readonly dead: readonly DeadValue[];
}

export interface AnalyzerShare {
  readonly profile: string;
  readonly analyzerArn: string;
  readonly wouldArchive: number;
}

/** One pass over the findings of the analyzers that the rule is for. */
export function dryRunRule<T extends CriteriaFacts>(criteria: Criteria, findings: Iterable<T>): DryRun<T> {
  const known = knownBeforeDetail(criteria);
  const wouldArchive: T[] = [];
  const publicOnes: T[] = [];
  let caught = 0;
  let uncertain = 0;
  for (const finding of findings) {
    if (known !== undefined && lacksDetail(finding)) {
      if (finding.status === 'ACTIVE' && matchesCriteria(known, finding)) uncertain += 1;
      continue;
    }
    if (!matchesCriteria(criteria, finding)) continue;
    caught += 1;
    if (finding.status !== 'ACTIVE') continue;
    wouldArchive.push(finding);
    if (finding.isPublic === true) publicOnes.push(finding);
  }
  return { wouldArchive, publicOnes, caught, uncertain };
}

/** ListFindingsV2 rows of internal access have neither principal nor condition; GetFindingV2 has. */
const lacksDetail = (finding: CriteriaFacts): boolean =>
  finding.findingType === 'InternalAccess' && finding.principal === undefined && finding.error === undefined;

/** Whether the rule means the finding, and nothing is missing to say so. */
export const isMeantForSure = (criteria: Criteria, finding: CriteriaFacts): boolean =>
  matchesCriteria(criteria, finding) && (knownBeforeDetail(criteria) === undefined || !lacksDetail(finding));

/** The criteria without those that need a detail; undefined: none does. */
export function knownBeforeDetail(criteria: Criteria): Criteria | undefined {
  const entries = Object.entries(criteria);
  const known = entries.filter(([key]) => !/^(?:principal|condition)\.|Restriction$/.test(key));
  return known.length === entries.length ? undefined : Object.fromEntries(known);
}

export interface DeadValue {
  readonly key: string;
  readonly operator: 'eq' | 'neq' | 'contains';
  readonly value: string;
}

/**
 * Values that no finding has, whatever the other criteria say. The service does not check values: a typing error
 * archives nothing, silently.
 */
export function findDeadValues(criteria: Criteria, findings: Iterable<CriteriaFacts>): readonly DeadValue[] {
  let open = valuesOf(criteria);
  for (const finding of findings) {
    if (open.length === 0) break;
    const alive = open.filter((each) => isSeen(each, finding));
    if (alive.length > 0) open = open.filter((each) => !alive.includes(each));
  }
  return open;
}

export function valuesOf(criteria: Criteria): DeadValue[] {
  return Object.entries(criteria).flatMap(([key, criterion]) =>
    (['eq', 'neq', 'contains'] as const).flatMap((operator) =>
      (criterion[operator] ?? []).map((value) => ({ key, operator, value })),
    ),
  );
}

/** Whether the finding has the value that the criterion speaks of. */
export function isSeen({ key, operator, value }: DeadValue, finding: CriteriaFacts): boolean {
  const present = criteriaValue(key, finding);
  return present !== undefined && (operator === 'contains' ? present.includes(value) : present === value);
}

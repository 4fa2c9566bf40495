import type { ArchiveRule } from '../archive-rule.ts';
import { type CriteriaFacts, matchesCriteria } from '../criteria.ts';
import type { FindingRef } from '../finding.ts';
import { type DeadValue, isSeen, valuesOf } from './dry-run.ts';

/** What one rule does to the findings in the store. */
export interface RuleFacts {
  readonly rule: ArchiveRule;
  /** Archived findings that it means: what it hides now (a person may have archived some of them by hand). */
  readonly hides: number;
  /** Of these. */
  readonly hidesPublic: number;
  /** Active findings that it means: what applying it would archive. */
  readonly wouldArchive: number;
  /** Latest creation of a finding that it means, epoch ms: its last hit. */
  readonly lastHitAt: number | undefined;
  /** Values that no finding of its analyzer has. */
  readonly dead: readonly DeadValue[];
}

type SeenFinding = CriteriaFacts & FindingRef & { readonly createdAt: number };

interface Tally {
  readonly rule: ArchiveRule;
  hides: number;
  hidesPublic: number;
  wouldArchive: number;
  lastHitAt: number | undefined;
  dead: DeadValue[];
}

/** One pass over the findings for all rules; a finding is held against the rules of its own analyzer only. */
export function gatherRuleFacts(
  rules: readonly ArchiveRule[],
  findings: Iterable<SeenFinding>,
): readonly RuleFacts[] {
  const tallies = rules.map((rule): Tally => ({
    rule,
    hides: 0,
    hidesPublic: 0,
    wouldArchive: 0,
    lastHitAt: undefined,
    dead: valuesOf(rule.filter),
  }));
  const byAnalyzer = new Map<string, Tally[]>();
  for (const tally of tallies) {
    const key = `${tally.rule.profile} ${tally.rule.analyzerArn}`;
    byAnalyzer.set(key, [...(byAnalyzer.get(key) ?? []), tally]);
  }
  for (const finding of findings) {
    for (const tally of byAnalyzer.get(`${finding.profile} ${finding.analyzerArn}`) ?? [])
      count(tally, finding);
  }
  return tallies;
}

function count(tally: Tally, finding: SeenFinding): void {
  if (tally.dead.some((value) => isSeen(value, finding)))
    tally.dead = tally.dead.filter((value) => !isSeen(value, finding));
  if (!matchesCriteria(tally.rule.filter, finding)) return;
  tally.lastHitAt = Math.max(tally.lastHitAt ?? 0, finding.createdAt);
  if (finding.status === 'ACTIVE') tally.wouldArchive += 1;
  if (finding.status !== 'ARCHIVED') return;
  tally.hides += 1;
  if (finding.isPublic === true) tally.hidesPublic += 1;
}

import type { ArchiveRule } from '../../../src/domain/archive-rule.ts';
import { type CriteriaFacts, matchesCriteria } from '../../../src/domain/criteria.ts';
import type { FindingRef } from '../../../src/domain/finding.ts';
import { type DeadValue, isSeen, valuesOf } from '../../../src/domain/rules/dry-run.ts';
import type { RuleFacts } from '../../../src/domain/rules/rule-facts.ts';

type SeenFinding = CriteriaFacts & FindingRef & { readonly createdAt: number };

interface Tally {
  readonly rule: ArchiveRule;
  hides: number;
  hidesPublic: number;
  wouldArchive: number;
  lastHitAt: number | undefined;
  dead: DeadValue[];
}

/** What the store counts in memory, finding by finding; a finding is held against the rules of its own analyzer only. */
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

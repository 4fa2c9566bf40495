import type { Criteria } from '../../domain/archive-rule.ts';
import { type DryRunCounts, valuesOf } from '../../domain/rules/dry-run.ts';
import type { Analyzers } from '../analyzers.ts';
import { type GroupTest, RESOURCE } from './criteria-groups.ts';
import { eachFinding } from './each-finding.ts';
import { ACTIVE, CAUGHT, flagGroups, PUBLIC, UNCERTAIN } from './group-flags.ts';
import { isSeen } from './seen-values.ts';
import type { Tally, TallyContent } from './tally.ts';
import type { TallyGroups } from './tally-groups.ts';

/** An analyzer as findings name it. */
export interface AnalyzerRef {
  readonly profile: string;
  readonly analyzerArn: string;
}

export interface DryRunOptions {
  /** The analyzers that the rule is for; absent: all. */
  readonly analyzers?: readonly AnalyzerRef[];
}

/** Whether a group's findings are of one of these analyzers; absent: of any. */
export function toChoice(
  chosen: DryRunOptions['analyzers'],
  analyzers: Analyzers,
  groups: TallyGroups,
): GroupTest {
  if (chosen === undefined) return () => true;
  const ids = new Set(chosen.map((each) => analyzers.find(each)));
  return (group) => ids.has(groups.kind(group).analyzer);
}

/** What a rule would do to the findings of the store, counted in memory: fast enough for every keystroke. */
export class DryRunReader {
  readonly #analyzers: Analyzers;
  readonly #tally: Tally;

  constructor(analyzers: Analyzers, tally: Tally) {
    this.#analyzers = analyzers;
    this.#tally = tally;
  }

  dryRun(criteria: Criteria, { analyzers }: DryRunOptions): DryRunCounts {
    const content = this.#tally.content();
    const { groups } = content;
    const isChosen = toChoice(analyzers, this.#analyzers, groups);
    const flags = flagGroups(groups, criteria, this.#tally);
    const findings = countByGroup(content, criteria);
    return {
      ...total(flags, findings, isChosen),
      byAnalyzer: this.#byAnalyzer(groups, flags, findings),
      dead: valuesOf(criteria).filter((value) => !isSeen(value, content, this.#tally, isChosen)),
    };
  }

  #byAnalyzer(groups: TallyGroups, flags: Uint8Array, findings: Counts): DryRunCounts['byAnalyzer'] {
    const counts = new Map<number, number>();
    flags.forEach((flag, group) => {
      const active = (flag & ACTIVE) === 0 ? 0 : (findings[group] ?? 0);
      if (active === 0) return;
      const { analyzer } = groups.kind(group);
      counts.set(analyzer, (counts.get(analyzer) ?? 0) + active);
    });
    return [...counts].map(([id, wouldArchive]) => {
      const { profile, arn } = this.#analyzers.rowOf(id);
      return { profile, analyzerArn: arn, wouldArchive };
    });
  }
}

/** By group. */
type Counts = Int32Array;

/** The findings of each group whose resource is meant. */
export function countByGroup(content: TallyContent, criteria: Criteria): Counts {
  const { groups, resources } = content;
  const criterion = criteria[RESOURCE];
  if (criterion === undefined) return groups.findings;
  const counts = new Int32Array(groups.length);
  eachFinding(content, resources.hits(criterion), (group) => {
    counts[group] = (counts[group] ?? 0) + 1;
  });
  return counts;
}

type Totals = Omit<DryRunCounts, 'byAnalyzer' | 'dead'>;

function total(flags: Uint8Array, findings: Counts, isChosen: GroupTest): Totals {
  const totals = { wouldArchive: 0, publicOnes: 0, caught: 0, uncertain: 0 };
  flags.forEach((flag, group) => {
    const count = findings[group] ?? 0;
    if (flag === 0 || count === 0 || !isChosen(group)) return;
    if ((flag & UNCERTAIN) !== 0) totals.uncertain += count;
    if ((flag & CAUGHT) !== 0) totals.caught += count;
    if ((flag & ACTIVE) !== 0) totals.wouldArchive += count;
    if ((flag & PUBLIC) !== 0) totals.publicOnes += count;
  });
  return totals;
}

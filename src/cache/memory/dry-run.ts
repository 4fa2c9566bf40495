import type { Criteria } from '../../domain/archive-rule.ts';
import { type DryRunCounts, valuesOf } from '../../domain/rules/dry-run.ts';
import type { Analyzers } from '../analyzers.ts';
import { RESOURCE } from './criteria-groups.ts';
import { ACTIVE, CAUGHT, flagGroups, PUBLIC, UNCERTAIN } from './group-flags.ts';
import { isSeen } from './seen-values.ts';
import type { Tally, TallyContent, TallyGroup } from './tally.ts';

/** An analyzer as findings name it. */
export interface AnalyzerRef {
  readonly profile: string;
  readonly analyzerArn: string;
}

export interface DryRunOptions {
  /** The analyzers that the rule is for; absent: all. */
  readonly analyzers?: readonly AnalyzerRef[];
}

export type IsChosen = (group: TallyGroup) => boolean;

/** Whether a group's findings are of one of these analyzers; absent: of any. */
export function toChoice(chosen: DryRunOptions['analyzers'], analyzers: Analyzers): IsChosen {
  if (chosen === undefined) return () => true;
  const ids = new Set(chosen.map((each) => analyzers.find(each)));
  return ({ analyzer }) => ids.has(analyzer);
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
    const isChosen = toChoice(analyzers, this.#analyzers);
    const flags = flagGroups(content.groups, criteria, this.#tally);
    const findings = countByGroup(content, criteria);
    return {
      ...total(content.groups, flags, findings, isChosen),
      byAnalyzer: this.#byAnalyzer(content.groups, flags, findings),
      dead: valuesOf(criteria).filter((value) => !isSeen(value, content, this.#tally, isChosen)),
    };
  }

  #byAnalyzer(
    groups: readonly TallyGroup[],
    flags: Uint8Array,
    findings: Counts,
  ): DryRunCounts['byAnalyzer'] {
    const counts = new Map<number, number>();
    groups.forEach(({ analyzer }, index) => {
      const active = ((flags[index] ?? 0) & ACTIVE) === 0 ? 0 : (findings[index] ?? 0);
      if (active > 0) counts.set(analyzer, (counts.get(analyzer) ?? 0) + active);
    });
    return [...counts].map(([id, wouldArchive]) => {
      const { profile, arn } = this.#analyzers.rowOf(id);
      return { profile, analyzerArn: arn, wouldArchive };
    });
  }
}

/** By group. */
type Counts = readonly number[] | Uint32Array;

/** The findings of each group whose resource is meant. */
export function countByGroup(
  { groups, resources, groupOf, firstFinding }: TallyContent,
  criteria: Criteria,
): Counts {
  const criterion = criteria[RESOURCE];
  if (criterion === undefined) return groups.map(({ findings }) => findings);
  const hits = resources.hits(criterion);
  const counts = new Uint32Array(groups.length);
  for (let exposure = 0; exposure < hits.length; exposure++) {
    if (hits[exposure] === 0) continue;
    const finding = firstFinding[exposure] ?? 0;
    const end = firstFinding[exposure + 1] ?? 0;
    if (end - finding !== 1) countSeveral(counts, groupOf.subarray(finding, end));
    else {
      const group = groupOf[finding] ?? 0;
      counts[group] = (counts[group] ?? 0) + 1;
    }
  }
  return counts;
}

/** Apart: V8 throws the code of a loop away when a loop inside it ends, and most exposures have one finding. */
function countSeveral(counts: Uint32Array, groups: Int32Array): void {
  for (const group of groups) counts[group] = (counts[group] ?? 0) + 1;
}

type Totals = Omit<DryRunCounts, 'byAnalyzer' | 'dead'>;

function total(
  groups: readonly TallyGroup[],
  flags: Uint8Array,
  findings: Counts,
  isChosen: IsChosen,
): Totals {
  const totals = { wouldArchive: 0, publicOnes: 0, caught: 0, uncertain: 0 };
  groups.forEach((group, index) => {
    const flag = flags[index] ?? 0;
    const count = findings[index] ?? 0;
    if (flag === 0 || count === 0 || !isChosen(group)) return;
    if ((flag & UNCERTAIN) !== 0) totals.uncertain += count;
    if ((flag & CAUGHT) !== 0) totals.caught += count;
    if ((flag & ACTIVE) !== 0) totals.wouldArchive += count;
    if ((flag & PUBLIC) !== 0) totals.publicOnes += count;
  });
  return totals;
}

import type { ArchiveRule, Criteria } from '../../domain/archive-rule.ts';
import { valuesOf } from '../../domain/rules/dry-run.ts';
import type { RuleFacts } from '../../domain/rules/rule-facts.ts';
import type { Analyzers } from '../analyzers.ts';
import { STATUS_CODES } from '../codes.ts';
import { RESOURCE, toGroupTest } from './criteria-groups.ts';
import { isSeen } from './seen-values.ts';
import type { Tally, TallyContent, TallyGroup } from './tally.ts';

/** Of each group: the findings whose resource a rule means, and when the newest of them was created. */
interface Found {
  readonly counts: Uint32Array;
  /** Epoch ms; 0 where there is none. */
  readonly newest: Float64Array;
}

type Totals = Pick<RuleFacts, 'hides' | 'hidesPublic' | 'wouldArchive' | 'lastHitAt'>;

const NOTHING: Totals = { hides: 0, hidesPublic: 0, wouldArchive: 0, lastHitAt: undefined };

/** What archive rules do to the findings of their analyzers, counted in memory; public where a finding says so. */
export class RuleFactsReader {
  readonly #analyzers: Analyzers;
  readonly #tally: Tally;

  constructor(analyzers: Analyzers, tally: Tally) {
    this.#analyzers = analyzers;
    this.#tally = tally;
  }

  /** In the order of the rules. Those that say the same are one question, on however many analyzers they are. */
  facts(rules: readonly ArchiveRule[]): readonly RuleFacts[] {
    const content = this.#tally.content();
    const totals = new Map<string, ReadonlyMap<number, Totals>>();
    return rules.map((rule) => {
      const key = JSON.stringify(rule.filter);
      const ofEach = totals.get(key) ?? this.#totalsOf(rule.filter, content);
      totals.set(key, ofEach);
      const own = this.#analyzers.find(rule) ?? -1;
      const isOwn = ({ analyzer }: TallyGroup): boolean => analyzer === own;
      const dead = valuesOf(rule.filter).filter((value) => !isSeen(value, content, this.#tally, isOwn));
      return { rule, ...(ofEach.get(own) ?? NOTHING), dead };
    });
  }

  /** By analyzer. */
  #totalsOf(criteria: Criteria, content: TallyContent): ReadonlyMap<number, Totals> {
    const totals = new Map<number, Totals>();
    const isMeant = toGroupTest(criteria, this.#tally);
    const { counts, newest } = findIn(content, criteria);
    content.groups.forEach((group, index) => {
      const count = counts[index] ?? 0;
      if (count === 0 || !isMeant(group)) return;
      const before = totals.get(group.analyzer) ?? NOTHING;
      totals.set(group.analyzer, this.#add(before, group, count, newest[index] ?? 0));
    });
    return totals;
  }

  #add(before: Totals, group: TallyGroup, count: number, newest: number): Totals {
    const isHidden = group.status === STATUS_CODES.ARCHIVED;
    const isPublic = isHidden && this.#tally.accessOf(group).isPublic === true;
    return {
      hides: before.hides + (isHidden ? count : 0),
      hidesPublic: before.hidesPublic + (isPublic ? count : 0),
      wouldArchive: before.wouldArchive + (group.status === STATUS_CODES.ACTIVE ? count : 0),
      lastHitAt: Math.max(before.lastHitAt ?? 0, newest),
    };
  }
}

function findIn(
  { groups, resources, groupOf, firstFinding, createdAt }: TallyContent,
  { [RESOURCE]: criterion }: Criteria,
): Found {
  const hits = criterion === undefined ? undefined : resources.hits(criterion);
  const counts = new Uint32Array(groups.length);
  const newest = new Float64Array(groups.length);
  for (let exposure = 0; exposure < firstFinding.length - 1; exposure++) {
    if (hits?.[exposure] === 0) continue;
    const end = firstFinding[exposure + 1] ?? 0;
    for (let finding = firstFinding[exposure] ?? 0; finding < end; finding++) {
      const group = groupOf[finding] ?? 0;
      counts[group] = (counts[group] ?? 0) + 1;
      newest[group] = Math.max(newest[group] ?? 0, createdAt[finding] ?? 0);
    }
  }
  return { counts, newest };
}

import type { ArchiveRule, Criteria } from '../../domain/archive-rule.ts';
import { valuesOf } from '../../domain/rules/dry-run.ts';
import type { RuleFacts } from '../../domain/rules/rule-facts.ts';
import type { Analyzers } from '../analyzers.ts';
import { STATUS_CODES } from '../codes.ts';
import { RESOURCE, toGroupTest } from './criteria-groups.ts';
import { eachFinding } from './each-finding.ts';
import { isSeen } from './seen-values.ts';
import type { Tally, TallyContent } from './tally.ts';
import type { TallyKind } from './tally-groups.ts';

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
      const isOwn = (group: number): boolean => content.groups.kind(group).analyzer === own;
      const dead = valuesOf(rule.filter).filter((value) => !isSeen(value, content, this.#tally, isOwn));
      return { rule, ...(ofEach.get(own) ?? NOTHING), dead };
    });
  }

  /** By analyzer. */
  #totalsOf(criteria: Criteria, content: TallyContent): ReadonlyMap<number, Totals> {
    const totals = new Map<number, Totals>();
    const { groups } = content;
    const isMeant = toGroupTest(criteria, { groups, tally: this.#tally });
    const { counts, newest } = findIn(content, criteria);
    counts.forEach((count, group) => {
      if (count === 0 || !isMeant(group)) return;
      const kind = groups.kind(group);
      const before = totals.get(kind.analyzer) ?? NOTHING;
      totals.set(kind.analyzer, add(before, kind, count, newest[group] ?? 0));
    });
    return totals;
  }
}

function add(before: Totals, kind: TallyKind, count: number, newest: number): Totals {
  const hidden = kind.status === STATUS_CODES.ARCHIVED ? count : 0;
  return {
    hides: before.hides + hidden,
    hidesPublic: before.hidesPublic + hidden * kind.public,
    wouldArchive: before.wouldArchive + (kind.status === STATUS_CODES.ACTIVE ? count : 0),
    lastHitAt: Math.max(before.lastHitAt ?? 0, newest),
  };
}

function findIn(content: TallyContent, { [RESOURCE]: criterion }: Criteria): Found {
  const hits = criterion === undefined ? undefined : content.resources.hits(criterion);
  const counts = new Uint32Array(content.groups.length);
  const newest = new Float64Array(content.groups.length);
  eachFinding(content, hits, (group, createdAt) => {
    counts[group] = (counts[group] ?? 0) + 1;
    newest[group] = Math.max(newest[group] ?? 0, createdAt);
  });
  return { counts, newest };
}

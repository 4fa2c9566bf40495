import { CRITERIA_KEYS, criteriaValue, type CriteriaFacts } from '../../domain/criteria.ts';
import type { ValueCount } from '../../domain/listing.ts';
import type { Analyzers } from '../analyzers.ts';
import { STATUS_CODES } from '../codes.ts';
import { RESOURCE, toGroupNumber } from './criteria-groups.ts';
import { type DryRunOptions, type IsChosen, toChoice } from './dry-run.ts';
import { countMeant } from './rule-window.ts';
import type { Connection } from '../sqlite.ts';
import type { Tally, TallyContent, TallyGroup } from './tally.ts';

export interface CriteriaQuestion extends DryRunOptions {
  /** The key whose values are asked for; absent: the keys themselves. */
  readonly key?: string;
  /** Stands somewhere in each answer; letters count as they are in a resource, elsewhere their case does not. */
  readonly typed: string;
  readonly limit: number;
}

interface Parts {
  readonly connection: Connection;
  readonly analyzers: Analyzers;
}

/** What could stand in a rule's criterion, by how many active findings carry it: for completion. */
export class CriteriaValues {
  readonly #parts: Parts;
  readonly #tally: Tally;

  constructor(parts: Parts, tally: Tally) {
    this.#parts = parts;
    this.#tally = tally;
  }

  values({ key, typed, analyzers, limit }: CriteriaQuestion): readonly ValueCount[] {
    const content = this.#tally.content();
    const isChosen = toChoice(analyzers, this.#parts.analyzers);
    const isMeant: IsChosen = (group) => group.status === STATUS_CODES.ACTIVE && isChosen(group);
    const counts =
      key === RESOURCE
        ? this.#countResources(content, typed, isMeant)
        : this.#countGroups(content.groups.filter(isMeant), key);
    const part = typed.toLowerCase();
    return [...counts]
      .filter(([value]) => value.toLowerCase().includes(part))
      .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([value, count]) => ({ value, count }));
  }

  #countGroups(groups: readonly TallyGroup[], key: string | undefined): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { group, findings } of joinAlike(groups, toGroupNumber(key ?? ''))) {
      // Neither resource nor id is asked of what a group has in common.
      const facts = this.#tally.factsOf(group) as CriteriaFacts;
      for (const value of key === undefined ? keysOf(facts) : [criteriaValue(key, facts)]) {
        if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + findings);
      }
    }
    return counts;
  }

  #countResources(content: TallyContent, typed: string, isMeant: IsChosen): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    const chosen = mostFindings(content, typed, isMeant);
    const rows = this.#parts.connection.all<{ id: number; resource: string }>(
      'SELECT id, resource FROM exposure WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify([...chosen.keys()]),
    );
    for (const { id, resource } of rows)
      counts.set(resource, (counts.get(resource) ?? 0) + (chosen.get(id) ?? 0));
    return counts;
  }
}

interface Alike {
  /** One of them. */
  readonly group: TallyGroup;
  /** Of all of them. */
  findings: number;
}

/** Groups with the same number as one: far fewer. */
function joinAlike(groups: readonly TallyGroup[], numberOf: (group: TallyGroup) => number): Iterable<Alike> {
  const joined = new Map<number, Alike>();
  for (const group of groups) {
    const number = numberOf(group);
    const alike = joined.get(number);
    if (alike === undefined) joined.set(number, { group, findings: group.findings });
    else alike.findings += group.findings;
  }
  return joined.values();
}

/** Keys that a finding may have without a map of their own. */
const PLAIN = CRITERIA_KEYS.filter(({ key, use }) => use === 'list-and-rule' && !key.includes('.')).map(
  ({ key }) => key,
);

/** The keys that a finding has a value for, also those that no table lists. */
function keysOf(facts: CriteriaFacts): readonly string[] {
  const named = [
    ...Object.keys(facts.principal ?? {}).map((name) => `principal.${name}`),
    ...Object.keys(facts.condition ?? {}).map((name) => `condition.${name}`),
  ];
  const plain = PLAIN.filter((key) => key === RESOURCE || criteriaValue(key, facts) !== undefined);
  return [...plain, ...named];
}

/** Exposures whose resources are looked at: completion must answer between two keys. */
const LOOKED_AT = 5_000;

/**
 * Rows of `exposure` whose resource holds the text, with their active findings. Where there are more than LOOKED_AT,
 * those with the most findings: near enough to choose from.
 */
function mostFindings(
  { resources, exposures, groups, groupOf, firstFinding }: TallyContent,
  typed: string,
  isMeant: IsChosen,
): ReadonlyMap<number, number> {
  const hits = typed === '' ? undefined : resources.hits({ contains: [typed] });
  const meant = new Uint8Array(groups.length);
  groups.forEach((group, index) => {
    if (isMeant(group)) meant[index] = 1;
  });
  const byCount: number[][] = [];
  exposures.forEach((row, exposure) => {
    if (hits?.[exposure] === 0) return;
    const from = firstFinding[exposure] ?? 0;
    const count = countMeant(groupOf, meant, from, firstFinding[exposure + 1] ?? 0);
    const rows = count === 0 ? undefined : (byCount[count] ??= []);
    if (rows !== undefined && rows.length < LOOKED_AT) rows.push(row);
  });
  const ranked = byCount.flatMap((rows, count) => rows.map((row) => [row, count] as const));
  return new Map(ranked.slice(-LOOKED_AT));
}

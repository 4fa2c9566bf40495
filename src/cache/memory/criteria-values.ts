import { CRITERIA_KEYS, criteriaValue, type CriteriaFacts } from '../../domain/criteria.ts';
import type { ValueCount } from '../../domain/listing.ts';
import type { Analyzers } from '../analyzers.ts';
import { STATUS_CODES } from '../codes.ts';
import { RESOURCE, toGroupNumber } from './criteria-groups.ts';
import { type DryRunOptions, toChoice } from './dry-run.ts';
import { countMeant } from './each-finding.ts';
import { toFlags } from './flags.ts';
import type { Connection } from '../sqlite.ts';
import type { Tally, TallyContent } from './tally.ts';
import type { TallyGroups } from './tally-groups.ts';

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
    const { groups } = content;
    const isChosen = toChoice(analyzers, this.#parts.analyzers, groups);
    const isActive = (group: number): boolean => groups.kind(group).status === STATUS_CODES.ACTIVE;
    const meant = toFlags(groups.length, (group) => isActive(group) && isChosen(group));
    const counts =
      key === RESOURCE ? this.#countResources(content, typed, meant) : this.#countGroups(groups, meant, key);
    const part = typed.toLowerCase();
    return [...counts]
      .filter(([value]) => value.toLowerCase().includes(part))
      .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([value, count]) => ({ value, count }));
  }

  #countGroups(groups: TallyGroups, meant: Uint8Array, key: string | undefined): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { group, findings } of joinAlike(groups, meant, key ?? '')) {
      // Neither resource nor id is asked of what a group has in common.
      const facts = this.#tally.factsOf(group) as CriteriaFacts;
      for (const value of key === undefined ? keysOf(facts) : [criteriaValue(key, facts)]) {
        if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + findings);
      }
    }
    return counts;
  }

  #countResources(content: TallyContent, typed: string, meant: Uint8Array): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    const chosen = mostFindings(content, typed, meant);
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
  readonly group: number;
  /** Of all of them. */
  findings: number;
}

/** Groups that say the same for the key as one: far fewer. */
function joinAlike(groups: TallyGroups, meant: Uint8Array, key: string): Iterable<Alike> {
  const numberOf = toGroupNumber(key, groups);
  const joined = new Map<number, Alike>();
  meant.forEach((isMeant, group) => {
    if (isMeant === 0) return;
    const findings = groups.findings[group] ?? 0;
    const number = numberOf(group);
    const alike = joined.get(number);
    if (alike === undefined) joined.set(number, { group, findings });
    else alike.findings += findings;
  });
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
function mostFindings(content: TallyContent, typed: string, meant: Uint8Array): ReadonlyMap<number, number> {
  const { resources, exposures } = content;
  const hits = typed === '' ? undefined : resources.hits({ contains: [typed] });
  const byCount: number[][] = [];
  for (let exposure = 0; exposure < exposures.length; exposure++) {
    if (hits?.[exposure] === 0) continue;
    const count = countMeant(content, meant, exposure);
    const rows = count === 0 ? undefined : (byCount[count] ??= []);
    if (rows !== undefined && rows.length < LOOKED_AT) rows.push(exposures.at(exposure));
  }
  const ranked = byCount.flatMap((rows, count) => rows.map((row) => [row, count] as const));
  return new Map(ranked.slice(-LOOKED_AT));
}

import type { FilterKey } from '../domain/filter/ast.ts';
import { conditionNames, principalNames } from '../domain/filter/match.ts';
import { TYPE_LABELS } from '../domain/finding.ts';
import type { ValueCount } from '../domain/listing.ts';
import { kindOf } from '../domain/resource-kind.ts';
import { statusOfCode, typeOfCode } from './codes.ts';
import type { Cohort, CohortMember, CohortTable } from './cohort-table.ts';
import { loadDecisions } from './decisions.ts';
import type { LookupParts } from './lookups.ts';
import { likeOf } from './pattern-sql.ts';
import type { AccessFacts } from './facts-text.ts';

/** Facts that completion looks through at most: it must answer between two keys. */
const FACTS_LOOKED_AT = 5_000;

type Named = (cohort: Cohort, member: CohortMember) => string | undefined;

/** The values that a key has in the store, for completion: how many findings each has, the most frequent first. */
export class ValueCounts {
  readonly #parts: LookupParts;
  readonly #cohorts: CohortTable;

  constructor(parts: LookupParts, cohorts: CohortTable) {
    this.#parts = parts;
    this.#cohorts = cohorts;
  }

  values(key: FilterKey, prefix: string, limit: number): ValueCount[] {
    const start = prefix.toLowerCase();
    return [...this.#count(key, start)]
      .filter(([value]) => value !== '' && value.toLowerCase().startsWith(start))
      .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([value, count]) => ({ value, count }));
  }

  #count(key: FilterKey, start: string): ReadonlyMap<string, number> {
    const named = this.#named(key);
    if (named !== undefined) return this.#countMembers(named);
    switch (key) {
      case 'principal':
        return this.#countFacts((facts) => principalNames(facts.principal));
      case 'action':
        return this.#countFacts((facts) => facts.action ?? []);
      case 'condition':
        return this.#countFacts((facts) => conditionNames(facts.condition));
      case 'resource':
        return this.#countResources(start);
      case 'owner':
        return this.#tally(loadDecisions(this.#parts.connection).flatMap(({ owner }) => owner ?? []));
      case 'rule': {
        const rows = this.#parts.connection.all<{ name: string }>('SELECT name FROM archive_rule');
        return this.#tally(rows.map(({ name }) => name));
      }
      default:
        return new Map();
    }
  }

  #named(key: FilterKey): Named | undefined {
    const { names, analyzers } = this.#parts;
    switch (key) {
      case 'status':
        return (_, member) => statusOfCode(member.status).toLowerCase();
      case 'type':
        return (cohort) => TYPE_LABELS[typeOfCode(cohort.type)];
      case 'kind':
        return (cohort) => kindOf(names.textOf(cohort.resourceType));
      case 'account':
        return (_, member) => names.textOf(member.account);
      case 'error':
        return (_, member) => names.textOfOptional(member.error);
      case 'region':
        return (_, member) => analyzers.rowOf(member.analyzer).region;
      case 'profile':
        return (_, member) => analyzers.rowOf(member.analyzer).profile;
      case 'analyzer':
        return (_, member) => analyzers.rowOf(member.analyzer).name;
      default:
        return undefined;
    }
  }

  #countMembers(named: Named): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const cohort of this.#cohorts.all()) {
      for (const member of cohort.members) {
        const value = named(cohort, member);
        if (value === undefined) continue;
        counts.set(value, (counts.get(value) ?? 0) + cohort.exposures * member.findings);
      }
    }
    return counts;
  }

  /** Counted are facts, not the findings that share them: near enough to order by. */
  #countFacts(select: (facts: AccessFacts) => readonly string[]): ReadonlyMap<string, number> {
    const sql = 'SELECT body FROM facts ORDER BY id LIMIT ?';
    const rows = this.#parts.connection.all<{ body: string }>(sql, FACTS_LOOKED_AT);
    return this.#tally(rows.flatMap(({ body }) => [...new Set(select(JSON.parse(body) as AccessFacts))]));
  }

  #countResources(start: string): ReadonlyMap<string, number> {
    const pattern = { parts: [start, ''] };
    const candidates = this.#parts.search.candidates(pattern);
    const among = candidates === undefined ? '' : `id IN (${candidates.sql}) AND `;
    const rows = this.#parts.connection.once<{ resource: string }>(
      `SELECT resource FROM exposure WHERE ${among}resource LIKE ? ESCAPE '\\' LIMIT 200`,
      [...(candidates?.values ?? []), likeOf(pattern)],
    );
    return this.#tally(rows.map(({ resource }) => resource));
  }

  #tally(values: readonly string[]): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  }
}

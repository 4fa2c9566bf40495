import type { CohortTable } from './cohort-table.ts';
import type { FacetValues } from './filter-node.ts';
import type { Connection } from './sqlite.ts';

/** Findings that agree in everything that archive rules look at but their resource. */
export interface TallyGroup {
  readonly cohort: number;
  readonly analyzer: number;
  readonly account: number;
  readonly status: number;
  readonly facts: number;
  /** Place of what the cheap filter keys ask of it in `kinds`. */
  readonly kind: number;
  findings: number;
}

/** What a finding's group follows from. */
export type GroupKey = Omit<TallyGroup, 'kind' | 'findings'>;

/** A member of a cohort. */
export interface TallyKind extends FacetValues {
  readonly cohort: number;
  readonly risk: number;
}

/** The groups of a store by number. They are only ever added to. */
export class TallyGroups {
  readonly all: TallyGroup[] = [];
  readonly kinds: TallyKind[] = [];
  readonly #connection: Connection;
  readonly #cohorts: CohortTable;
  /** By kind, then by facts. */
  readonly #numbers: Map<number, number>[] = [];
  readonly #kindsOf = new Map<number, number[]>();
  readonly #publicFacts = new Set<number>();
  readonly #errors = new Map<number, number>();
  #lastFacts = 0;

  constructor(connection: Connection, cohorts: CohortTable) {
    this.#connection = connection;
    this.#cohorts = cohorts;
  }

  /** Call it before `numberOf`, whenever facts may have been written. */
  learnFacts(): void {
    const sql = 'SELECT id, public, error FROM facts WHERE id > ?';
    const rows = this.#connection.all<{ id: number; public: number; error: number }>(sql, this.#lastFacts);
    for (const { id, public: isPublic, error } of rows) {
      if (isPublic === 1) this.#publicFacts.add(id);
      if (error !== 0) this.#errors.set(id, error);
      this.#lastFacts = Math.max(this.#lastFacts, id);
    }
  }

  numberOf(key: GroupKey): number {
    const kind = this.#kindOf(key);
    const ofKind = (this.#numbers[kind] ??= new Map<number, number>());
    const known = ofKind.get(key.facts);
    if (known !== undefined) return known;
    const number = this.all.push({ ...key, kind, findings: 0 }) - 1;
    ofKind.set(key.facts, number);
    return number;
  }

  /** A finding came to the group, or left it. */
  change(number: number, by: 1 | -1): void {
    const group = this.all[number];
    if (group !== undefined) group.findings += by;
  }

  #kindOf({ cohort, analyzer, account, status, facts }: GroupKey): number {
    const isPublic = this.#publicFacts.has(facts) ? 1 : 0;
    const error = this.#errors.get(facts) ?? 0;
    const ofCohort = this.#kindsOf.get(cohort) ?? [];
    for (const number of ofCohort) {
      const kind = this.kinds[number];
      if (
        kind?.analyzer === analyzer &&
        kind.account === account &&
        kind.status === status &&
        kind.public === isPublic &&
        kind.error === error
      )
        return number;
    }
    const own = this.#cohorts.find(cohort);
    if (own === undefined) throw new Error(`The store has no cohort ${cohort}.`);
    const { type, resourceType, risk } = own;
    const kind = { cohort, type, resourceType, risk, analyzer, account, status, public: isPublic, error };
    const number = this.kinds.push(kind) - 1;
    this.#kindsOf.set(cohort, [...ofCohort, number]);
    return number;
  }
}

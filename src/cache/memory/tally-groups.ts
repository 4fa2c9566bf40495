import type { Cohort, CohortTable } from '../cohort-table.ts';
import type { MemberFacts } from '../cohorts.ts';
import type { FacetValues } from '../filter-node.ts';
import { grown } from './grown.ts';
import { PairNumbers } from './pair-numbers.ts';
import type { Connection } from '../sqlite.ts';
import type { Member } from './tally-rows.ts';

/** What the cheap filter keys ask of a group: a member of a cohort. */
export interface TallyKind extends FacetValues {
  readonly cohort: number;
  readonly risk: number;
}

/**
 * Findings that agree in everything that archive rules look at but their resource are a group, which is a number here.
 * Groups are only ever added to.
 */
export class TallyGroups {
  readonly kinds: TallyKind[] = [];
  /** Of each group. There is room for more. */
  findings = new Int32Array(0);
  /** Those of them that are the only one of their exposure. */
  lone = new Int32Array(0);
  /** Its kind and its facts make a group. */
  readonly #pairs = new PairNumbers();
  readonly #connection: Connection;
  readonly #cohorts: CohortTable;
  readonly #kindsOf = new Map<number, number[]>();
  readonly #loneKinds = new Map<number, number>();
  readonly #publicFacts = new Set<number>();
  readonly #errors = new Map<number, number>();
  #lastFacts = 0;

  constructor(connection: Connection, cohorts: CohortTable) {
    this.#connection = connection;
    this.#cohorts = cohorts;
  }

  get length(): number {
    return this.#pairs.length;
  }

  /** Of each group: its place in `kinds`. */
  get kindOf(): Int32Array {
    return this.#pairs.firsts;
  }

  /** Of each group: its row of `facts`. */
  get factsOf(): Int32Array {
    return this.#pairs.seconds;
  }

  kind(group: number): TallyKind {
    const kind = this.kinds[this.kindOf[group] ?? -1];
    if (kind === undefined) throw new Error(`There is no group ${group}.`);
    return kind;
  }

  /** Call it before `ofMember`, whenever facts may have been written. */
  learnFacts(): void {
    const sql = 'SELECT id, public, error FROM facts WHERE id > ?';
    const rows = this.#connection.all<{ id: number; public: number; error: number }>(sql, this.#lastFacts);
    for (const { id, public: isPublic, error } of rows) {
      if (isPublic === 1) this.#publicFacts.add(id);
      if (error !== 0) this.#errors.set(id, error);
      this.#lastFacts = Math.max(this.#lastFacts, id);
    }
  }

  /** Of the only finding of an exposure. */
  ofLone(cohort: number, facts: number): number {
    let kind = this.#loneKinds.get(cohort);
    if (kind === undefined) {
      const [member] = this.#cohortOf(cohort).members;
      if (member === undefined) throw new Error(`The cohort ${cohort} has no findings.`);
      kind = this.#kindOf(cohort, member);
      this.#loneKinds.set(cohort, kind);
    }
    return this.#numberOf(kind, facts);
  }

  ofMember(cohort: number, { analyzer, account, status }: Member, facts: number): number {
    const isPublic = this.#publicFacts.has(facts) ? 1 : 0;
    const error = this.#errors.get(facts) ?? 0;
    return this.#numberOf(
      this.#kindOf(cohort, { analyzer, account, status, public: isPublic, error }),
      facts,
    );
  }

  /** A finding came to the group, or left it. */
  change(number: number, by: 1 | -1): void {
    this.findings[number] = (this.findings[number] ?? 0) + by;
  }

  /** The same of a finding that is the only one of its exposure. */
  changeLone(number: number, by: 1 | -1): void {
    this.lone[number] = (this.lone[number] ?? 0) + by;
  }

  #numberOf(kind: number, facts: number): number {
    const number = this.#pairs.numberOf(kind, facts);
    this.findings = grown(this.findings, number + 1);
    this.lone = grown(this.lone, number + 1);
    return number;
  }

  #kindOf(cohort: number, member: MemberFacts): number {
    const ofCohort = this.#kindsOf.get(cohort) ?? [];
    for (const number of ofCohort) if (isOfKind(member, this.kinds[number])) return number;
    const { type, resourceType, risk } = this.#cohortOf(cohort);
    const { analyzer, account, status, error } = member;
    const kind = {
      cohort,
      type,
      resourceType,
      risk,
      analyzer,
      account,
      status,
      public: member.public,
      error,
    };
    const number = this.kinds.push(kind) - 1;
    this.#kindsOf.set(cohort, [...ofCohort, number]);
    return number;
  }

  #cohortOf(id: number): Cohort {
    const cohort = this.#cohorts.byId().get(id);
    if (cohort === undefined) throw new Error(`The store has no cohort ${id}.`);
    return cohort;
  }
}

const isOfKind = (member: MemberFacts, kind: TallyKind | undefined): boolean =>
  kind?.analyzer === member.analyzer &&
  kind.account === member.account &&
  kind.status === member.status &&
  kind.public === member.public &&
  kind.error === member.error;

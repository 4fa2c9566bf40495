import type { ListCounts } from '../domain/listing.ts';
import type { Cohort } from './cohort-table.ts';
import { candidatesOf, type FilterNode, type Sql, toSql } from './filter-node.ts';
import {
  canCountLone,
  countLone,
  type Found,
  isMeant,
  type LoneCount,
  lookUpRows,
  meantIds,
  type OpenCohorts,
} from './look-up.ts';
import { type Piles, sortIntoPiles } from './piles.ts';
import type { Connection } from './sqlite.ts';

/** Exposures of one cohort that the list shows. */
export interface Share {
  readonly cohort: Cohort;
  readonly exposures: number;
  /** All of the cohort, those with these row ids, or those that pass the filter's test. */
  readonly which: 'all' | 'tested' | readonly number[];
}

/** What a filter means in the store as it is now. Cohorts decide what they can; single rows are read for the rest. */
export class Selection {
  /** The filter over a finding's row. */
  readonly predicate: Sql;
  readonly #connection: Connection;
  readonly #node: FilterNode;
  readonly #piles: Piles;
  #lone: readonly LoneCount[] | undefined;
  #several: readonly Found[] | undefined;
  #counts: ListCounts | undefined;

  constructor(connection: Connection, node: FilterNode, cohorts: readonly Cohort[]) {
    this.#connection = connection;
    this.#node = node;
    this.predicate = toSql(node);
    const piles = sortIntoPiles(node, cohorts);
    this.#piles = canCountLone(node)
      ? piles
      : { ...piles, lone: [], several: [...piles.lone, ...piles.several] };
  }

  counts(): ListCounts {
    this.#counts ??= this.#count();
    return this.#counts;
  }

  /** What the list is made of, cohort by cohort. */
  shares(): readonly Share[] {
    const { decided, partly } = this.#piles;
    const all = [...decided, ...partly].map((cohort): Share => ({
      cohort,
      exposures: cohort.exposures,
      which: 'all',
    }));
    const lone = this.#countLone().map(({ cohort, exposures }): Share => ({
      cohort,
      exposures,
      which: 'tested',
    }));
    return [...all, ...lone, ...this.#severalShares()];
  }

  /** Whether a finding of the exposure `e` is meant. */
  get test(): Sql {
    return isMeant(this.predicate);
  }

  /** Row ids of what is meant in these cohorts, whose exposures have a single finding each. */
  testedIds(cohorts: readonly Cohort[]): Sql {
    return meantIds(this.#open(cohorts), this.predicate);
  }

  /** Whether rows that pass the test can be collected without looking at all there are. */
  get hasCandidates(): boolean {
    return this.#open([]).candidates !== undefined;
  }

  #open(cohorts: readonly Cohort[]): OpenCohorts {
    return { cohorts, candidates: candidatesOf(this.#node, this.#piles.held) };
  }

  #countLone(): readonly LoneCount[] {
    const { lone } = this.#piles;
    this.#lone ??= lone.length === 0 ? [] : countLone(this.#connection, this.#open(lone), this.#node);
    return this.#lone;
  }

  #lookUpSeveral(): readonly Found[] {
    const { several } = this.#piles;
    this.#several ??=
      several.length === 0 ? [] : lookUpRows(this.#connection, this.#open(several), this.predicate);
    return this.#several;
  }

  #count(): ListCounts {
    const { partly, exposures, findings, publicFindings } = this.#piles;
    const open: OpenCohorts = { cohorts: partly, candidates: undefined };
    const several = this.#lookUpSeveral();
    const rows =
      partly.length === 0 ? several : [...several, ...lookUpRows(this.#connection, open, this.predicate)];
    const lone = this.#countLone();
    const alone = lone.reduce((sum, count) => sum + count.exposures, 0);
    const alonePublic = lone.reduce(
      (sum, { cohort, exposures: n }) => sum + n * (cohort.members[0]?.public ?? 0),
      0,
    );
    return {
      exposures: exposures + several.length + alone,
      findings: rows.reduce((sum, row) => sum + row.findings, findings + alone),
      publicFindings: rows.reduce((sum, row) => sum + row.public, publicFindings + alonePublic),
    };
  }

  #severalShares(): Share[] {
    const cohorts = new Map(this.#piles.several.map((cohort) => [cohort.id, cohort]));
    const rows = new Map<Cohort, number[]>();
    for (const found of this.#lookUpSeveral()) {
      const cohort = cohorts.get(found.cohort);
      if (cohort === undefined) continue;
      const known = rows.get(cohort);
      if (known === undefined) rows.set(cohort, [found.exposure]);
      else known.push(found.exposure);
    }
    return [...rows].map(([cohort, ids]) => ({ cohort, exposures: ids.length, which: ids }));
  }
}

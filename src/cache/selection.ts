import type { ListCounts } from '../domain/listing.ts';
import type { Cohort } from './cohort-table.ts';
import {
  type Candidates,
  candidatesOf,
  decide,
  facetsOf,
  type FilterNode,
  type Sql,
  toSql,
} from './filter-node.ts';
import type { Connection } from './sqlite.ts';

/** Exposures of one cohort that the list shows: all of it, or those named. */
export interface Share {
  readonly cohort: Cohort;
  readonly exposures: number;
  /** Row ids; undefined: the whole cohort. */
  readonly rows: readonly number[] | undefined;
}

interface Found {
  readonly exposure: number;
  readonly cohort: number;
  readonly findings: number;
  readonly public: number;
}

/** What the facets say of the cohorts. */
interface Piles {
  /** Every member is decided, and one at least is meant. */
  readonly decided: Cohort[];
  /** Meant for sure, but how many of its findings are must be looked up. */
  readonly partly: Cohort[];
  /** Whether it is meant must be looked up. */
  readonly open: Cohort[];
}

/** Above this part of all exposures it is quicker to read them all than to collect them by an index. */
const MOST = 0.2;

/** What a filter means in the store as it is now. Cohorts decide what they can; single rows are read for the rest. */
export class Selection {
  /** The filter over a finding's row. */
  readonly predicate: Sql;
  readonly #connection: Connection;
  readonly #node: FilterNode;
  readonly #piles: Piles = { decided: [], partly: [], open: [] };
  /** Facets that hold for a member which is still open. */
  readonly #held = new Set<FilterNode>();
  readonly #decided = { exposures: 0, findings: 0, publicFindings: 0 };
  readonly #total: number;
  #openFound: readonly Found[] | undefined;
  #counts: ListCounts | undefined;

  constructor(connection: Connection, node: FilterNode, cohorts: readonly Cohort[]) {
    this.#connection = connection;
    this.#node = node;
    this.predicate = toSql(node);
    this.#total = cohorts.reduce((sum, cohort) => sum + cohort.exposures, 0);
    const facets = facetsOf(node);
    for (const cohort of cohorts) this.#sort(cohort, facets);
  }

  counts(): ListCounts {
    if (this.#counts === undefined) {
      const { partly } = this.#piles;
      const open = this.#open();
      const found = partly.length === 0 ? open : [...open, ...this.#lookUp(partly, undefined)];
      this.#counts = {
        exposures: this.#decided.exposures + open.length,
        findings: found.reduce((sum, row) => sum + row.findings, this.#decided.findings),
        publicFindings: found.reduce((sum, row) => sum + row.public, this.#decided.publicFindings),
      };
    }
    return this.#counts;
  }

  /** What the list is made of, cohort by cohort. */
  shares(): readonly Share[] {
    const { decided, partly, open } = this.#piles;
    const whole = [...decided, ...partly].map((cohort) => ({
      cohort,
      exposures: cohort.exposures,
      rows: undefined,
    }));
    if (open.length === 0) return whole;
    const cohorts = new Map(open.map((cohort) => [cohort.id, cohort]));
    const rows = new Map<Cohort, number[]>();
    for (const found of this.#open()) {
      const cohort = cohorts.get(found.cohort);
      if (cohort === undefined) continue;
      const known = rows.get(cohort);
      if (known === undefined) rows.set(cohort, [found.exposure]);
      else known.push(found.exposure);
    }
    return [...whole, ...[...rows].map(([cohort, ids]) => ({ cohort, exposures: ids.length, rows: ids }))];
  }

  #sort(cohort: Cohort, facets: readonly (FilterNode & { kind: 'facet' })[]): void {
    let findings = 0;
    let publicFindings = 0;
    let isOpen = false;
    for (const member of cohort.members) {
      const decided = decide(this.#node, member);
      if (decided === true) {
        findings += member.findings;
        publicFindings += member.public * member.findings;
      } else if (decided === undefined) {
        isOpen = true;
        for (const facet of facets) if (facet.ids.has(member[facet.facet])) this.#held.add(facet);
      }
    }
    if (findings > 0) this.#decided.exposures += cohort.exposures;
    if (isOpen) {
      this.#piles[findings > 0 ? 'partly' : 'open'].push(cohort);
    } else if (findings > 0) {
      this.#piles.decided.push(cohort);
      this.#decided.findings += findings * cohort.exposures;
      this.#decided.publicFindings += publicFindings * cohort.exposures;
    }
  }

  #open(): readonly Found[] {
    const { open } = this.#piles;
    this.#openFound ??= open.length === 0 ? [] : this.#lookUp(open, candidatesOf(this.#node, this.#held));
    return this.#openFound;
  }

  #lookUp(cohorts: readonly Cohort[], candidates: Candidates | undefined): Found[] {
    const part = cohorts.reduce((sum, cohort) => sum + cohort.exposures, 0) / Math.max(1, this.#total);
    // A leading + keeps SQLite from taking an index: with candidates, or most of the table, it would be a detour.
    const column = candidates !== undefined || part > MOST ? '+e.cohort' : 'e.cohort';
    const { sql, values } = this.predicate;
    const detail = /\bd\./.test(sql)
      ? 'LEFT JOIN detail d ON d.finding = f.id AND d.updated_at = f.updated_at'
      : '';
    return this.#connection.once<Found>(
      `SELECT e.id AS exposure, e.cohort, count(*) AS findings, sum(x.public) AS public
        FROM exposure e CROSS JOIN finding f ON f.exposure = e.id CROSS JOIN facts x ON x.id = f.facts
          CROSS JOIN cohort c ON c.id = e.cohort ${detail}
        WHERE ${candidates === undefined ? '' : `e.id IN (${candidates.sql}) AND `}
          ${column} IN (SELECT value FROM json_each(?)) AND f.gone_at IS NULL AND (${sql})
        GROUP BY e.id`,
      [...(candidates?.values ?? []), JSON.stringify(cohorts.map((cohort) => cohort.id)), ...values],
    );
  }
}

import type { FacetValues } from './filter-node.ts';
import type { Connection } from './sqlite.ts';

export interface CohortMember extends FacetValues {
  readonly findings: number;
}

export interface Cohort {
  readonly id: number;
  readonly type: number;
  readonly resourceType: number;
  readonly risk: number;
  /** How many exposures are of this cohort. */
  readonly exposures: number;
  /** What each of them is made of. */
  readonly members: readonly CohortMember[];
}

interface MemberRow extends FacetValues {
  readonly id: number;
  readonly risk: number;
  readonly exposures: number;
  readonly findings: number;
}

const SQL = `SELECT c.id, c.type, c.resource_type AS resourceType, c.risk, c.exposures, m.analyzer, m.account, m.status,
    m.public, m.error, m.findings
  FROM cohort c JOIN cohort_member m ON m.cohort = c.id WHERE c.exposures > 0 ORDER BY c.id`;

/** The cohorts that the list can show, held in memory: thousands stand for a million findings. */
export class CohortTable {
  readonly #connection: Connection;
  #version = '';
  #cohorts: readonly Cohort[] = [];
  #byId: ReadonlyMap<number, Cohort> = new Map();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Changes whenever this or another process has written to the store. */
  version(): string {
    const other = this.#connection.get<{ data_version: number }>('PRAGMA data_version')?.data_version ?? 0;
    const own = this.#connection.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;
    return `${other}.${own}`;
  }

  all(): readonly Cohort[] {
    this.#refresh();
    return this.#cohorts;
  }

  /** For as long as nothing is written: whether something was, is asked of the store each time. */
  byId(): ReadonlyMap<number, Cohort> {
    this.#refresh();
    return this.#byId;
  }

  #refresh(): void {
    const version = this.version();
    if (version === this.#version) return;
    this.#cohorts = this.#load();
    this.#byId = new Map(this.#cohorts.map((cohort) => [cohort.id, cohort]));
    this.#version = version;
  }

  #load(): Cohort[] {
    const cohorts: Cohort[] = [];
    let members: CohortMember[] = [];
    for (const row of this.#connection.all<MemberRow>(SQL)) {
      if (cohorts.at(-1)?.id !== row.id) {
        members = [];
        const { id, type, resourceType, risk, exposures } = row;
        cohorts.push({ id, type, resourceType, risk, exposures, members });
      }
      members.push(row);
    }
    return cohorts;
  }
}

import type { Finding } from '../domain/finding.ts';
import { statusOfCode, typeOfCode } from './codes.ts';
import type { CohortTable } from './cohort-table.ts';
import type { AccessFacts } from './facts-text.ts';
import type { Names } from './names.ts';
import type { Connection } from './sqlite.ts';

/** Findings that agree in everything but their resource, id and times. */
export interface TallyGroup {
  readonly cohort: number;
  readonly analyzer: number;
  readonly account: number;
  readonly status: number;
  readonly facts: number;
  readonly findings: number;
}

/** What criteria can look at in such findings, but for resource and id. */
export type GroupFacts = Partial<Finding>;

export const GROUP_COLUMNS = 'e.cohort, f.analyzer, f.account, f.status, f.facts';

export const groupKey = ({
  cohort,
  analyzer,
  account,
  status,
  facts,
}: Omit<TallyGroup, 'findings'>): string => `${cohort}.${analyzer}.${account}.${status}.${facts}`;

interface CohortFacts {
  readonly type: number;
  readonly resourceType: number;
  readonly risk: number;
}

/**
 * All findings as groups with counts, held in memory: a million findings are some ten thousands of groups. Reading them
 * takes a pass over the store, so they are kept until the store changes.
 */
export class Tally {
  readonly #connection: Connection;
  readonly #names: Names;
  readonly #cohorts: CohortTable;
  #version = '';
  #groups: readonly TallyGroup[] = [];
  #facts: ReadonlyMap<number, AccessFacts> = new Map();
  #ofCohort: ReadonlyMap<number, CohortFacts> = new Map();

  constructor(connection: Connection, names: Names, cohorts: CohortTable) {
    this.#connection = connection;
    this.#names = names;
    this.#cohorts = cohorts;
  }

  /** Brings it up to date; what the groups are as of. */
  refresh(): string {
    const version = this.#cohorts.version();
    if (version === this.#version) return version;
    const sql = `SELECT ${GROUP_COLUMNS}, count(*) AS findings FROM finding f CROSS JOIN exposure e ON e.id = f.exposure
      WHERE f.gone_at IS NULL GROUP BY ${GROUP_COLUMNS}`;
    this.#groups = this.#connection.all<TallyGroup>(sql);
    const facts = this.#connection.all<{ id: number; body: string }>('SELECT id, body FROM facts');
    this.#facts = new Map(facts.map(({ id, body }) => [id, JSON.parse(body) as AccessFacts]));
    this.#ofCohort = new Map(this.#cohorts.all().map((cohort) => [cohort.id, cohort]));
    this.#version = version;
    return version;
  }

  groups(): readonly TallyGroup[] {
    return this.#groups;
  }

  riskOf({ cohort }: TallyGroup): number {
    return this.#ofCohort.get(cohort)?.risk ?? 0;
  }

  /** As codes.ts has it; undefined: its cohort is gone. */
  typeOf({ cohort }: TallyGroup): number | undefined {
    return this.#ofCohort.get(cohort)?.type;
  }

  accessOf({ facts }: Pick<TallyGroup, 'facts'>): AccessFacts {
    return this.#facts.get(facts) ?? {};
  }

  factsOf(group: TallyGroup): GroupFacts {
    const cohort = this.#ofCohort.get(group.cohort);
    return {
      ...this.accessOf(group),
      ...(cohort === undefined
        ? {}
        : {
            findingType: typeOfCode(cohort.type),
            resourceType: this.#names.textOf(cohort.resourceType),
          }),
      status: statusOfCode(group.status),
      resourceOwnerAccount: this.#names.textOf(group.account),
    };
  }
}

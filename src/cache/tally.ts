import type { Finding } from '../domain/finding.ts';
import { statusOfCode, typeOfCode } from './codes.ts';
import type { Cohort, CohortTable } from './cohort-table.ts';
import type { AccessFacts } from './facts-text.ts';
import type { Names } from './names.ts';
import { ResourceText } from './resource-text.ts';
import type { Connection } from './sqlite.ts';

/** Findings that agree in everything that archive rules look at but their resource. */
export interface TallyGroup {
  readonly cohort: number;
  readonly analyzer: number;
  readonly account: number;
  readonly status: number;
  readonly facts: number;
  findings: number;
}

/** The findings of a store in memory, as archive rules see them: about 75 bytes each. */
export interface TallyContent {
  readonly groups: readonly TallyGroup[];
  /** Rows of `exposure`, with their resources in the same order. */
  readonly exposures: Float64Array;
  readonly resources: ResourceText;
  /** Of each finding, by exposure: index into `groups`. Those of exposure `i` begin at `firstFinding[i]`. */
  readonly groupOf: Int32Array;
  readonly firstFinding: Int32Array;
}

const EMPTY: TallyContent = {
  groups: [],
  exposures: new Float64Array(0),
  resources: new ResourceText([]),
  groupOf: new Int32Array(0),
  firstFinding: new Int32Array(1),
};

interface Row extends Omit<TallyGroup, 'findings'> {
  readonly exposure: number;
  readonly resource: string;
}

const SQL = `SELECT e.id AS exposure, e.resource, e.cohort, f.analyzer, f.account, f.status, f.facts
  FROM exposure e CROSS JOIN finding f ON f.exposure = e.id WHERE f.gone_at IS NULL ORDER BY e.id`;

/** Reading it takes a pass over the store, so it is kept until the store changes. */
export class Tally {
  readonly #connection: Connection;
  readonly #names: Names;
  readonly #cohorts: CohortTable;
  #version = '';
  #content = EMPTY;
  #facts: ReadonlyMap<number, AccessFacts> = new Map();
  #ofCohort: ReadonlyMap<number, Cohort> = new Map();

  constructor(connection: Connection, names: Names, cohorts: CohortTable) {
    this.#connection = connection;
    this.#names = names;
    this.#cohorts = cohorts;
  }

  /** As the store is now. The same object as long as nothing was written. */
  content(): TallyContent {
    const version = this.#cohorts.version();
    if (version === this.#version) return this.#content;
    this.#content = readContent(this.#connection.iterate<Row>(SQL, []));
    const facts = this.#connection.all<{ id: number; body: string }>('SELECT id, body FROM facts');
    this.#facts = new Map(facts.map(({ id, body }) => [id, JSON.parse(body) as AccessFacts]));
    this.#ofCohort = new Map(this.#cohorts.all().map((cohort) => [cohort.id, cohort]));
    this.#version = version;
    return this.#content;
  }

  riskOf({ cohort }: TallyGroup): number {
    return this.#ofCohort.get(cohort)?.risk ?? 0;
  }

  /** As codes.ts has it. */
  typeOf({ cohort }: TallyGroup): number | undefined {
    return this.#ofCohort.get(cohort)?.type;
  }

  accessOf({ facts }: TallyGroup): AccessFacts {
    return this.#facts.get(facts) ?? {};
  }

  /** What a group's findings have in common; without resource, id and times. */
  factsOf(group: TallyGroup): Partial<Finding> {
    const cohort = this.#ofCohort.get(group.cohort);
    const kind =
      cohort === undefined
        ? {}
        : { findingType: typeOfCode(cohort.type), resourceType: this.#names.textOf(cohort.resourceType) };
    return {
      ...this.accessOf(group),
      ...kind,
      status: statusOfCode(group.status),
      resourceOwnerAccount: this.#names.textOf(group.account),
    };
  }
}

function readContent(rows: Iterable<Row>): TallyContent {
  const groups: TallyGroup[] = [];
  const indexes = new Map<string, number>();
  const exposures: number[] = [];
  const resources: string[] = [];
  const groupOf: number[] = [];
  const firstFinding: number[] = [];
  for (const { exposure, resource, cohort, analyzer, account, status, facts } of rows) {
    if (exposures.at(-1) !== exposure) {
      exposures.push(exposure);
      resources.push(resource);
      firstFinding.push(groupOf.length);
    }
    const key = `${cohort}.${analyzer}.${account}.${status}.${facts}`;
    let index = indexes.get(key);
    if (index === undefined) {
      index = groups.push({ cohort, analyzer, account, status, facts, findings: 0 }) - 1;
      indexes.set(key, index);
    }
    const group = groups[index];
    if (group !== undefined) group.findings += 1;
    groupOf.push(index);
  }
  firstFinding.push(groupOf.length);
  return {
    groups,
    exposures: Float64Array.from(exposures),
    resources: new ResourceText(resources),
    groupOf: Int32Array.from(groupOf),
    firstFinding: Int32Array.from(firstFinding),
  };
}

import { FINDING_STATUSES } from '../domain/finding.ts';
import { type CohortFacts, type Cohorts, type MemberFacts } from './cohorts.ts';
import { STATUS_CODES } from './codes.ts';
import { noteChange } from './exposure-changes.ts';
import type { Connection } from './sqlite.ts';

/** What an exposure is made of: one of its findings, gone or not. */
export interface Part extends MemberFacts {
  readonly risk: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly gone: boolean;
}

interface Summed {
  readonly cohort: CohortFacts;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What is open decides the place in the list; only where nothing is open, what was archived does, then the rest. */
function riskOf(live: readonly Part[]): number {
  for (const status of FINDING_STATUSES) {
    const risks = live.filter((part) => part.status === STATUS_CODES[status]).map((part) => part.risk);
    if (risks.length > 0) return Math.max(...risks);
  }
  return 0;
}

/** An exposure as a whole, from its findings. Those that AWS no longer lists count only where nothing else is left. */
export function sumUp(type: number, resourceType: number, parts: readonly Part[]): Summed {
  const [only] = parts;
  if (parts.length === 1 && only && !only.gone) {
    return {
      cohort: { type, resourceType, risk: only.risk, members: parts },
      createdAt: only.createdAt,
      updatedAt: only.updatedAt,
    };
  }
  const live = parts.filter((part) => !part.gone);
  const dated = live.length > 0 ? live : parts;
  return {
    cohort: { type, resourceType, risk: riskOf(live), members: live },
    createdAt: dated.reduce((oldest, part) => Math.min(oldest, part.createdAt), Number.MAX_SAFE_INTEGER),
    updatedAt: dated.reduce((latest, part) => Math.max(latest, part.updatedAt), 0),
  };
}

interface ExposureState {
  readonly cohort: number;
  readonly type: number;
  readonly resource_type: number;
  readonly created_at: number;
  readonly updated_at: number;
}

interface PartRow {
  readonly analyzer: number;
  readonly account: number;
  readonly status: number;
  readonly public: number;
  readonly error: number;
  readonly risk: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly goneAt: number | null;
}

const PARTS = `SELECT f.analyzer, f.account, f.status, f.risk, x.public, x.error,
    f.created_at AS createdAt, f.updated_at AS updatedAt, f.gone_at AS goneAt
  FROM finding f JOIN facts x ON x.id = f.facts WHERE f.exposure = ?`;

const INSERT = `INSERT INTO exposure (key, cohort, risk, created_at, updated_at, resource, folded)
    VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`;

const STATE = `SELECT e.cohort, c.type, c.resource_type, e.created_at, e.updated_at
  FROM exposure e JOIN cohort c ON c.id = e.cohort WHERE e.id = ?`;

/** Letters beyond ASCII, that SQLite does not fold. */
const BEYOND_ASCII = /[^\p{ASCII}]/u;

/** Writes exposures, and keeps each in the cohort that its findings put it in. */
export class ExposureRows {
  readonly #connection: Connection;
  readonly #cohorts: Cohorts;

  constructor(connection: Connection, cohorts: Cohorts) {
    this.#connection = connection;
    this.#cohorts = cohorts;
  }

  rowOf(key: string): number {
    const row = this.#connection.get<{ id: number }>('SELECT id FROM exposure WHERE key = ?', key);
    if (row === undefined) throw new Error(`The store has no exposure ${key}.`);
    return row.id;
  }

  /** A new exposure; `undefined` when its key is taken. */
  insert(key: string, resource: string, summed: Summed): number | undefined {
    const cohort = this.#cohorts.idOf(summed.cohort);
    const inserted = this.#connection
      .prepare(INSERT)
      .run(
        key,
        cohort,
        summed.cohort.risk,
        summed.createdAt,
        summed.updatedAt,
        resource,
        BEYOND_ASCII.test(resource) ? resource.toLowerCase() : null,
      );
    if (inserted.changes === 0) return undefined;
    this.#cohorts.add(cohort, 1);
    return Number(inserted.lastInsertRowid);
  }

  /** After one of its findings has changed, left or gone. An exposure without findings is deleted. */
  refresh(id: number): void {
    const state = this.#connection.get<ExposureState>(STATE, id);
    if (state === undefined) return;
    noteChange(this.#connection, id);
    const rows = this.#connection.all<PartRow>(PARTS, id);
    if (rows.length === 0) {
      this.#connection.run('DELETE FROM exposure WHERE id = ?', id);
      this.#cohorts.add(state.cohort, -1);
      return;
    }
    const parts = rows.map((row) => ({ ...row, gone: row.goneAt !== null }));
    const summed = sumUp(state.type, state.resource_type, parts);
    this.#move(id, state, summed);
  }

  #move(id: number, state: ExposureState, summed: Summed): void {
    const cohort = this.#cohorts.idOf(summed.cohort);
    const { createdAt, updatedAt } = summed;
    if (cohort === state.cohort && createdAt === state.created_at && updatedAt === state.updated_at) return;
    this.#connection.run(
      'UPDATE exposure SET cohort = ?, risk = ?, created_at = ?, updated_at = ? WHERE id = ?',
      cohort,
      summed.cohort.risk,
      createdAt,
      updatedAt,
      id,
    );
    if (cohort === state.cohort) return;
    this.#cohorts.add(state.cohort, -1);
    this.#cohorts.add(cohort, 1);
  }
}

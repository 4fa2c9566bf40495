import type { Connection } from './sqlite.ts';

/** What a finding adds to its exposure's cohort. `error` and `account` are names, 0 is none. */
export interface MemberFacts {
  readonly analyzer: number;
  readonly account: number;
  readonly status: number;
  readonly public: number;
  readonly error: number;
}

export interface CohortKind {
  readonly type: number;
  readonly resourceType: number;
}

export interface CohortFacts extends CohortKind {
  readonly risk: number;
  /** One for each finding that AWS still lists; none when all are gone. */
  readonly members: readonly MemberFacts[];
}

const memberKey = (member: MemberFacts): string =>
  `${member.analyzer}.${member.account}.${member.status}.${member.public}.${member.error}`;

function keyOf(facts: CohortFacts): string {
  const { members } = facts;
  const [only] = members;
  const who = members.length === 1 && only ? memberKey(only) : members.map(memberKey).sort().join(',');
  return `${facts.type}|${facts.resourceType}|${facts.risk}|${who}`;
}

/** Finds and makes cohorts, and keeps how many exposures each has. Changes of the counts reach the store with `flush`. */
export class Cohorts {
  readonly #connection: Connection;
  readonly #ids = new Map<string, number>();
  readonly #kinds = new Map<number, CohortKind>();
  readonly #changes = new Map<number, number>();

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.onRollback(() => this.forget());
  }

  forget(): void {
    this.#ids.clear();
    this.#kinds.clear();
    this.#changes.clear();
  }

  idOf(facts: CohortFacts): number {
    const key = keyOf(facts);
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#find(key) ?? this.#insert(key, facts);
      this.#ids.set(key, id);
    }
    return id;
  }

  /** What an exposure of the cohort is about. */
  kindOf(id: number): CohortKind {
    let kind = this.#kinds.get(id);
    if (kind === undefined) {
      const sql = 'SELECT type, resource_type AS resourceType FROM cohort WHERE id = ?';
      kind = this.#connection.get<CohortKind>(sql, id);
      if (kind === undefined) throw new Error(`The store has no cohort ${id}.`);
      this.#kinds.set(id, kind);
    }
    return kind;
  }

  add(cohort: number, exposures: 1 | -1): void {
    this.#changes.set(cohort, (this.#changes.get(cohort) ?? 0) + exposures);
  }

  flush(): void {
    for (const [cohort, change] of this.#changes) {
      if (change !== 0)
        this.#connection.run('UPDATE cohort SET exposures = exposures + ? WHERE id = ?', change, cohort);
    }
    this.#changes.clear();
  }

  #find(key: string): number | undefined {
    return this.#connection.get<{ id: number }>('SELECT id FROM cohort WHERE key = ?', key)?.id;
  }

  #insert(key: string, facts: CohortFacts): number {
    const inserted = this.#connection
      .prepare('INSERT INTO cohort (key, type, resource_type, risk, exposures) VALUES (?, ?, ?, ?, 0)')
      .run(key, facts.type, facts.resourceType, facts.risk);
    const id = Number(inserted.lastInsertRowid);
    const sql = `INSERT INTO cohort_member (cohort, analyzer, account, status, public, error, findings)
      VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET findings = findings + 1`;
    for (const member of facts.members) {
      const { analyzer, account, status, error } = member;
      this.#connection.run(sql, id, analyzer, account, status, member.public, error);
    }
    return id;
  }
}

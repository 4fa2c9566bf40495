import { type AccessFacts, factsText } from './facts-text.ts';
import type { Names } from './names.ts';
import type { Connection } from './sqlite.ts';

/** One row of `facts`, with what writing a finding needs of it at hand. */
export interface FactsEntry {
  readonly id: number;
  readonly public: 0 | 1;
  readonly error: number;
  /** Risk by type code of findings without a detail: it depends on nothing else. */
  readonly risks: Map<number, number>;
}

/** The facts of a finding as one text, the same for the same facts. Absent ones stay absent. */
function bodyOf(finding: AccessFacts): string {
  const { isPublic, principal, action, condition, sources, accessKeyId, error } = finding;
  const { resourceControlPolicyRestriction } = finding;
  return JSON.stringify({
    isPublic,
    principal,
    action,
    condition,
    sources,
    resourceControlPolicyRestriction,
    accessKeyId,
    error,
  });
}

/** Two 32-bit multiplicative hashes side by side, cut to the 53 bits that a number holds exactly. Not for secrets. */
export function digestOf(text: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 2654435761);
    high = Math.imul(high ^ unit, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return 4294967296 * (2097151 & high) + (low >>> 0);
}

/** Enough for the facts that many findings share; the memory it may take is a few megabytes. */
const REMEMBERED = 10_000;

export class FactsTable {
  readonly #connection: Connection;
  readonly #names: Names;
  readonly #entries = new Map<string, FactsEntry>();
  readonly #bodies = new Map<number, AccessFacts>();

  constructor(connection: Connection, names: Names) {
    this.#connection = connection;
    this.#names = names;
    connection.onRollback(() => this.forget());
  }

  forget(): void {
    this.#entries.clear();
    this.#bodies.clear();
  }

  /** Writes the facts when they are new. */
  entryOf(finding: AccessFacts): FactsEntry {
    const body = bodyOf(finding);
    const known = this.#entries.get(body);
    if (known !== undefined) return known;
    const isPublic = finding.isPublic === true ? 1 : 0;
    const error = this.#names.idOfOptional(finding.error);
    const id = this.#find(body) ?? this.#insert(body, isPublic, error, factsText(finding));
    const entry: FactsEntry = { id, public: isPublic, error, risks: new Map() };
    if (this.#entries.size >= REMEMBERED) this.#entries.clear();
    this.#entries.set(body, entry);
    return entry;
  }

  /** Shared by all findings that refer to it. */
  bodyOf(id: number): AccessFacts {
    const known = this.#bodies.get(id);
    if (known !== undefined) return known;
    const row = this.#connection.get<{ body: string }>('SELECT body FROM facts WHERE id = ?', id);
    const body = row === undefined ? {} : (JSON.parse(row.body) as AccessFacts);
    if (this.#bodies.size >= REMEMBERED) this.#bodies.clear();
    this.#bodies.set(id, body);
    return body;
  }

  #find(body: string): number | undefined {
    const sql = 'SELECT id FROM facts WHERE digest = ? AND body = ?';
    return this.#connection.get<{ id: number }>(sql, digestOf(body), body)?.id;
  }

  #insert(body: string, isPublic: number, error: number, text: string): number {
    const statement = this.#connection.prepare(
      'INSERT INTO facts (digest, public, error, body, text) VALUES (?, ?, ?, ?, ?)',
    );
    return Number(statement.run(digestOf(body), isPublic, error, body, text).lastInsertRowid);
  }
}

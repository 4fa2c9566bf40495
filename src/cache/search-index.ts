import type { Pattern } from '../domain/filter/ast.ts';
import type { Candidates } from './filter-node.ts';
import { requiredParts } from './pattern-sql.ts';
import type { Connection } from './sqlite.ts';
import { loadNumber, setState } from './state.ts';

/** The trigram tokenizer finds nothing in fewer characters. */
const TRIGRAM = 3;

/** State: exposures up to this row are in the index. */
const INDEXED_TO = 'searchIndexedTo';

const CREATE = `CREATE VIRTUAL TABLE IF NOT EXISTS exposure_search
  USING fts5 (resource, content = '', columnsize = 0, detail = none, tokenize = 'trigram')`;

/**
 * A trigram index over resources (SQLite's FTS5), which makes substring search quick. It is filled behind the writers'
 * back, in slices: tokenizing costs more than writing a finding does. What is not yet in it is always a candidate. It is
 * not part of the schema, because SQLite comes without FTS5 in Node before 22.15; there every search looks at each row.
 */
export class SearchIndex {
  readonly #connection: Connection;
  #usable: boolean | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** A query for exposures that may hold the pattern's literal parts; undefined where looking at each row is all there is. */
  candidates(pattern: Pattern): Candidates | undefined {
    const parts = requiredParts(pattern).filter((part) => [...part].length >= TRIGRAM);
    if (parts.length === 0 || !this.#isUsable()) return undefined;
    const indexed = loadNumber(this.#connection, INDEXED_TO) ?? 0;
    if (indexed === 0) return undefined;
    return {
      sql: `SELECT rowid AS id FROM exposure_search WHERE exposure_search MATCH ?
        UNION ALL SELECT id FROM exposure WHERE id > ?`,
      values: [parts.flatMap(trigramsOf).map(quote).join(' AND '), indexed],
    };
  }

  /** Indexes up to `limit` more exposures; how many it did. Call it until it says 0. */
  advance(limit: number): number {
    if (!this.#create()) return 0;
    const connection = this.#connection;
    return connection.transaction(() => {
      const from = loadNumber(connection, INDEXED_TO) ?? 0;
      const rows = connection.all<{ id: number; text: string }>(
        'SELECT id, ifnull(folded, resource) AS text FROM exposure WHERE id > ? ORDER BY id LIMIT ?',
        from,
        limit,
      );
      for (const { id, text } of rows) {
        connection.run('INSERT INTO exposure_search (rowid, resource) VALUES (?, ?)', id, text.toLowerCase());
      }
      const last = rows.at(-1);
      if (last !== undefined) setState(connection, INDEXED_TO, last.id);
      return rows.length;
    });
  }

  #isUsable(): boolean {
    if (this.#usable !== true) {
      const sql = "SELECT 1 FROM sqlite_schema WHERE name = 'exposure_search'";
      this.#usable = this.#connection.get(sql) !== undefined && this.#hasFts();
    }
    return this.#usable;
  }

  #hasFts(): boolean {
    return this.#connection.get("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'") !== undefined;
  }

  #create(): boolean {
    if (this.#isUsable()) return true;
    if (!this.#hasFts()) return false;
    this.#connection.db.exec(CREATE);
    return this.#isUsable();
  }
}

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Without positions in the index a phrase cannot be asked for, but each of its trigrams can. */
function trigramsOf(part: string): string[] {
  const characters = [...part];
  const found = new Set<string>();
  for (let at = 0; at + TRIGRAM <= characters.length; at++)
    found.add(characters.slice(at, at + TRIGRAM).join(''));
  return [...found];
}

import type { Finding } from '../domain/finding.ts';
import type { FindingWriter } from './finding-writer.ts';
import type { GoneMarker } from './gone.ts';
import type { PageBuffer } from './page-buffer.ts';
import type { Connection } from './sqlite.ts';

export interface InterruptedPass {
  readonly passId: number;
  readonly nextToken: string;
  readonly startedAt: number;
}

export interface PassStart {
  readonly profile: string;
  readonly region: string;
  readonly analyzerArn: string;
  readonly mode: 'full' | 'incremental';
  readonly startedAt: number;
  readonly resume?: InterruptedPass;
}

interface PassParts {
  readonly connection: Connection;
  readonly writer: FindingWriter;
  readonly gone: GoneMarker;
  /** Runs one transaction of the store, with what other processes have written in the meantime taken note of. */
  readonly write: <T>(work: () => T) => T;
  readonly pages: PageBuffer;
}

/** One walk over an analyzer's findings. Its rows are visible at once; `finish` makes it count as complete. */
export class StoredPass {
  readonly #parts: PassParts;
  readonly #start: PassStart;
  readonly #analyzer: number;
  readonly #id: number;
  readonly #allNew: boolean;
  #lost: { readonly why: unknown } | undefined;

  constructor(parts: PassParts, start: PassStart, analyzer: number) {
    this.#parts = parts;
    this.#start = start;
    this.#analyzer = analyzer;
    this.#allNew = isEmpty(parts.connection, analyzer);
    this.#id = parts.write(() => openPass(parts.connection, start, analyzer));
  }

  savePage(findings: readonly Finding[], nextToken: string | undefined): void {
    this.#assertWhole();
    this.#parts.pages.add({
      findings: findings.length,
      write: () => this.#writePage(findings, nextToken),
      lost: (why) => (this.#lost ??= { why }),
    });
  }

  /** A page that waited may be lost in a transaction that another analyzer's page began: what it was on is then not gone. */
  #assertWhole(): void {
    if (this.#lost !== undefined) throw this.#lost.why;
  }

  #writePage(findings: readonly Finding[], nextToken: string | undefined): void {
    const { connection, writer } = this.#parts;
    const options = { seenAt: this.#start.startedAt, pass: this.#id, allNew: this.#allNew };
    const firstSeen = writer.write(findings, options);
    const latest = findings.reduce((most, finding) => Math.max(most, finding.updatedAt), 0);
    connection.run(
      `UPDATE pass SET next_token = ?, seen = seen + ?, max_updated_at = max(ifnull(max_updated_at, 0), ?)
        WHERE id = ?`,
      nextToken ?? null,
      firstSeen,
      latest,
      this.#id,
    );
  }

  finish(at: number): { readonly gone: number } {
    const { connection, gone, write } = this.#parts;
    this.#assertWhole();
    return write(() => {
      const marked = this.#start.mode === 'full' ? gone.unseen(this.#analyzer, this.#id, at) : 0;
      // What an earlier pass saw counts on: this one may have seen nothing new at all.
      const latest = findLastPass(connection, this.#analyzer)?.maxUpdatedAt ?? 0;
      connection.run(
        `UPDATE pass SET state = 'done', finished_at = ?, next_token = NULL,
          max_updated_at = max(ifnull(max_updated_at, 0), ?) WHERE id = ?`,
        at,
        latest,
        this.#id,
      );
      forgetOlder(connection, this.#analyzer, this.#id);
      return { gone: marked };
    });
  }

  interrupt(): void {
    const { connection, write } = this.#parts;
    write(() =>
      connection.run("UPDATE pass SET state = 'interrupted' WHERE id = ? AND state = 'running'", this.#id),
    );
  }
}

const isEmpty = (connection: Connection, analyzer: number): boolean =>
  connection.get('SELECT 1 FROM pass WHERE analyzer = ?', analyzer) === undefined &&
  connection.get('SELECT 1 FROM cohort_member WHERE analyzer = ?', analyzer) === undefined;

function openPass(connection: Connection, start: PassStart, analyzer: number): number {
  if (start.resume !== undefined) {
    const sql = "UPDATE pass SET state = 'running' WHERE id = ? AND analyzer = ? AND state <> 'done'";
    if (connection.run(sql, start.resume.passId, analyzer) === 1) return start.resume.passId;
  }
  const statement = connection.prepare(
    "INSERT INTO pass (analyzer, mode, state, started_at) VALUES (?, ?, 'running', ?)",
  );
  return Number(statement.run(analyzer, start.mode, start.startedAt).lastInsertRowid);
}

/** Kept are the last complete pass, the last complete full one, and what came after. */
function forgetOlder(connection: Connection, analyzer: number, finished: number): void {
  connection.run(
    `DELETE FROM pass WHERE analyzer = ? AND id < ? AND id IS NOT
      (SELECT max(id) FROM pass WHERE analyzer = ? AND state = 'done' AND mode = 'full')`,
    analyzer,
    finished,
    analyzer,
  );
}

/** A pass whose process ended without a word is `running` for ever; it was interrupted, too. */
export function findInterrupted(connection: Connection, analyzer: number): InterruptedPass | undefined {
  const row = connection.get<{ id: number; next_token: string; started_at: number }>(
    `SELECT id, next_token, started_at FROM pass
      WHERE analyzer = ? AND state <> 'done' AND mode = 'full' AND next_token IS NOT NULL
        AND id > ifnull((SELECT max(id) FROM pass WHERE analyzer = ? AND state = 'done' AND mode = 'full'), 0)
      ORDER BY id DESC LIMIT 1`,
    analyzer,
    analyzer,
  );
  return row === undefined
    ? undefined
    : { passId: row.id, nextToken: row.next_token, startedAt: row.started_at };
}

export interface LastPass {
  readonly finishedAt: number;
  readonly fullAt: number | undefined;
  readonly maxUpdatedAt: number | undefined;
  /** When it began; what changed after that may have been missed by a page that was read before. */
  readonly startedAt: number;
}

export function findLastPass(connection: Connection, analyzer: number): LastPass | undefined {
  const row = connection.get<{
    finishedAt: number | null;
    fullAt: number | null;
    maxUpdatedAt: number | null;
    startedAt: number;
  }>(
    `SELECT max(finished_at) AS finishedAt, max(finished_at) FILTER (WHERE mode = 'full') AS fullAt,
        max(max_updated_at) AS maxUpdatedAt, max(started_at) AS startedAt
      FROM pass WHERE analyzer = ? AND state = 'done'`,
    analyzer,
  );
  if (row === undefined || row.finishedAt === null) return undefined;
  // 0 is what a pass over an analyzer without findings has seen.
  const maxUpdatedAt = row.maxUpdatedAt === null || row.maxUpdatedAt === 0 ? undefined : row.maxUpdatedAt;
  return {
    finishedAt: row.finishedAt,
    fullAt: row.fullAt ?? undefined,
    maxUpdatedAt,
    startedAt: row.startedAt,
  };
}

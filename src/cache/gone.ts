import type { Cohorts } from './cohorts.ts';
import type { ExposureRows } from './exposure-rows.ts';
import type { Connection } from './sqlite.ts';

/** Findings that AWS no longer lists are kept, marked with when that was noticed, until `forgetGone`. */
export class GoneMarker {
  readonly #connection: Connection;
  readonly #exposures: ExposureRows;
  readonly #cohorts: Cohorts;

  constructor(connection: Connection, exposures: ExposureRows, cohorts: Cohorts) {
    this.#connection = connection;
    this.#exposures = exposures;
    this.#cohorts = cohorts;
  }

  one(analyzer: number, awsId: string, at: number): number {
    return this.#mark('aws_id = ? AND analyzer = ?', [awsId, analyzer], at);
  }

  /** Everything of an analyzer that is not there any more. */
  analyzer(analyzer: number, at: number): number {
    return this.#mark('analyzer = ?', [analyzer], at);
  }

  /** Up to `limit` of what an analyzer has. */
  some(analyzer: number, at: number, limit: number): number {
    const ids = 'SELECT id FROM finding WHERE analyzer = ? AND gone_at IS NULL LIMIT ?';
    return this.#mark(`id IN (${ids})`, [analyzer, limit], at);
  }

  /** What a full pass did not see. `seen` spares the search when it saw as many as there are. */
  unseen(analyzer: number, pass: number, at: number): number {
    if (this.#live(analyzer) === this.#seen(pass)) return 0;
    return this.#mark('analyzer = ? AND pass < ?', [analyzer, pass], at);
  }

  /** Deletes what has been gone since before `before`, details with it. */
  forgetGone(before: number): void {
    const old = 'SELECT id FROM finding WHERE gone_at < ?';
    const exposures = this.#connection.all<{ exposure: number }>(
      'SELECT DISTINCT exposure FROM finding WHERE gone_at < ?',
      before,
    );
    if (exposures.length === 0) return;
    this.#connection.run(`DELETE FROM detail WHERE finding IN (${old})`, before);
    this.#connection.run('DELETE FROM finding WHERE gone_at < ?', before);
    this.#refresh(exposures);
  }

  #live(analyzer: number): number {
    const sql = `SELECT ifnull(sum(c.exposures * m.findings), 0) AS n
      FROM cohort_member m JOIN cohort c ON c.id = m.cohort WHERE m.analyzer = ?`;
    return this.#connection.get<{ n: number }>(sql, analyzer)?.n ?? 0;
  }

  #seen(pass: number): number {
    return this.#connection.get<{ seen: number }>('SELECT seen FROM pass WHERE id = ?', pass)?.seen ?? 0;
  }

  #mark(where: string, values: readonly (string | number)[], at: number): number {
    const marked = this.#connection.once<{ exposure: number }>(
      `UPDATE finding SET gone_at = ? WHERE ${where} AND gone_at IS NULL RETURNING exposure`,
      [at, ...values],
    );
    this.#refresh(marked);
    return marked.length;
  }

  #refresh(rows: readonly { exposure: number }[]): void {
    for (const exposure of new Set(rows.map((row) => row.exposure))) this.#exposures.refresh(exposure);
    this.#cohorts.flush();
  }
}

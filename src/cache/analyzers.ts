import type { Analyzer } from '../domain/analyzer.ts';
import type { FindingScope } from '../domain/finding.ts';
import type { Connection } from './sqlite.ts';

export interface AnalyzerRow {
  readonly id: number;
  readonly profile: string;
  readonly region: string;
  readonly arn: string;
  /** `…:analyzer/name` → name; findings are named by it before their analyzer was listed. */
  readonly name: string;
}

const toRow = (row: Omit<AnalyzerRow, 'name'>): AnalyzerRow => ({
  ...row,
  name: row.arn.slice(row.arn.lastIndexOf('/') + 1),
});

/** Analyzers as small numbers; there are few of them and they are never deleted, so they are remembered for good. */
export class Analyzers {
  readonly #connection: Connection;
  /** By profile, then by ARN: a key made of both would be made anew for each finding. */
  readonly #ids = new Map<string, Map<string, number>>();
  readonly #rows = new Map<number, AnalyzerRow>();

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.onRollback(() => this.forget());
  }

  forget(): void {
    this.#ids.clear();
    this.#rows.clear();
  }

  find(scope: Pick<FindingScope, 'profile' | 'analyzerArn'>): number | undefined {
    const { profile, analyzerArn } = scope;
    const known = this.#ids.get(profile)?.get(analyzerArn);
    if (known !== undefined) return known;
    const sql = 'SELECT id FROM analyzer WHERE profile = ? AND arn = ?';
    const id = this.#connection.get<{ id: number }>(sql, profile, analyzerArn)?.id;
    if (id === undefined) return undefined;
    const ids = this.#ids.get(profile) ?? new Map<string, number>();
    this.#ids.set(profile, ids.set(analyzerArn, id));
    return id;
  }

  /** Writes a bare row when findings arrive before their analyzer does. */
  idOf(scope: FindingScope): number {
    const known = this.find(scope);
    if (known !== undefined) return known;
    const sql = 'INSERT INTO analyzer (profile, region, arn) VALUES (?, ?, ?)';
    this.#connection.run(sql, scope.profile, scope.region, scope.analyzerArn);
    const id = this.find(scope);
    if (id === undefined) throw new Error('An analyzer that was just written is not there.');
    return id;
  }

  rowOf(id: number): AnalyzerRow {
    let row = this.#rows.get(id);
    if (row === undefined) {
      const sql = 'SELECT id, profile, region, arn FROM analyzer WHERE id = ?';
      const found = this.#connection.get<Omit<AnalyzerRow, 'name'>>(sql, id);
      if (found === undefined) throw new Error(`The store has no analyzer ${id}.`);
      row = toRow(found);
      this.#rows.set(id, row);
    }
    return row;
  }

  all(): AnalyzerRow[] {
    return this.#connection
      .all<Omit<AnalyzerRow, 'name'>>('SELECT id, profile, region, arn FROM analyzer')
      .map(toRow);
  }

  /** ListAnalyzers leaves the configuration out: what GetAnalyzer said at the last full pass stays. */
  #withKnownAge(id: number, analyzer: Analyzer): Analyzer {
    if (analyzer.unusedAccessAge !== undefined) return analyzer;
    const row = this.#connection.get<{ body: string | null }>('SELECT body FROM analyzer WHERE id = ?', id);
    const { unusedAccessAge } = JSON.parse(row?.body ?? '{}') as Partial<Analyzer>;
    return unusedAccessAge === undefined ? analyzer : { ...analyzer, unusedAccessAge };
  }

  save(analyzer: Analyzer): void {
    const id = this.idOf({ profile: analyzer.profile, region: analyzer.region, analyzerArn: analyzer.arn });
    const body = JSON.stringify(this.#withKnownAge(id, analyzer));
    const sql =
      'UPDATE analyzer SET body = ?, dropped_at = NULL WHERE id = ? AND (body IS NOT ? OR dropped_at IS NOT NULL)';
    this.#connection.run(sql, body, id, body);
  }
}

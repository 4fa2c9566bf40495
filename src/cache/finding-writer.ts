import type { Finding, FindingDetail } from '../domain/finding.ts';
import { TYPE_CODES } from './codes.ts';
import type { Cohorts } from './cohorts.ts';
import { followDecision } from './decisions.ts';
import { type ExposureRows, sumUp } from './exposure-rows.ts';
import { type Existing, FindingPreparer, type Prepared, type PreparerParts } from './finding-preparer.ts';
import type { Connection } from './sqlite.ts';

export interface WriteOptions {
  /** When the findings were seen, epoch ms. */
  readonly seenAt: number;
  /** The pass that saw them; 0 outside any. */
  readonly pass: number;
  /** Nothing of the analyzer is in the store: spares looking for what cannot be there. */
  readonly allNew?: boolean;
}

interface Batch {
  readonly options: WriteOptions;
  /** Exposures that were there before and whose findings changed. */
  readonly touched: Set<number>;
}

const EXISTING = `SELECT f.id, f.exposure, e.key, f.account, f.facts, f.status, f.risk, f.created_at, f.analyzed_at,
    f.updated_at, f.pass, f.gone_at
  FROM finding f JOIN exposure e ON e.id = f.exposure WHERE f.aws_id = ? AND f.analyzer = ?`;

const INSERT = `INSERT INTO finding (aws_id, analyzer, exposure, account, facts, status, risk, created_at, analyzed_at,
    updated_at, first_seen_at, pass) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`;

const UPDATE = `UPDATE finding SET exposure = ?, account = ?, facts = ?, status = ?, risk = ?, created_at = ?,
    analyzed_at = ?, updated_at = ?, pass = max(pass, ?), gone_at = NULL WHERE id = ?`;

export interface WriterParts extends PreparerParts {
  readonly connection: Connection;
  readonly cohorts: Cohorts;
  readonly exposures: ExposureRows;
}

/**
 * Seen again since this pass began, and changed by then: the page was on its way while a change was made and read back.
 * Of what no pass is under way for, what comes counts.
 */
const isOvertaken = (
  { finding }: Prepared,
  existing: Existing,
  { pass }: Pick<WriteOptions, 'pass'>,
): boolean => pass > 0 && existing.pass >= pass && existing.updated_at > finding.updatedAt;

/** Writes findings, and keeps exposures and cohorts true to them. Callers hold the transaction. */
export class FindingWriter {
  readonly #parts: WriterParts;
  readonly #preparer: FindingPreparer;

  constructor(parts: WriterParts) {
    this.#parts = parts;
    this.#preparer = new FindingPreparer(parts);
  }

  /** How many of them this pass had not seen before. Of one that comes twice the later counts. */
  write(findings: readonly Finding[], options: WriteOptions): number {
    const batch: Batch = { options, touched: new Set() };
    let firstSeen = 0;
    for (const finding of findings) {
      const existing = options.allNew === true ? undefined : this.#find(finding);
      if (this.#writeOne(this.#preparer.prepare(finding, existing), batch)) firstSeen += 1;
    }
    this.#settle(batch);
    return firstSeen;
  }

  /** A detail was fetched: what it reveals of the access may move the finding to another exposure. */
  writeDetail(finding: Finding, detail: FindingDetail): void {
    const existing = this.#find(finding);
    if (existing === undefined) return;
    const batch: Batch = { options: { seenAt: 0, pass: 0 }, touched: new Set() };
    this.#writeOne(this.#preparer.prepare(finding, existing, detail), batch);
    this.#settle(batch);
  }

  #settle({ touched }: Batch): void {
    for (const exposure of touched) this.#parts.exposures.refresh(exposure);
    this.#parts.cohorts.flush();
  }

  /** Whether the pass had not seen it before. */
  #writeOne(prepared: Prepared, batch: Batch): boolean {
    if (prepared.existing === undefined && this.#insert(prepared, batch)) return true;
    // The service may list a finding on two pages, when findings come and go between them.
    const existing = prepared.existing ?? this.#find(prepared.finding);
    if (existing === undefined) return false;
    if (isOvertaken(prepared, existing, batch.options) || this.#unchanged(prepared, existing))
      this.#stamp(existing, batch.options.pass);
    else this.#update(prepared, existing, batch);
    return existing.pass < batch.options.pass;
  }

  #find(finding: Finding): Existing | undefined {
    const analyzer = this.#parts.analyzers.idOf(finding);
    return this.#parts.connection.get<Existing>(EXISTING, finding.id, analyzer);
  }

  #unchanged({ key, facts, part, finding }: Prepared, existing: Existing): boolean {
    return (
      existing.gone_at === null &&
      existing.updated_at === part.updatedAt &&
      existing.analyzed_at === finding.analyzedAt &&
      existing.status === part.status &&
      existing.facts === facts.id &&
      existing.risk === part.risk &&
      existing.account === part.account &&
      existing.created_at === part.createdAt &&
      existing.key === key
    );
  }

  #stamp(existing: Existing, pass: number): void {
    if (existing.pass >= pass) return;
    this.#parts.connection.run('UPDATE finding SET pass = ? WHERE id = ?', pass, existing.id);
  }

  /** Row of the finding's exposure, which is made where it is not there. Most are new: to try is quicker than to ask. */
  #exposureOf({ finding, key, part }: Prepared, { touched }: Batch): number {
    const { exposures, names } = this.#parts;
    const kind = sumUp(TYPE_CODES[finding.findingType], names.idOf(finding.resourceType), [part]);
    const inserted = exposures.insert(key, finding.resource, kind);
    if (inserted !== undefined) return inserted;
    const known = exposures.rowOf(key);
    touched.add(known);
    return known;
  }

  /** `false`: the finding is there. */
  #insert(prepared: Prepared, batch: Batch): boolean {
    const { finding, facts, part } = prepared;
    const exposure = this.#exposureOf(prepared, batch);
    const changes = this.#parts.connection.run(
      INSERT,
      finding.id,
      part.analyzer,
      exposure,
      part.account,
      facts.id,
      part.status,
      part.risk,
      finding.createdAt,
      finding.analyzedAt,
      finding.updatedAt,
      batch.options.seenAt,
      batch.options.pass,
    );
    return changes === 1;
  }

  #update(prepared: Prepared, existing: Existing, batch: Batch): void {
    const { finding, facts, part, key } = prepared;
    const exposure = existing.key === key ? existing.exposure : this.#exposureOf(prepared, batch);
    batch.touched.add(existing.exposure).add(exposure);
    this.#parts.connection.run(
      UPDATE,
      exposure,
      part.account,
      facts.id,
      part.status,
      part.risk,
      finding.createdAt,
      finding.analyzedAt,
      finding.updatedAt,
      batch.options.pass,
      existing.id,
    );
    if (existing.exposure !== exposure) followDecision(this.#parts.connection, existing.key, key);
  }
}

import type { Analyzer, RegionOutcome } from '../domain/analyzer.ts';
import type { ArchiveRule } from '../domain/archive-rule.ts';
import { exposureIdBeforeDetail } from '../domain/exposure.ts';
import { toPattern } from '../domain/filter/patterns.ts';
import type { FindingRef, FindingType } from '../domain/finding.ts';
import type { AnalyzerCounts, ExposureDetail, StoredFinding, StoreSummary } from '../domain/listing.ts';
import { STATUS_CODES, TYPE_CODES } from './codes.ts';
import type { CohortTable } from './cohort-table.ts';
import { loadDecision } from './decisions.ts';
import { firstChange, lastChange } from './exposure-changes.ts';
import { toExposureRow } from './exposure-row.ts';
import type { RowParts } from './filter-rows.ts';
import type { FindingReaders } from './stored-finding.ts';
import { loadNumber } from './state.ts';
import { FINDING_COLUMNS, FINDING_TABLES, type FindingRow, toStoredFinding } from './stored-finding.ts';
import type { SqlValue } from './sqlite.ts';

/** What LIMIT takes for none. */
const NO_LIMIT = -1;

const DETAIL = `SELECT e.id, e.risk, e.resource, m.at AS fixedAt FROM exposure e
  LEFT JOIN fixed_mark m ON m.exposure_key = e.key WHERE e.key = ?`;

/** A negative limit is none (sqlite.org/lang_select.html, "The LIMIT clause"). */
const ALL = -1;

const CHANGES_AT_ONCE = 1000;

/** Of a stretch of changes: findings of the types whose detail tells which exposure it is. */
const TOLD_BY_DETAIL = `e.id IN (SELECT exposure FROM exposure_change WHERE id > ? AND id <= ?) AND e.cohort IN
  (SELECT id FROM cohort WHERE type IN (${TYPE_CODES.InternalAccess}, ${TYPE_CODES.UnusedIAMUserAccessKey}))`;

export type LookupParts = FindingReaders & RowParts;

/** `select*` of single things: a finding, an exposure, the store as a whole. */
export class Lookups {
  readonly #parts: LookupParts;
  readonly #cohorts: CohortTable;

  constructor(parts: LookupParts, cohorts: CohortTable) {
    this.#parts = parts;
    this.#cohorts = cohorts;
  }

  finding(ref: FindingRef): StoredFinding | undefined {
    const analyzer = this.#parts.analyzers.find(ref);
    if (analyzer === undefined) return undefined;
    return this.#findings('f.aws_id = ? AND f.analyzer = ?', [ref.id, analyzer])[0];
  }

  /** By id or the beginning of one, by exposure id, or by the ARN of the resource. At most `limit`; all unless it is given. */
  findById(text: string, limit = ALL): StoredFinding[] {
    if (text === '') return [];
    if (text.startsWith('arn:')) return this.#ofResource(text, limit);
    const start = text.toLowerCase();
    const end = `${start}\u{10ffff}`;
    return this.#findings(
      `f.id IN (SELECT id FROM finding WHERE aws_id BETWEEN ? AND ?
        UNION SELECT f.id FROM exposure e JOIN finding f ON f.exposure = e.id WHERE e.key BETWEEN ? AND ?) LIMIT ?`,
      [start, end, start, end, limit],
    );
  }

  exposure(exposureId: string): ExposureDetail | undefined {
    const { connection } = this.#parts;
    const own = connection.get<{ id: number; risk: number; resource: string; fixedAt: number | null }>(
      DETAIL,
      exposureId,
    );
    if (own === undefined) return undefined;
    const findings = this.#findings('f.exposure = ? ORDER BY f.gone_at IS NOT NULL, f.status, f.analyzer', [
      own.id,
    ]);
    const live = findings.filter((finding) => finding.goneAt === undefined);
    const decision = loadDecision(connection, exposureId);
    const notes = { risk: own.risk, fixedAt: own.fixedAt ?? undefined, hasDecision: decision !== undefined };
    const row = toExposureRow(live.length > 0 ? live : findings, notes);
    if (row === undefined) return undefined;
    const arns = new Set(findings.map((finding) => `${finding.profile}\n${finding.analyzerArn}`));
    return {
      row,
      findings,
      analyzers: this.#analyzers().filter(({ profile, arn }) => arns.has(`${profile}\n${arn}`)),
      decision,
      errorFindings: this.#errorFindings(own.resource),
    };
  }

  /** Looks among what has changed, the latest first: whoever asks held the ids until a moment ago. */
  successors(exposureIds: readonly string[]): ReadonlyMap<string, string> {
    const { connection } = this.#parts;
    const sql = 'SELECT value AS id FROM json_each(?) WHERE value NOT IN (SELECT key FROM exposure)';
    const lost = new Set(
      connection.all<{ id: string }>(sql, JSON.stringify(exposureIds)).map(({ id }) => id),
    );
    const moved = new Map<string, string>();
    const oldest = firstChange(connection) ?? Infinity;
    for (let to = lastChange(connection); to >= oldest && moved.size < lost.size; to -= CHANGES_AT_ONCE) {
      for (const finding of this.#findings(TOLD_BY_DETAIL, [to - CHANGES_AT_ONCE, to])) {
        const before = exposureIdBeforeDetail(finding);
        if (lost.has(before)) moved.set(before, finding.exposureId);
      }
    }
    return moved;
  }

  /** Those that AWS no longer lists, too. */
  findingIds(exposureId: string): string[] {
    const sql = 'SELECT f.aws_id AS id FROM exposure e JOIN finding f ON f.exposure = e.id WHERE e.key = ?';
    return this.#parts.connection.all<{ id: string }>(sql, exposureId).map(({ id }) => id);
  }

  missingDetails(exposureIds: readonly string[]): FindingRef[] {
    const wanted = JSON.stringify(exposureIds);
    const findings = this.#findings(
      `e.id IN (SELECT id FROM exposure WHERE key IN (SELECT value FROM json_each(?)))
        AND f.gone_at IS NULL AND d.finding IS NULL`,
      [wanted],
    );
    const place = new Map(exposureIds.map((id, index) => [id, index]));
    return findings
      .filter(({ findingType, error }) => findingType !== 'ExternalAccess' && error === undefined)
      .sort((a, b) => (place.get(a.exposureId) ?? 0) - (place.get(b.exposureId) ?? 0))
      .map(({ profile, region, analyzerArn, id }) => ({ profile, region, analyzerArn, id }));
  }

  /**
   * How many findings of these types that AWS still lists have no detail here; an analysis that failed has none. Counts no
   * further than `most`, and reads only findings of these types: the console asks with every list that it shows.
   */
  withoutDetail(types: readonly FindingType[], most: number = NO_LIMIT): number {
    const codes = JSON.stringify(types.map((type) => TYPE_CODES[type]));
    const sql = `SELECT count(*) AS n FROM (SELECT 1 FROM exposure e INDEXED BY exposure_by_risk
        CROSS JOIN finding f ON f.exposure = e.id CROSS JOIN facts x ON x.id = f.facts
      WHERE e.cohort IN (SELECT id FROM cohort WHERE type IN (SELECT value FROM json_each(?)))
        AND f.gone_at IS NULL AND x.error = 0
        AND NOT EXISTS (SELECT 1 FROM detail d WHERE d.finding = f.id) LIMIT ?)`;
    return this.#parts.connection.get<{ n: number }>(sql, codes, most)?.n ?? 0;
  }

  archiveRules(): ArchiveRule[] {
    const sql = 'SELECT body FROM archive_rule ORDER BY analyzer, name';
    return this.#parts.connection
      .all<{ body: string }>(sql)
      .map(({ body }) => JSON.parse(body) as ArchiveRule);
  }

  summary(): StoreSummary {
    const { connection } = this.#parts;
    const counts = this.#counts();
    const regions = connection.all<{ body: string }>(
      'SELECT body FROM region_outcome ORDER BY profile, region',
    );
    const number = (sql: string): number => connection.get<{ n: number }>(sql)?.n ?? 0;
    return {
      analyzers: this.#analyzers().map((analyzer) => ({
        ...analyzer,
        counts: counts.get(this.#idOf(analyzer)) ?? NONE,
      })),
      regions: regions.map(({ body }) => JSON.parse(body) as RegionOutcome),
      lastSyncAt: loadNumber(connection, 'lastSyncAt'),
      journalEntries: number('SELECT count(*) AS n FROM journal_entry'),
      archiveRules: number('SELECT count(*) AS n FROM archive_rule'),
    };
  }

  #idOf({ profile, arn }: Analyzer): number {
    return this.#parts.analyzers.find({ profile, analyzerArn: arn }) ?? 0;
  }

  #analyzers(): Analyzer[] {
    const sql =
      'SELECT body FROM analyzer WHERE body IS NOT NULL AND dropped_at IS NULL ORDER BY profile, region, arn';
    return this.#parts.connection.all<{ body: string }>(sql).map(({ body }) => JSON.parse(body) as Analyzer);
  }

  #counts(): ReadonlyMap<number, AnalyzerCounts> {
    const counts = new Map<number, { -readonly [Name in keyof AnalyzerCounts]: number }>();
    for (const { exposures, members } of this.#cohorts.all()) {
      for (const member of members) {
        const count = counts.get(member.analyzer) ?? { ...NONE };
        counts.set(member.analyzer, count);
        const findings = exposures * member.findings;
        if (member.status === STATUS_CODES.ACTIVE) {
          count.active += findings;
          count.public += findings * member.public;
        } else if (member.status === STATUS_CODES.ARCHIVED) count.archived += findings;
        else count.resolved += findings;
      }
    }
    return counts;
  }

  #ofResource(arn: string, limit: number): StoredFinding[] {
    const candidates = this.#parts.search.candidates(toPattern(arn));
    const among = candidates === undefined ? '' : `e.id IN (${candidates.sql}) AND `;
    return this.#findings(`${among}e.resource = ? COLLATE NOCASE LIMIT ?`, [
      ...(candidates?.values ?? []),
      arn,
      limit,
    ]);
  }

  /** Errors that stand for a resource: active findings that carry one. Few findings do, so they are where to begin. */
  #errorFindings(resource: string): number {
    const sql = `SELECT count(*) AS n FROM facts x INDEXED BY facts_with_error
        CROSS JOIN finding f INDEXED BY finding_of_facts ON f.facts = x.id CROSS JOIN exposure e ON e.id = f.exposure
      WHERE x.error > 0 AND e.resource = ? AND f.gone_at IS NULL AND f.status = ${STATUS_CODES.ACTIVE}`;
    return this.#parts.connection.get<{ n: number }>(sql, resource)?.n ?? 0;
  }

  #findings(where: string, values: readonly SqlValue[]): StoredFinding[] {
    return this.#parts.connection
      .all<FindingRow>(`SELECT ${FINDING_COLUMNS} FROM ${FINDING_TABLES} WHERE ${where}`, ...values)
      .map((row) => toStoredFinding(row, this.#parts));
  }
}

const NONE: AnalyzerCounts = { active: 0, archived: 0, resolved: 0, public: 0 };

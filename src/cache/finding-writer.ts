import { exposureIdOf } from '../domain/exposure.ts';
import type { Finding, FindingDetail } from '../domain/finding.ts';
import { scoreRisk } from '../domain/risk.ts';
import type { Analyzers } from './analyzers.ts';
import { STATUS_CODES, TYPE_CODES } from './codes.ts';
import type { Cohorts } from './cohorts.ts';
import { followDecision } from './decisions.ts';
import { type ExposureRows, type Part, sumUp } from './exposure-rows.ts';
import type { FactsEntry, FactsTable } from './facts.ts';
import type { Names } from './names.ts';
import type { Connection } from './sqlite.ts';

export interface WriteOptions {
  /** When the findings were seen, epoch ms. */
  readonly seenAt: number;
  /** The pass that saw them; 0 outside any. */
  readonly pass: number;
  /** Nothing of the analyzer is in the store: spares looking for what cannot be there. */
  readonly allNew?: boolean;
}

interface Existing {
  readonly id: number;
  readonly exposure: number;
  readonly key: string;
  readonly account: number;
  readonly facts: number;
  readonly status: number;
  readonly risk: number;
  readonly created_at: number;
  readonly analyzed_at: number;
  readonly updated_at: number;
  readonly pass: number;
  readonly gone_at: number | null;
}

/** A finding translated into numbers, before anything of it is written. */
interface Prepared {
  readonly finding: Finding;
  readonly existing: Existing | undefined;
  readonly key: string;
  readonly facts: FactsEntry;
  readonly part: Part;
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

/** The rows of ListFindingsV2 say nothing of the access; what an id was once known by stays true of it. */
const saysNothing = (finding: Finding): boolean =>
  finding.principal === undefined &&
  finding.action === undefined &&
  finding.condition === undefined &&
  finding.isPublic === undefined &&
  finding.accessKeyId === undefined;

const needsDetail = (finding: Finding): boolean =>
  finding.findingType === 'InternalAccess' || finding.findingType === 'UnusedIAMUserAccessKey';

export interface WriterParts {
  readonly connection: Connection;
  readonly names: Names;
  readonly analyzers: Analyzers;
  readonly facts: FactsTable;
  readonly cohorts: Cohorts;
  readonly exposures: ExposureRows;
  readonly knownAccounts: () => ReadonlySet<string>;
}

/** Writes findings, and keeps exposures and cohorts true to them. Callers hold the transaction. */
export class FindingWriter {
  readonly #parts: WriterParts;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  /** How many of them this pass had not seen before. */
  write(findings: readonly Finding[], options: WriteOptions): number {
    const groups = new Map<string, Prepared[]>();
    let firstSeen = 0;
    // Twice on one page: the later one counts.
    for (const finding of new Map(findings.map((one) => [one.id, one])).values()) {
      const prepared = this.#prepare(finding, options.allNew === true ? undefined : this.#find(finding));
      const { existing, key } = prepared;
      if (existing === undefined || existing.pass < options.pass) firstSeen += 1;
      if (existing !== undefined && this.#unchanged(prepared, existing)) {
        this.#stamp(existing, options.pass);
        continue;
      }
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [prepared]);
      else group.push(prepared);
    }
    this.#writeGroups(groups, options);
    return firstSeen;
  }

  /** A detail was fetched: what it reveals of the access may move the finding to another exposure. */
  writeDetail(finding: Finding, detail: FindingDetail): void {
    const existing = this.#find(finding);
    if (existing === undefined) return;
    const prepared = this.#prepare(finding, existing, detail);
    if (this.#unchanged(prepared, existing)) return;
    this.#writeGroups(new Map([[prepared.key, [prepared]]]), { seenAt: 0, pass: 0 });
  }

  #writeGroups(groups: ReadonlyMap<string, readonly Prepared[]>, options: WriteOptions): void {
    const batch: Batch = { options, touched: new Set() };
    for (const [key, group] of groups) this.#writeGroup(key, group, batch);
    for (const exposure of batch.touched) this.#parts.exposures.refresh(exposure);
    this.#parts.cohorts.flush();
  }

  #find(finding: Finding): Existing | undefined {
    const analyzer = this.#parts.analyzers.idOf(finding);
    return this.#parts.connection.get<Existing>(EXISTING, finding.id, analyzer);
  }

  #prepare(listed: Finding, existing: Existing | undefined, detail?: FindingDetail): Prepared {
    const finding =
      existing !== undefined && needsDetail(listed) && saysNothing(listed)
        ? this.#remembered(listed, existing)
        : listed;
    const facts = this.#parts.facts.entryOf(finding);
    return {
      finding,
      existing,
      key: exposureIdOf(finding),
      facts,
      part: {
        analyzer: this.#parts.analyzers.idOf(finding),
        account: this.#parts.names.idOf(finding.resourceOwnerAccount),
        status: STATUS_CODES[finding.status],
        public: facts.public,
        error: facts.error,
        risk: this.#riskOf(finding, facts, { existing, detail }),
        createdAt: finding.createdAt,
        updatedAt: finding.updatedAt,
        gone: false,
      },
    };
  }

  #remembered(listed: Finding, existing: Existing): Finding {
    const { error: _, ...known } = this.#parts.facts.bodyOf(existing.facts);
    return { ...known, ...listed };
  }

  #riskOf(
    finding: Finding,
    facts: FactsEntry,
    known: { existing?: Existing | undefined; detail?: FindingDetail | undefined },
  ): number {
    const { existing, detail } = known;
    const knownAccounts = this.#parts.knownAccounts();
    if (detail !== undefined) return scoreRisk({ ...finding, detail, knownAccounts }).score;
    // A risk that a detail has refined holds as long as the detail does.
    const isSame = existing?.updated_at === finding.updatedAt && existing.facts === facts.id;
    if (isSame && existing.gone_at === null) return existing.risk;
    const type = TYPE_CODES[finding.findingType];
    let risk = facts.risks.get(type);
    if (risk === undefined) {
      risk = scoreRisk({ ...finding, knownAccounts }).score;
      facts.risks.set(type, risk);
    }
    return risk;
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

  #writeGroup(key: string, group: readonly Prepared[], batch: Batch): void {
    const [first] = group;
    if (first === undefined) return;
    const { exposures } = this.#parts;
    let exposure = exposures.find(key);
    if (exposure === undefined) {
      const { findingType, resource, resourceType } = first.finding;
      const parts = group.map((prepared) => prepared.part);
      const summed = sumUp(TYPE_CODES[findingType], this.#parts.names.idOf(resourceType), parts);
      exposure = exposures.insert(key, resource, summed);
    } else {
      batch.touched.add(exposure);
    }
    for (const prepared of group) {
      if (prepared.existing !== undefined) this.#update(prepared, prepared.existing, exposure, batch);
      else if (!this.#insert(prepared, exposure, batch)) this.#writeTwice(prepared, exposure, batch);
    }
  }

  #insert({ finding, facts, part }: Prepared, exposure: number, { options }: Batch): boolean {
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
      options.seenAt,
      options.pass,
    );
    return changes === 1;
  }

  /** The service may list a finding on two pages, when findings come and go between them. */
  #writeTwice(prepared: Prepared, exposure: number, batch: Batch): void {
    const existing = this.#find(prepared.finding);
    if (existing === undefined) return;
    batch.touched.add(exposure);
    this.#update(prepared, existing, exposure, batch);
  }

  #update(prepared: Prepared, existing: Existing, exposure: number, batch: Batch): void {
    const { finding, facts, part } = prepared;
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
    if (existing.exposure === exposure) return;
    batch.touched.add(existing.exposure);
    followDecision(this.#parts.connection, existing.key, prepared.key);
  }
}

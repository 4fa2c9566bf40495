import type { Analyzer, RegionOutcome } from '../domain/analyzer.ts';
import type { ArchiveRule } from '../domain/archive-rule.ts';
import type { Finding, FindingDetail, FindingRef, FindingScope } from '../domain/finding.ts';
import type { Analyzers } from './analyzers.ts';
import { saveDetail } from './details.ts';
import { forgetOldChanges } from './exposure-changes.ts';
import type { FindingWriter } from './finding-writer.ts';
import type { GoneMarker } from './gone.ts';
import type { PageBuffer } from './page-buffer.ts';
import {
  findInterrupted,
  findLastPass,
  type InterruptedPass,
  type LastPass,
  type PassStart,
  StoredPass,
} from './passes.ts';
import type { FindingReaders } from './stored-finding.ts';
import type { Connection } from './sqlite.ts';
import { loadNumber, setState } from './state.ts';

export interface SyncParts extends FindingReaders {
  readonly connection: Connection;
  readonly analyzers: Analyzers;
  readonly writer: FindingWriter;
  readonly gone: GoneMarker;
  readonly write: <T>(work: () => T) => T;
  readonly pages: PageBuffer;
}

interface Target {
  readonly profile: string;
  readonly region: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Findings that AWS stopped listing stay this long, so that history can still name them. */
const KEEP_GONE_MS = 90 * DAY_MS;

/** State: when findings that are gone for long were last forgotten, epoch ms. */
const FORGOTTEN_AT = 'goneForgottenAt';

/** What a sync writes: fills the store's side of `sync/ports.ts`. */
export class SyncWrites {
  readonly #parts: SyncParts;

  constructor(parts: SyncParts) {
    this.#parts = parts;
  }

  beginPass(start: PassStart): StoredPass {
    const { write, analyzers } = this.#parts;
    return new StoredPass(
      this.#parts,
      start,
      write(() => analyzers.idOf(start)),
    );
  }

  saveAnalyzers(_target: Target, analyzers: readonly Analyzer[]): void {
    this.#parts.write(() => {
      for (const analyzer of analyzers) this.#parts.analyzers.save(analyzer);
    });
  }

  saveRegionOutcome(outcome: RegionOutcome): void {
    const { connection, write } = this.#parts;
    write(() => {
      const sql = 'SELECT body FROM region_outcome WHERE profile = ? AND region = ?';
      const earlier = connection.get<{ body: string }>(sql, outcome.profile, outcome.region);
      const lastOkAt = outcome.lastOkAt ?? (earlier && (JSON.parse(earlier.body) as RegionOutcome).lastOkAt);
      connection.run(
        'INSERT OR REPLACE INTO region_outcome (profile, region, body) VALUES (?, ?, ?)',
        outcome.profile,
        outcome.region,
        JSON.stringify({ ...outcome, lastOkAt }),
      );
    });
  }

  saveFirstOutcomes(outcomes: readonly RegionOutcome[]): void {
    const { connection, write } = this.#parts;
    const sql = 'INSERT OR IGNORE INTO region_outcome (profile, region, body) VALUES (?, ?, ?)';
    write(() => {
      for (const outcome of outcomes)
        connection.run(sql, outcome.profile, outcome.region, JSON.stringify(outcome));
    });
  }

  saveArchiveRules(analyzerArn: string, profile: string, rules: readonly ArchiveRule[]): void {
    const { connection, analyzers, write } = this.#parts;
    write(() => {
      const [first] = rules;
      const region = first?.region ?? '';
      const analyzer =
        first === undefined
          ? analyzers.find({ profile, analyzerArn })
          : analyzers.idOf({ profile, region, analyzerArn });
      if (analyzer === undefined) return;
      connection.run('DELETE FROM archive_rule WHERE analyzer = ?', analyzer);
      for (const rule of rules) {
        const sql = 'INSERT OR REPLACE INTO archive_rule (analyzer, name, body) VALUES (?, ?, ?)';
        connection.run(sql, analyzer, rule.ruleName, JSON.stringify(rule));
      }
    });
  }

  dropMissingAnalyzers(target: Target, present: readonly string[], at: number): void {
    const { connection, gone, write } = this.#parts;
    write(() => {
      const listed = connection.all<{ id: number; arn: string }>(
        'SELECT id, arn FROM analyzer WHERE profile = ? AND region = ? AND dropped_at IS NULL',
        target.profile,
        target.region,
      );
      for (const { id, arn } of listed) {
        if (present.includes(arn)) continue;
        this.#drop(id, at);
        gone.analyzer(id, at);
      }
    });
  }

  dropAnalyzer(scope: Pick<FindingScope, 'profile' | 'analyzerArn'>, at: number, limit: number): number {
    const { analyzers, gone, write } = this.#parts;
    return write(() => {
      const id = analyzers.find(scope);
      if (id === undefined) return 0;
      this.#drop(id, at);
      return gone.some(id, at, limit);
    });
  }

  #drop(id: number, at: number): void {
    const { connection } = this.#parts;
    connection.run('UPDATE analyzer SET dropped_at = ? WHERE id = ? AND dropped_at IS NULL', at, id);
    connection.run('DELETE FROM archive_rule WHERE analyzer = ?', id);
    connection.run('DELETE FROM pass WHERE analyzer = ?', id);
  }

  saveDetail(ref: FindingRef, updatedAt: number, detail: FindingDetail): void {
    this.#parts.write(() => saveDetail(this.#parts, ref, updatedAt, detail));
  }

  saveFinding(finding: Finding, seenAt: number): void {
    const { connection, analyzers, writer, write } = this.#parts;
    write(() => {
      // A pass that is under way must not take for gone what was seen after it began.
      const sql = "SELECT ifnull(max(id), 0) AS id FROM pass WHERE analyzer = ? AND state = 'running'";
      const pass = connection.get<{ id: number }>(sql, analyzers.idOf(finding))?.id ?? 0;
      writer.write([finding], { seenAt, pass });
    });
  }

  markGone(ref: FindingRef, at: number): void {
    const { analyzers, gone, write } = this.#parts;
    write(() => {
      const analyzer = analyzers.find(ref);
      if (analyzer !== undefined) gone.one(analyzer, ref.id, at);
    });
  }

  interruptedPass(profile: string, analyzerArn: string): InterruptedPass | undefined {
    const analyzer = this.#parts.analyzers.find({ profile, analyzerArn });
    return analyzer === undefined ? undefined : findInterrupted(this.#parts.connection, analyzer);
  }

  lastPass(profile: string, analyzerArn: string): LastPass | undefined {
    const analyzer = this.#parts.analyzers.find({ profile, analyzerArn });
    return analyzer === undefined ? undefined : findLastPass(this.#parts.connection, analyzer);
  }

  finishSync(at: number): void {
    this.#parts.write(() => {
      setState(this.#parts.connection, 'lastSyncAt', at);
      this.#forgetGone(at);
      forgetOldChanges(this.#parts.connection);
    });
  }

  /** To look for them is to read every finding: once a day is enough. */
  #forgetGone(at: number): void {
    const { connection, gone } = this.#parts;
    if (at - (loadNumber(connection, FORGOTTEN_AT) ?? 0) < DAY_MS) return;
    gone.forgetGone(at - KEEP_GONE_MS);
    setState(connection, FORGOTTEN_AT, at);
  }
}

/** A store for sync's own tests: as simple as the port allows, and it remembers what was written. */
import type { Analyzer, RegionOutcome } from '../../src/domain/analyzer.ts';
import type { ArchiveRule } from '../../src/domain/archive-rule.ts';
import type { Finding, FindingDetail, FindingRef } from '../../src/domain/finding.ts';
import type { InterruptedPass, LastPass, Pass, PassStart, SyncStore } from '../../src/sync/ports.ts';

interface Row {
  finding: Finding;
  detail?: FindingDetail | undefined;
  goneAt?: number | undefined;
  pass: number;
}

interface PassRow extends PassStart {
  readonly id: number;
  state: 'running' | 'interrupted' | 'done';
  token: string | undefined;
  finishedAt?: number;
  maxUpdatedAt?: number | undefined;
}

export class MemoryStore implements SyncStore {
  readonly rows = new Map<string, Row>();
  readonly passes: PassRow[] = [];
  readonly outcomes = new Map<string, RegionOutcome>();
  readonly analyzers = new Map<string, Analyzer>();
  readonly rules = new Map<string, readonly ArchiveRule[]>();
  readonly saves: { readonly findings: number; readonly token: string | undefined }[] = [];
  syncedAt: number | undefined;
  /** Called before each page is written. */
  onSave: () => void = () => {};

  beginPass(start: PassStart): Pass {
    const resumed = this.passes.find(({ id }) => id === start.resume?.passId);
    const pass: PassRow = resumed ?? {
      ...start,
      id: this.passes.length + 1,
      state: 'running',
      token: undefined,
    };
    pass.state = 'running';
    if (resumed === undefined) this.passes.push(pass);
    return {
      savePage: (findings, nextToken) => {
        this.onSave();
        this.saves.push({ findings: findings.length, token: nextToken });
        for (const finding of findings) this.#save(finding, pass);
        pass.token = nextToken;
      },
      finish: (at) => {
        pass.state = 'done';
        pass.finishedAt = at;
        let gone = 0;
        for (const row of this.rows.values()) {
          if (pass.mode !== 'full' || row.goneAt !== undefined || row.pass === pass.id) continue;
          if (row.finding.analyzerArn !== pass.analyzerArn) continue;
          row.goneAt = at;
          gone += 1;
        }
        return { gone };
      },
      interrupt: () => {
        pass.state = 'interrupted';
      },
    };
  }

  #save(finding: Finding, pass: PassRow): void {
    const before = this.rows.get(finding.id);
    const same = before?.finding.updatedAt === finding.updatedAt;
    this.rows.set(finding.id, { finding, detail: same ? before.detail : undefined, pass: pass.id });
    pass.maxUpdatedAt = Math.max(pass.maxUpdatedAt ?? 0, finding.updatedAt);
  }

  saveAnalyzers(_target: unknown, analyzers: readonly Analyzer[]): void {
    for (const analyzer of analyzers) this.analyzers.set(analyzer.arn, analyzer);
  }
  saveFirstOutcomes(outcomes: readonly RegionOutcome[]): void {
    for (const outcome of outcomes)
      if (!this.outcomes.has(outcome.region)) this.outcomes.set(outcome.region, outcome);
  }

  saveRegionOutcome(outcome: RegionOutcome): void {
    this.outcomes.set(outcome.region, outcome);
  }
  saveArchiveRules(analyzerArn: string, _profile: string, rules: readonly ArchiveRule[]): void {
    this.rules.set(analyzerArn, rules);
  }
  dropMissingAnalyzers(target: { readonly region: string }, present: readonly string[]): void {
    for (const [arn, { region }] of this.analyzers) {
      if (region === target.region && !present.includes(arn)) this.analyzers.delete(arn);
    }
  }
  saveDetail(ref: FindingRef, _updatedAt: number, detail: FindingDetail): void {
    const row = this.rows.get(ref.id);
    if (row !== undefined) row.detail = detail;
  }
  saveFinding(finding: Finding): void {
    this.rows.set(finding.id, { ...this.rows.get(finding.id), finding, pass: Infinity });
  }
  markGone(ref: FindingRef, at: number): void {
    const row = this.rows.get(ref.id);
    if (row !== undefined) row.goneAt = at;
  }
  interruptedPass(_profile: string, arn: string): InterruptedPass | undefined {
    const pass = this.passes.findLast(
      ({ analyzerArn, state, mode }) => analyzerArn === arn && mode === 'full' && state !== 'done',
    );
    if (pass?.token === undefined) return undefined;
    return { passId: pass.id, nextToken: pass.token, startedAt: pass.startedAt };
  }
  lastPass(_profile: string, arn: string): LastPass | undefined {
    const done = this.passes.filter(({ analyzerArn, state }) => analyzerArn === arn && state === 'done');
    const last = done.at(-1);
    if (last?.finishedAt === undefined) return undefined;
    const times = done.flatMap(({ maxUpdatedAt }) => maxUpdatedAt ?? []);
    return {
      startedAt: last.startedAt,
      finishedAt: last.finishedAt,
      fullAt: done.findLast(({ mode }) => mode === 'full')?.finishedAt,
      maxUpdatedAt: times.length === 0 ? undefined : Math.max(...times),
    };
  }
  finishSync(at: number): void {
    this.syncedAt = at;
  }
  finding(ref: FindingRef) {
    const row = this.rows.get(ref.id);
    return row && { ...row.finding, detail: row.detail, goneAt: row.goneAt };
  }
  /** Ids of what is there and not gone. */
  present(): readonly string[] {
    return [...this.rows.values()]
      .filter(({ goneAt }) => goneAt === undefined)
      .map(({ finding }) => finding.id)
      .sort();
  }
}

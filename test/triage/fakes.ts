import type { ArchiveRule, Criteria } from '../../src/domain/archive-rule.ts';
import { matchesCriteria } from '../../src/domain/criteria.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { exposureIdOf } from '../../src/domain/exposure.ts';
import type { Finding, FindingRef, FindingStatus } from '../../src/domain/finding.ts';
import type { JournalEntry, JournalOperation, Plan } from '../../src/domain/journal.ts';
import type { StoredFinding } from '../../src/domain/listing.ts';
import { type Problem, ProblemError } from '../../src/domain/problem.ts';
import type {
  IamChanger,
  JournalStore,
  LiveAnalyzer,
  TriageClock,
  TriageGateway,
  TriageRegionGateway,
  TriageStore,
} from '../../src/triage/ports.ts';

export const ANALYZER = 'arn:aws:access-analyzer:eu-west-1:111122223333:analyzer/external';

export function finding(id: string, changes: Partial<Finding> = {}): Finding {
  return {
    profile: 'default',
    region: 'eu-west-1',
    analyzerArn: ANALYZER,
    id,
    findingType: 'ExternalAccess',
    status: 'ACTIVE',
    resource: `arn:aws:s3:::bucket-${id}`,
    resourceType: 'AWS::S3::Bucket',
    resourceOwnerAccount: '111122223333',
    createdAt: 1,
    analyzedAt: 1,
    updatedAt: 1,
    isPublic: false,
    principal: { AWS: '444455556666' },
    action: ['s3:GetObject'],
    condition: {},
    ...changes,
  };
}

export const stored = (from: Finding, goneAt?: number): StoredFinding => ({
  ...from,
  exposureId: exposureIdOf(from),
  firstSeenAt: 1,
  goneAt,
  detail: undefined,
  risk: 10,
});

/** A clock that stands still until someone sleeps. */
export function fakeClock(start = 1_000_000): TriageClock {
  let now = start;
  return { now: () => now, sleep: async (ms) => void (now += ms) };
}

export interface Call {
  readonly method: string;
  readonly analyzerArn: string;
  readonly ids: readonly string[];
  readonly token: string | undefined;
}

/** Asked before a call is answered: a problem refuses it; 'lost' makes the change but loses the answer. */
export type Fault = (call: Call) => Problem | 'lost' | undefined;

/** The line goes down with the first request of this method: it is carried out (or not), and nothing is answered any more. */
export function lineDiesAt(method: string, { carriedOut }: { readonly carriedOut: boolean }): Fault {
  let down = false;
  return (call) => {
    const isLast = call.method === method && !down;
    down ||= isLast;
    if (isLast && carriedOut) return 'lost';
    return down ? { kind: 'unreachable', message: 'No route to host.' } : undefined;
  };
}

/** Access Analyzer's behaviour as its notes tell it, in memory. */
export class FakeService implements TriageGateway {
  readonly findings = new Map<string, Finding>();
  readonly rules = new Map<string, ArchiveRule>();
  readonly analyzers = new Map<string, LiveAnalyzer>();
  readonly calls: Call[] = [];
  fault: Fault = () => undefined;

  constructor(findings: readonly Finding[] = []) {
    for (const one of findings) this.put(one);
  }

  put(one: Finding): void {
    this.findings.set(`${one.analyzerArn} ${one.id}`, one);
  }

  remove(id: string, analyzerArn = ANALYZER): void {
    this.findings.delete(`${analyzerArn} ${id}`);
  }

  statusOf(id: string, analyzerArn = ANALYZER): FindingStatus | undefined {
    return this.findings.get(`${analyzerArn} ${id}`)?.status;
  }

  setStatus(id: string, status: FindingStatus, analyzerArn = ANALYZER): void {
    const one = this.findings.get(`${analyzerArn} ${id}`);
    if (one !== undefined) this.put({ ...one, status });
  }

  sent(method = 'updateFindings'): readonly Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  callerAccount = async (): Promise<string> => '111122223333';

  iam = (): IamChanger => {
    throw new Error('this service has no IAM');
  };

  at: TriageGateway['at'] = (): TriageRegionGateway => {
    const answer = this.answer.bind(this);
    const ofAnalyzer = (arn: string) =>
      [...this.findings.values()].filter(({ analyzerArn }) => analyzerArn === arn);
    const rule = (method: string, analyzerArn: string, name: string, work: (key: string) => void) =>
      answer({ method, analyzerArn, ids: [name], token: undefined }, () => work(`${analyzerArn} ${name}`));
    const put = (key: string, analyzerArn: string, ruleName: string, filter: Criteria) =>
      this.rules.set(key, {
        profile: 'default',
        region: analyzerArn.split(':')[3] ?? '',
        analyzerArn,
        ruleName,
        filter,
        createdAt: 1,
        updatedAt: 1,
      });
    const need = (key: string): ArchiveRule => {
      const found = this.rules.get(key);
      if (found === undefined) throw new ProblemError({ kind: 'not-found', message: `No rule ${key}.` });
      return found;
    };
    return {
      updateFindings: async (analyzerArn, ids, status, { clientToken, signal }) => {
        if (signal?.aborted === true) throw new ProblemError({ kind: 'cancelled', message: 'Cancelled.' });
        this.answer({ method: 'updateFindings', analyzerArn, ids, token: clientToken }, () =>
          this.update(analyzerArn, ids, status),
        );
      },
      readFinding: async ({ analyzerArn, id }) => this.findings.get(`${analyzerArn} ${id}`),
      readFindings: async (analyzerArn, _profile, ids) => {
        this.answer({ method: 'readFindings', analyzerArn, ids, token: undefined }, () => undefined);
        return ids.flatMap((id) => this.findings.get(`${analyzerArn} ${id}`) ?? []);
      },
      listFindings: async function* ({ arn }, { filter }) {
        answer({ method: 'listFindings', analyzerArn: arn, ids: [], token: undefined }, () => undefined);
        yield { findings: ofAnalyzer(arn).filter((one) => matchesCriteria(filter, one)) };
      },
      listArchiveRules: async ({ arn }) => {
        answer({ method: 'listArchiveRules', analyzerArn: arn, ids: [], token: undefined }, () => undefined);
        return [...this.rules.values()].filter(({ analyzerArn }) => analyzerArn === arn);
      },
      createArchiveRule: async (analyzerArn, name, filter) => {
        rule('createArchiveRule', analyzerArn, name, (key) => {
          if (this.rules.has(key))
            throw new ProblemError({ kind: 'conflict', message: `There is a rule ${name}.` });
          put(key, analyzerArn, name, filter);
        });
      },
      updateArchiveRule: async (analyzerArn, name, filter) => {
        rule('updateArchiveRule', analyzerArn, name, (key) => {
          need(key);
          put(key, analyzerArn, name, filter);
        });
      },
      deleteArchiveRule: async (analyzerArn, name) => {
        rule('deleteArchiveRule', analyzerArn, name, (key) => {
          need(key);
          this.rules.delete(key);
        });
      },
      applyArchiveRule: async (analyzerArn, name) => {
        rule('applyArchiveRule', analyzerArn, name, (key) => {
          const { filter } = need(key);
          for (const one of ofAnalyzer(analyzerArn)) {
            if (one.status === 'ACTIVE' && matchesCriteria(filter, one))
              this.put({ ...one, status: 'ARCHIVED' });
          }
        });
      },
      startResourceScan: async () => undefined,
      readAnalyzer: async (analyzerArn) => {
        answer({ method: 'readAnalyzer', analyzerArn, ids: [], token: undefined }, () => undefined);
        return this.analyzers.get(analyzerArn);
      },
      deleteAnalyzer: async (analyzerArn, { clientToken }) =>
        answer({ method: 'deleteAnalyzer', analyzerArn, ids: [], token: clientToken }, () => {
          this.analyzers.delete(analyzerArn);
        }),
    };
  };

  private answer(call: Call, work: () => void): void {
    this.calls.push(call);
    const fault = this.fault(call);
    if (fault !== undefined && fault !== 'lost') throw new ProblemError(fault);
    work();
    if (fault === 'lost')
      throw new ProblemError({ kind: 'timeout', message: 'No answer came in 20 s.', retryable: true });
  }

  private update(analyzerArn: string, ids: readonly string[], status: FindingStatus): void {
    for (const id of ids) {
      const one = this.findings.get(`${analyzerArn} ${id}`);
      if (one === undefined) throw new ProblemError({ kind: 'not-found', message: `No finding ${id}.` });
      if (one.status === 'RESOLVED')
        throw new ProblemError({ kind: 'invalid', message: `Finding ${id} is RESOLVED.` });
    }
    for (const id of ids) this.setStatus(id, status, analyzerArn);
  }
}

export class MemoryStore implements TriageStore {
  readonly findings = new Map<string, StoredFinding>();
  readonly decisions = new Map<string, Decision>();

  finding = ({ profile, analyzerArn, id }: FindingRef): StoredFinding | undefined =>
    this.findings.get(`${profile} ${analyzerArn} ${id}`);

  saveFinding(one: Finding): void {
    this.findings.set(`${one.profile} ${one.analyzerArn} ${one.id}`, stored(one));
  }

  markGone(ref: FindingRef, at: number): void {
    const one = this.finding(ref);
    if (one !== undefined) this.findings.set(`${ref.profile} ${ref.analyzerArn} ${ref.id}`, stored(one, at));
  }

  saveDecisions(decisions: readonly Decision[]): void {
    for (const decision of decisions) this.decisions.set(decision.exposureId, decision);
  }

  readonly fixed = new Map<string, number>();

  setFixedMark(exposureId: string, at: number | undefined): void {
    if (at === undefined) this.fixed.delete(exposureId);
    else this.fixed.set(exposureId, at);
  }

  readonly rules = new Map<string, readonly ArchiveRule[]>();

  saveArchiveRules(analyzerArn: string, profile: string, rules: readonly ArchiveRule[]): void {
    this.rules.set(`${profile} ${analyzerArn}`, rules);
  }

  dropAnalyzer({ profile, analyzerArn }: Pick<FindingRef, 'profile' | 'analyzerArn'>, at: number): number {
    const theirs = [...this.findings.values()].filter(
      (one) => one.profile === profile && one.analyzerArn === analyzerArn && one.goneAt === undefined,
    );
    for (const one of theirs) this.markGone(one, at);
    this.rules.delete(`${profile} ${analyzerArn}`);
    return theirs.length;
  }

  decision = (exposureId: string): Decision | undefined => this.decisions.get(exposureId);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class MemoryJournal implements JournalStore {
  private readonly list: JournalEntry[] = [];
  #afterWrite: (what: string) => void = () => undefined;
  #crash: unknown;

  /** Called after each write: a test that throws here is a crash at that very point, and setting another one a new start. */
  set afterWrite(listener: (what: string) => void) {
    this.#afterWrite = listener;
    this.#crash = undefined;
  }

  #written(what: string): void {
    try {
      this.#afterWrite(what);
    } catch (thrown) {
      this.#crash = thrown;
      throw thrown;
    }
  }

  openEntry(plan: Plan, at: number, by: string): JournalEntry {
    const { kind, title, reason, of } = plan;
    const id = this.list.length + 1;
    const operations = plan.operations.map((operation, index) => ({
      ...operation,
      index,
      state: 'planned' as const,
      clientToken: `token-${id}-${index}`,
    }));
    const entry: JournalEntry = {
      id,
      at,
      kind,
      title,
      state: 'planned',
      by,
      operations,
      ...(reason === undefined ? {} : { reason }),
      ...(of === undefined ? {} : { of }),
    };
    this.list.push(entry);
    this.#written('open');
    return entry;
  }

  setOperation(entryId: number, index: number, change: Parameters<JournalStore['setOperation']>[2]): void {
    const entry = this.need(entryId);
    const { at, ...rest } = change;
    const operations = entry.operations.map((operation): JournalOperation =>
      operation.index !== index
        ? operation
        : { ...operation, ...rest, ...(rest.state === 'sent' ? { sentAt: at } : { finishedAt: at }) },
    );
    this.replace({ ...entry, state: 'running', operations });
    this.#written(change.state);
  }

  closeEntry(entryId: number, state: JournalEntry['state'], at: number): void {
    this.replace({ ...this.need(entryId), state, finishedAt: at });
    this.#written('close');
  }

  setUndone(entryId: number, by: number | undefined): void {
    const entry: Mutable<JournalEntry> = { ...this.need(entryId) };
    delete entry.undoneBy;
    this.replace(by === undefined ? entry : { ...entry, undoneBy: by, state: 'undone' });
  }

  entry = (id: number): JournalEntry | undefined => {
    if (this.#crash !== undefined) throw this.#crash as Error;
    return this.list[id - 1];
  };

  entries({
    limit = 100,
    before = Infinity,
  }: { limit?: number; before?: number } = {}): readonly JournalEntry[] {
    return this.list
      .filter(({ id }) => id < before)
      .toReversed()
      .slice(0, limit);
  }

  openEntries = (): readonly JournalEntry[] =>
    this.list.filter(({ state }) => state === 'planned' || state === 'running');

  private need(id: number): JournalEntry {
    const entry = this.entry(id);
    if (entry === undefined) throw new Error(`no entry ${id}`);
    return entry;
  }

  private replace(entry: JournalEntry): void {
    this.list[entry.id - 1] = entry;
  }
}

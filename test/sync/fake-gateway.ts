/** A far side in memory: lists with filter, sort and tokens, and fails where it is told to. */
import type { Analyzer, AnalyzerType } from '../../src/domain/analyzer.ts';
import { matchesCriteria } from '../../src/domain/criteria.ts';
import type { Finding, FindingDetail, FindingRef } from '../../src/domain/finding.ts';
import { ProblemError, type Problem } from '../../src/domain/problem.ts';
import type { FindingPage, Gateway, ListOptions, RegionGateway, Target } from '../../src/sync/ports.ts';

export const NOW = Date.parse('2026-03-01T12:00:00Z');

export const arnOf = (region: string, name: string): string =>
  `arn:aws:access-analyzer:${region}:111122223333:analyzer/${name}`;

export function anAnalyzer(
  region: string,
  name: string,
  type: AnalyzerType = 'ACCOUNT',
  more: Partial<Analyzer> = {},
): Analyzer {
  return {
    profile: 'default',
    region,
    arn: arnOf(region, name),
    name,
    type,
    status: 'ACTIVE',
    createdAt: NOW - 1e9,
    ...more,
  };
}

export function aFinding(analyzer: Analyzer, id: string, more: Partial<Finding> = {}): Finding {
  return {
    profile: analyzer.profile,
    region: analyzer.region,
    analyzerArn: analyzer.arn,
    id,
    findingType: analyzer.type.includes('UNUSED') ? 'UnusedIAMRole' : 'ExternalAccess',
    status: 'ACTIVE',
    resource: `arn:aws:iam::111122223333:role/${id}`,
    resourceType: 'AWS::IAM::Role',
    resourceOwnerAccount: '111122223333',
    createdAt: NOW - 2e9,
    analyzedAt: NOW - 1e9,
    updatedAt: NOW - 1e9,
    ...more,
  };
}

export const aProblem = (kind: Problem['kind'], message = `It is ${kind}.`): ProblemError =>
  new ProblemError({ kind, message });

interface Request {
  readonly call: string;
  readonly region: string;
  readonly options?: ListOptions | undefined;
}

export class FakeGateway implements Gateway {
  readonly targets: Target[] = [];
  requests = 0;
  readonly log: Request[] = [];
  readonly analyzers: Analyzer[] = [];
  readonly findings = new Map<string, Finding[]>();
  readonly details = new Map<string, FindingDetail>();
  pageSize = 2;
  /** false: takes a sort and does not follow it. */
  sorts = true;
  /** What a call ends in, or undefined for the right answer; may wait. */
  before: (request: Request, signal: AbortSignal | undefined) => Promise<void> | void = () => {};

  add(analyzer: Analyzer, findings: readonly Finding[] = []): this {
    if (!this.targets.some(({ region }) => region === analyzer.region)) this.region(analyzer.region);
    this.analyzers.push(analyzer);
    this.findings.set(analyzer.arn, [...findings]);
    return this;
  }
  region(region: string, profile = 'default'): this {
    this.targets.push({ profile, region });
    return this;
  }

  async callerAccount(): Promise<string> {
    await this.#ask({ call: 'callerAccount', region: '' }, undefined);
    return '111122223333';
  }

  async #ask(request: Request, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) throw aProblem('cancelled', 'Cancelled.');
    this.requests += 1;
    this.log.push(request);
    await this.before(request, signal);
  }

  at({ region }: { readonly region: string }): RegionGateway {
    const list = (analyzer: Analyzer, options: ListOptions = {}) => this.#list(analyzer, options);
    return {
      listAnalyzers: async (signal) => {
        await this.#ask({ call: 'listAnalyzers', region }, signal);
        return this.analyzers.filter((each) => each.region === region);
      },
      getAnalyzer: async (analyzer) => analyzer,
      listFindings: list,
      getFinding: async (ref: FindingRef, signal, onSent) => {
        onSent?.();
        await this.#ask({ call: `getFinding ${ref.id}`, region }, signal);
        const finding = this.findings.get(ref.analyzerArn)?.find(({ id }) => id === ref.id);
        return finding && { finding, detail: this.details.get(ref.id) };
      },
      listArchiveRules: async (_analyzer, signal) => {
        await this.#ask({ call: 'listArchiveRules', region }, signal);
        return [];
      },
    };
  }

  async *#list(analyzer: Analyzer, options: ListOptions): AsyncIterable<FindingPage> {
    let start = Number(options.startToken?.split('@')[1] ?? 0);
    const shape = JSON.stringify([options.filter, options.sort]);
    if (options.startToken !== undefined && !options.startToken.endsWith(shape))
      throw aProblem('invalid', 'Bad token.');
    for (;;) {
      await this.#ask({ call: 'listFindings', region: analyzer.region, options }, options.signal);
      let rows = this.findings.get(analyzer.arn) ?? [];
      if (options.filter !== undefined)
        rows = rows.filter((finding) => matchesCriteria(options.filter ?? {}, finding));
      if (options.sort !== undefined && this.sorts) rows = rows.toSorted((a, b) => b.updatedAt - a.updatedAt);
      const page = rows.slice(start, start + this.pageSize);
      start += this.pageSize;
      const nextToken = start < rows.length ? `@${start}@${shape}` : undefined;
      yield { findings: page, nextToken };
      if (nextToken === undefined) return;
    }
  }
}

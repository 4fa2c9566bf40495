import type { ListFindingsRequest, ListFindingsV2Request } from '@aws-sdk/client-accessanalyzer';
import { analyzerKind, type Analyzer } from '../domain/analyzer.ts';
import type { ArchiveRule, Criteria } from '../domain/archive-rule.ts';
import type { Finding, FindingRef, FindingScope } from '../domain/finding.ts';
import { ProblemError, toProblem } from '../domain/problem.ts';
import { sendOptions } from './calls.ts';
import type { RegionCalls } from './region-calls.ts';
import { takeRows, type RawRow } from './raw-rows.ts';
import { fromCriteria, toAnalyzer, toArchiveRule, toExternalFinding, toFinding } from './translate.ts';
import { toFindingWithDetail, type FindingWithDetail } from './translate-detail.ts';

export interface FindingPage {
  readonly findings: readonly Finding[];
  /** Token of the page after this one; undefined: this was the last. */
  readonly nextToken: string | undefined;
}

export interface ListOptions {
  readonly filter?: Criteria;
  readonly sort?: { readonly attributeName: string; readonly orderBy: 'ASC' | 'DESC' };
  readonly startToken?: string;
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
}

/** Reads of one Region. Fills RegionGateway of src/sync/ports.ts; errors are thrown as ProblemError. */
export interface RegionReader {
  listAnalyzers(signal?: AbortSignal): Promise<readonly Analyzer[]>;
  getAnalyzer(analyzer: Analyzer, signal?: AbortSignal): Promise<Analyzer>;
  listFindings(analyzer: ListedAnalyzer, options?: ListOptions): AsyncIterable<FindingPage>;
  getFinding(
    ref: FindingRef,
    signal?: AbortSignal,
    onSent?: () => void,
  ): Promise<FindingWithDetail | undefined>;
  listArchiveRules(analyzer: Analyzer, signal?: AbortSignal): Promise<readonly ArchiveRule[]>;
}

type ListedAnalyzer = Pick<Analyzer, 'profile' | 'region' | 'arn' | 'type'>;

/** AWS publishes no ceiling of maxResults; other tools ask for up to 1,000. A refusal falls back to what is surely allowed. */
const PAGE_SIZE = 1_000;
const SAFE_PAGE_SIZE = 100;

export function createRegionReader(calls: RegionCalls): RegionReader {
  const at = { profile: calls.profile, region: calls.region };
  return {
    listAnalyzers: async (signal) => {
      const analyzers: Analyzer[] = [];
      for await (const page of pages(undefined, (nextToken) =>
        calls.run('ListAnalyzers', (client, sdk) =>
          client.send(
            new sdk.ListAnalyzersCommand({ ...(nextToken === undefined ? {} : { nextToken }) }),
            sendOptions(signal),
          ),
        ),
      )) {
        for (const summary of page.analyzers ?? []) {
          const analyzer = toAnalyzer(summary, at, calls.report);
          if (analyzer !== undefined) analyzers.push(analyzer);
        }
      }
      return analyzers;
    },
    getAnalyzer: async (analyzer, signal) => {
      const answer = await calls.run('GetAnalyzer', (client, sdk) =>
        client.send(new sdk.GetAnalyzerCommand({ analyzerName: analyzer.name }), sendOptions(signal)),
      );
      return (
        (answer.analyzer === undefined ? undefined : toAnalyzer(answer.analyzer, at, calls.report)) ??
        analyzer
      );
    },
    listFindings: (analyzer, options = {}) => listFindings(calls, analyzer, options),
    getFinding: (ref, signal, onSent) => getFinding(calls, ref, { signal, onSent }),
    listArchiveRules: (analyzer, signal) => listArchiveRules(calls, analyzer, signal),
  };
}

async function listArchiveRules(calls: RegionCalls, analyzer: Analyzer, signal: AbortSignal | undefined) {
  const rules: ArchiveRule[] = [];
  for await (const page of pages(undefined, (nextToken) =>
    calls.run('ListArchiveRules', (client, sdk) => {
      const input = { analyzerName: analyzer.name, ...(nextToken === undefined ? {} : { nextToken }) };
      return client.send(new sdk.ListArchiveRulesCommand(input), sendOptions(signal));
    }),
  )) {
    for (const summary of page.archiveRules ?? []) rules.push(toArchiveRule(summary, analyzer));
  }
  return rules;
}

interface Paged {
  readonly nextToken?: string | undefined;
}

/** The pages of a list, each asked for when the one before has been used. */
async function* pages<T extends Paged>(
  start: string | undefined,
  ask: (token: string | undefined) => Promise<T>,
): AsyncIterable<T> {
  let token = start;
  do {
    const page = await ask(token);
    yield page;
    // A token that does not move would page for ever.
    if (page.nextToken !== undefined && page.nextToken === token) {
      throw new ProblemError({
        kind: 'bad-answer',
        message: 'AWS gave the same page token twice.',
        retryable: true,
      });
    }
    token = page.nextToken;
  } while (token !== undefined);
}

async function* listFindings(
  calls: RegionCalls,
  analyzer: ListedAnalyzer,
  options: ListOptions,
): AsyncIterable<FindingPage> {
  const scope = { profile: calls.profile, region: calls.region, analyzerArn: analyzer.arn };
  const isExternal = analyzerKind(analyzer.type) === 'external';
  const translate = isExternal ? toExternalFinding : toFinding;
  const input: ListInput = {
    analyzerArn: analyzer.arn,
    maxResults: options.pageSize ?? PAGE_SIZE,
    ...(options.filter === undefined ? {} : { filter: fromCriteria(options.filter) }),
    ...(options.sort === undefined ? {} : { sort: options.sort }),
  };
  const send = isExternal ? sendListV1 : sendListV2;
  const ask = async (nextToken: string | undefined) => {
    const request = nextToken === undefined ? input : { ...input, nextToken };
    try {
      return await send(calls, request, options.signal);
    } catch (thrown) {
      if (nextToken !== undefined || !isPageSizeRefusal(thrown)) throw thrown;
      input.maxResults = SAFE_PAGE_SIZE;
      return send(calls, input, options.signal);
    }
  };
  for await (const page of pages(options.startToken, ask)) {
    const findings: Finding[] = [];
    for (const row of page.rows) {
      const finding = translate(row, scope, calls.report);
      if (finding !== undefined) findings.push(finding);
    }
    yield { findings, nextToken: page.nextToken };
  }
}

type ListInput = ListFindingsRequest & ListFindingsV2Request;
type Send = (calls: RegionCalls, input: ListInput, signal: AbortSignal | undefined) => Promise<RowPage>;

interface RowPage extends Paged {
  readonly rows: readonly RawRow[];
}

const sendListV1: Send = (calls, input, signal) =>
  calls.run('ListFindings', async (client, sdk) => {
    const command = new sdk.ListFindingsCommand(input);
    const rows = takeRows(command);
    const { nextToken } = await client.send(command, sendOptions(signal));
    return { nextToken, rows: rows() };
  });

const sendListV2: Send = (calls, input, signal) =>
  calls.run('ListFindingsV2', async (client, sdk) => {
    const command = new sdk.ListFindingsV2Command(input);
    const rows = takeRows(command);
    const { nextToken } = await client.send(command, sendOptions(signal));
    return { nextToken, rows: rows() };
  });

function isPageSizeRefusal(thrown: unknown): boolean {
  const problem = toProblem(thrown);
  return problem.kind === 'invalid' && /maxResults/i.test(`${problem.message} ${problem.detail ?? ''}`);
}

/** `undefined`: the finding does not exist any more. Each detail page takes its turn. */
async function getFinding(
  calls: RegionCalls,
  ref: FindingRef,
  { signal, onSent }: { readonly signal: AbortSignal | undefined; readonly onSent: (() => void) | undefined },
) {
  const scope: FindingScope = { profile: calls.profile, region: calls.region, analyzerArn: ref.analyzerArn };
  const ask = async (nextToken: string | undefined) => {
    await calls.pacer.turn(signal);
    if (nextToken === undefined) onSent?.();
    const answer = await calls.run('GetFindingV2', (client, sdk) => {
      const input = {
        analyzerArn: ref.analyzerArn,
        id: ref.id,
        ...(nextToken === undefined ? {} : { nextToken }),
      };
      return client.send(new sdk.GetFindingV2Command(input), sendOptions(signal));
    });
    calls.pacer.speedUp();
    return answer;
  };
  try {
    const answers = [];
    for await (const page of pages(undefined, ask)) answers.push(page);
    return toFindingWithDetail(answers, scope, calls.report);
  } catch (thrown) {
    if (toProblem(thrown).kind === 'not-found') return undefined;
    throw thrown;
  }
}

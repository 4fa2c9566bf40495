import type { ListFindingsRequest, ListFindingsV2Request } from '@aws-sdk/client-accessanalyzer';
import { analyzerKind, type Analyzer } from '../domain/analyzer.ts';
import type { Criteria } from '../domain/archive-rule.ts';
import { withoutIdleType } from '../domain/criteria.ts';
import type { Finding } from '../domain/finding.ts';
import { toProblem } from '../domain/problem.ts';
import { sendOptions } from './calls.ts';
import { nextTokenOf, readPages, withToken, type Paged } from './pages.ts';
import { takeRows, type RawRow } from './raw-rows.ts';
import type { RegionCalls } from './region-calls.ts';
import { fromCriteria } from './translate-criteria.ts';
import { toExternalFinding, toFinding } from './translate-finding.ts';

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

/** What a listing needs to know of an analyzer. */
export type ListedAnalyzer = Pick<Analyzer, 'arn' | 'type'>;

/** AWS publishes no ceiling of maxResults; other tools ask for up to 1,000. A refusal falls back to what is surely allowed. */
const PAGE_SIZE = 1_000;
const SAFE_PAGE_SIZE = 100;

export type ListFindings = (analyzer: ListedAnalyzer, options: ListOptions) => AsyncIterable<FindingPage>;

/** External analyzers are listed by ListFindings (v1), whose rows carry everything; the rest by ListFindingsV2. */
export function createFindingLister(calls: RegionCalls): ListFindings {
  let largest = PAGE_SIZE;

  const ask = async (send: Send, input: ListInput, signal: AbortSignal | undefined): Promise<RowPage> => {
    try {
      return await send(calls, { ...input, maxResults: Math.min(input.maxResults, largest) }, signal);
    } catch (thrown) {
      if (input.nextToken !== undefined || largest === SAFE_PAGE_SIZE || !isPageSizeRefusal(thrown))
        throw thrown;
      largest = SAFE_PAGE_SIZE;
      return send(calls, { ...input, maxResults: SAFE_PAGE_SIZE }, signal);
    }
  };

  return async function* (analyzer, options) {
    const scope = { profile: calls.profile, region: calls.region, analyzerArn: analyzer.arn };
    const [send, translate] =
      analyzerKind(analyzer.type) === 'external' ? [sendListV1, toExternalFinding] : [sendListV2, toFinding];
    const input = toInput(analyzer, options);
    const pages = readPages(
      (token) => ask(send, { ...input, ...withToken(token) }, options.signal),
      options.startToken,
    );
    for await (const page of pages) {
      const findings: Finding[] = [];
      for (const row of page.rows) {
        const finding = translate(row, scope, calls.report);
        if (finding !== undefined) findings.push(finding);
      }
      yield { findings, nextToken: nextTokenOf(page) };
    }
  };
}

type ListInput = ListFindingsRequest & ListFindingsV2Request & { maxResults: number };

const toInput = (analyzer: ListedAnalyzer, options: ListOptions): ListInput => ({
  analyzerArn: analyzer.arn,
  maxResults: options.pageSize ?? PAGE_SIZE,
  ...(options.filter === undefined
    ? {}
    : { filter: fromCriteria(withoutIdleType(options.filter, analyzerKind(analyzer.type))) }),
  ...(options.sort === undefined ? {} : { sort: options.sort }),
});

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

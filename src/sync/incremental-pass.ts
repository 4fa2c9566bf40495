import type { Analyzer } from '../domain/analyzer.ts';
import type { Finding } from '../domain/finding.ts';
import { toProblem } from '../domain/problem.ts';
import type { Limit } from './limit.ts';
import type { FindingPage, Pass, RegionGateway } from './ports.ts';

export interface IncrementalPassOptions {
  readonly gateway: Pick<RegionGateway, 'listFindings'>;
  readonly analyzer: Analyzer;
  readonly pass: Pass;
  /** Epoch ms: what was updated before is known. */
  readonly since: number;
  readonly limit: Limit;
  readonly onPage: (findings: number) => void;
  readonly signal: AbortSignal;
}

/** Usually nothing changed: the first page should cost little. */
const PAGE_SIZE = 100;

/** AWS does not publish the names that `sort` takes; this one is the member of a finding. */
const NEWEST_FIRST = { attributeName: 'updatedAt', orderBy: 'DESC' } as const;

/**
 * Reads the latest changes first and stops at what is known. `refused`: the service does not sort like that, or says it
 * does and does not; only a full pass helps then.
 */
export async function runIncrementalPass(options: IncrementalPassOptions): Promise<'done' | 'refused'> {
  const { gateway, analyzer, since, signal, limit } = options;
  const pages = gateway
    .listFindings(analyzer, { sort: NEWEST_FIRST, pageSize: PAGE_SIZE, signal })
    [Symbol.asyncIterator]();
  let newest = Infinity;
  for (let first = true; ; first = false) {
    const page = await nextPage(limit, pages, first);
    if (page === 'refused') return 'refused';
    if (page === undefined) return 'done';
    const times = page.findings.map(({ updatedAt }) => updatedAt);
    if (!isDescending([newest, ...times])) return 'refused';
    newest = times.at(-1) ?? newest;
    const fresh = page.findings.filter(({ updatedAt }) => updatedAt >= since);
    keep(options, fresh);
    if (fresh.length < page.findings.length) return 'done';
  }
}

type NextPage = FindingPage | undefined | 'refused';

async function nextPage(limit: Limit, pages: AsyncIterator<FindingPage>, first: boolean): Promise<NextPage> {
  try {
    const result = await limit(() => pages.next());
    return result.done === true ? undefined : result.value;
  } catch (thrown) {
    if (first && toProblem(thrown).kind === 'invalid') return 'refused';
    throw thrown;
  }
}

const isDescending = (times: readonly number[]): boolean =>
  times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time));

/** No place to go on from is kept: an interrupted one begins again with the latest changes. */
function keep({ pass, onPage }: IncrementalPassOptions, fresh: readonly Finding[]): void {
  if (fresh.length === 0) return;
  pass.savePage(fresh, undefined);
  onPage(fresh.length);
}

import type { Analyzer } from '../domain/analyzer.ts';
import { toProblem } from '../domain/problem.ts';
import { formatCursor, type Cursor, type Stream } from './cursor.ts';
import type { Limit } from './limit.ts';
import { dividesByStatus, planPartition } from './partition.ts';
import type { FindingPage, ListOptions, Pass, RegionGateway } from './ports.ts';

export interface FullPassOptions {
  readonly gateway: Pick<RegionGateway, 'listFindings'>;
  readonly analyzer: Analyzer;
  readonly pass: Pass;
  /** Where an interrupted pass stood; without it the pass begins at the first page. */
  readonly cursor?: Cursor;
  /** Requests side by side in this Region. */
  readonly limit: Limit;
  readonly watchWaiting: WatchWaiting;
  readonly onPage: (findings: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Begins to watch this process; the answer tells whether it has mostly waited since. Then, and only then, it pays to list
 * in several series: requests side by side shorten waiting, not work.
 */
export type WatchWaiting = () => () => boolean;

/** A series of pages while it is read. */
interface Series {
  at: Stream;
  /** `undefined`: there is none left. */
  readonly next: () => Promise<FindingPage | undefined>;
}

export interface FullPassEnd {
  /** Findings that changed while it ran may be missing: its series were divided by something that changes. */
  readonly mayMissChanges: boolean;
}

/**
 * Lists everything of an analyzer into a pass. Page tokens make one series sequential, so where waiting takes the time a
 * long list is read in several series, each with its own share of the findings.
 */
export async function runFullPass(options: FullPassOptions): Promise<FullPassEnd> {
  const cancel = new AbortController();
  const signal = AbortSignal.any([options.signal, cancel.signal]);
  /** The series that have pages left: together they are the cursor. */
  const open = new Set<Series>();
  const reading: Promise<void>[] = [];
  let failure: { readonly thrown: unknown } | undefined;
  let mayMissChanges = false;

  const start = (series: Series): void => {
    open.add(series);
    mayMissChanges ||= dividesByStatus([series.at.filter]);
    const ended = readSeries(options, series, { open, signal, start }).catch((thrown: unknown) => {
      failure ??= { thrown };
      cancel.abort();
    });
    reading.push(ended);
  };
  for (const stream of options.cursor ?? [{ filter: undefined, token: undefined }]) {
    start(openSeries(options, stream, signal));
  }
  // Grows while it is awaited: a series that splits starts others before it ends.
  for (const ended of reading) await ended;
  if (failure !== undefined) throw failure.thrown;
  return { mayMissChanges };
}

function openSeries({ gateway, analyzer, limit }: FullPassOptions, at: Stream, signal: AbortSignal): Series {
  const listing: ListOptions = {
    signal,
    ...(at.filter === undefined ? {} : { filter: at.filter }),
    ...(at.token === undefined ? {} : { startToken: at.token }),
  };
  const pages = gateway.listFindings(analyzer, listing)[Symbol.asyncIterator]();
  const next = async () => {
    const result = await limit(() => pages.next());
    return result.done === true ? undefined : result.value;
  };
  return { at, next };
}

interface Field {
  readonly open: Set<Series>;
  readonly signal: AbortSignal;
  start(this: void, series: Series): void;
}

async function readSeries(options: FullPassOptions, series: Series, field: Field): Promise<void> {
  const isWhole = series.at.filter === undefined && series.at.token === undefined;
  const hasWaited = options.watchWaiting();
  let page = await series.next();
  if (isWhole && page?.nextToken !== undefined && hasWaited()) {
    const shares = await openShares(options, page, field.signal);
    if (shares !== undefined) {
      // Nothing of this page is kept: its findings come again, each in its share.
      field.open.delete(series);
      shares.forEach(field.start);
      return;
    }
  }
  while (page !== undefined) {
    const more: boolean = page.nextToken !== undefined;
    // Where waiting takes the time, the next page is on its way while this one is written.
    const ahead = more && hasWaited() ? series.next() : undefined;
    // If it fails, that is met when this page is safe.
    ahead?.catch(() => undefined);
    keepPage(options, { series, page, open: field.open });
    page = more ? await (ahead ?? series.next()) : undefined;
  }
}

/** Series for the shares, each with its first page under way; `undefined` where the service refuses such a filter. */
async function openShares(
  options: FullPassOptions,
  page: FindingPage,
  signal: AbortSignal,
): Promise<readonly Series[] | undefined> {
  const shares = planPartition(options.analyzer.type, page.findings).map((filter) => {
    const series = openSeries(options, { filter, token: undefined }, signal);
    return { series, first: series.next() };
  });
  const firsts = await Promise.allSettled(shares.map(({ first }) => first));
  const refused = firsts.find((each) => each.status === 'rejected');
  if (refused !== undefined && toProblem(refused.reason).kind === 'invalid') return undefined;
  return shares.map(({ series, first }) => withFirst(series, first));
}

function withFirst(series: Series, first: Promise<FindingPage | undefined>): Series {
  let pending: Promise<FindingPage | undefined> | undefined = first;
  const next = (): Promise<FindingPage | undefined> => {
    const answer = pending ?? series.next();
    pending = undefined;
    return answer;
  };
  return { at: series.at, next };
}

/** The page is written together with the place behind it. */
function keepPage(
  { pass, onPage }: FullPassOptions,
  { series, page, open }: { readonly series: Series; readonly page: FindingPage; readonly open: Set<Series> },
): void {
  if (page.nextToken === undefined) open.delete(series);
  else series.at = { ...series.at, token: page.nextToken };
  pass.savePage(page.findings, formatCursor([...open].map(({ at }) => at)));
  onPage(page.findings.length);
}

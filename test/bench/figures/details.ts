import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { listRows } from '../../../src/app/layout.ts';
import { paceOf } from '../../../src/aws/pacing.ts';
import { openStore, type Store } from '../../../src/cache/open-store.ts';
import { parseFilter } from '../../../src/domain/filter/parse.ts';
import type { ListQuery } from '../../../src/domain/listing.ts';
import { SETTINGS } from '../../../src/services/settings-table.ts';
import { type Bench, formatCount, regionOptions } from '../bench.ts';
import type { Row } from '../figure.ts';
import { storeOf } from '../stores.ts';
import { SIZE, TimedTerminal } from '../timed-terminal.ts';
import { type SeenRequest, watchEndpoint } from '../watched-endpoint.ts';

const FINDINGS = 10_000;
/** Rows that need no detail, to begin with; then rows that only GetFindingV2 tells about. */
const WITHOUT = 'type:ExternalAccess';
const FILTER = 'status:active type:UnusedPermission';
const SHOWN = listRows(SIZE);
/** The list keeps a screen above and one below what is shown. */
const LOADED = 3 * SHOWN;
const TIMEOUT_MS = 30_000;
/** Keys of someone who goes through pages, and the time between them. */
const [PAGES, BETWEEN_KEYS_MS] = [12, 80];
/** A key that was pressed has been seen to by then. */
const HEARD_MS = 60;
/** A request may come so much later than it was let go: the first one of a Region opens its connection. */
const ON_ITS_WAY_MS = 300;

const [KILL_LINE, HALF_PAGE, ENTER] = ['\u0015', '\u0004', '\r'] as const;

/** A request for the detail of one finding. */
interface Asked extends SeenRequest {
  readonly id: string;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const detailsAsked = (seen: readonly SeenRequest[]): readonly Asked[] =>
  seen.flatMap((request) => {
    const id = request.method === 'GET' ? /^\/findingv2\/([^?]+)/.exec(request.url)?.[1] : undefined;
    return id === undefined ? [] : [{ ...request, id: decodeURIComponent(id) }];
  });

/** Findings whose detail the store lacks, of each row of the list by resource: details change the order by risk. */
function lackingRows(store: Store): readonly (readonly string[])[] {
  const filter = parseFilter(FILTER);
  if (!filter.ok) throw new Error(filter.problem.message);
  const query: ListQuery = {
    filter: filter.expr,
    sort: { key: 'resource', descending: false },
    context: { now: Date.now(), lastVisitAt: 0, marked: new Set() },
  };
  const rows = store.window(query, 0, store.counts(query).exposures);
  return rows.map(({ exposureId }) => store.missingDetails([exposureId]).map(({ id }) => id));
}

/** Waits until of each row a finding has been asked for: its twins in other Regions say the same. */
async function waitForRows(
  rows: readonly (readonly string[])[],
  seen: readonly SeenRequest[],
  terminal: TimedTerminal,
): Promise<void> {
  for (const end = performance.now() + TIMEOUT_MS; performance.now() < end; await sleep(50)) {
    const found = new Set(detailsAsked(seen).map(({ id }) => id));
    if (rows.every((ids) => ids.some((id) => found.has(id)))) return;
  }
  throw new Error(`Not all details of the screen were asked for:\n${terminal.screen()}`);
}

/** How many were asked for before the last one of those on the screen; each Region has a pace of its own. */
const tooEarly = (shown: ReadonlySet<string>, requests: readonly Asked[]): number =>
  requests.filter(
    ({ id, region }, at) =>
      !shown.has(id) &&
      requests.slice(at + 1).some((later) => later.region === region && shown.has(later.id)),
  ).length;

/** How far the requests to one Region ever went beyond the pace: the burst, and so many for each second since. */
function beyondPace(requests: readonly Asked[]): number {
  const { burst, perSecond } = paceOf(SETTINGS.detailsPerSecond.default);
  const times = Map.groupBy(requests, ({ region }) => region);
  const beyond = [...times.values()].flatMap((some) =>
    some.flatMap(({ at: from }, first) =>
      some
        .slice(first)
        .map(({ at }, count) => count + 1 - burst - ((at - from + ON_ITS_WAY_MS) / 1_000) * perSecond),
    ),
  );
  return Math.max(0, Math.floor(Math.max(...beyond)));
}

async function showByResource(terminal: TimedTerminal): Promise<void> {
  await terminal.waitFor((screen) => screen.includes('1 of '));
  await terminal.quiet(2_000);
  await terminal.press('S');
  await terminal.press('n', { until: (screen) => screen.includes('by resource') });
  await terminal.press('/');
  terminal.type(KILL_LINE + FILTER);
  await terminal.quiet(60);
  terminal.type(ENTER);
}

/** What was asked of GetFindingV2, and when, while somebody looks at a screen, goes through pages, and rests at the end. */
async function watchDetails(bench: Bench) {
  const home = bench.newHome('details');
  cpSync(await storeOf(bench, FINDINGS), home, { recursive: true });
  const store = openStore(join(home, 'store.sqlite'));
  if (!store.ok) throw new Error(store.problem.message);
  const rows = lackingRows(store.value);
  store.value.close();
  const endpoint = await watchEndpoint((await bench.emulator(FINDINGS)).url);
  const args = [bench.program, '--filter', WITHOUT, ...regionOptions];
  const terminal = new TimedTerminal(process.execPath, args, bench.env(home, endpoint.url));
  try {
    await showByResource(terminal);
    const first = rows.slice(0, SHOWN);
    await waitForRows(first, endpoint.seen, terminal);
    const before = endpoint.seen.length;
    const scrolledAt = performance.now();
    for (let page = 0; page < PAGES; page++, await sleep(BETWEEN_KEYS_MS)) terminal.type(HALF_PAGE);
    terminal.type('G');
    const last = rows.slice(-SHOWN);
    await waitForRows(last, endpoint.seen, terminal);
    return {
      requests: detailsAsked(endpoint.seen),
      atFirst: { shown: new Set(first.flat()), requests: detailsAsked(endpoint.seen.slice(0, before)) },
      atLast: { shown: new Set(last.flat()), requests: detailsAsked(endpoint.seen.slice(before)) },
      scrolledAt,
      loaded: new Set(rows.slice(-LOADED).flat()),
    };
  } finally {
    await terminal.close();
    endpoint.stop();
  }
}

/** Details of what is on the screen: their order, what scrolling leaves of them, and their pace. */
export async function measureDetails(bench: Bench): Promise<readonly Row[]> {
  const { requests, atFirst, atLast, scrolledAt, loaded } = await watchDetails(bench);
  const { burst, perSecond } = paceOf(SETTINGS.detailsPerSecond.default);
  const passed = atLast.requests.filter(({ at, id }) => at > scrolledAt + HEARD_MS && !loaded.has(id));
  const zero = (what: string, value: number, note: string): Row => ({
    what: `details asked for ${what}`,
    at: formatCount(FINDINGS),
    value,
    unit: 'requests',
    bar: { of: 'value', most: 0 },
    note,
  });
  const shown = atFirst.shown.size + atLast.shown.size;
  return [
    zero(
      'before those on the screen',
      tooEarly(atFirst.shown, atFirst.requests) + tooEarly(atLast.shown, atLast.requests),
      `two screens with ${shown} findings`,
    ),
    zero(
      'of rows scrolled past',
      passed.length,
      `${PAGES} half pages in ${(PAGES * BETWEEN_KEYS_MS) / 1_000} s`,
    ),
    zero(
      'beyond the pace',
      beyondPace(requests),
      `${requests.length} in all; ${burst} at once and ${perSecond} a second in each Region`,
    ),
  ];
}

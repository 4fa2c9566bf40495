import type { Problem } from '../../domain/problem.ts';
import { isUnseen, type RegionOutcome } from '../../domain/analyzer.ts';
import { formatCount, formatNumber } from '../../domain/format-count.ts';
import type { StoreSummary } from '../../domain/listing.ts';
import type { AppState } from '../state.ts';

/** What the store has not seen, and why a list is empty: a bare zero is never the whole answer. */

/** Regions (of all profiles) whose findings the store may lack; before the first sync all of them, which is not a number. */
export function countUnseen({ summary }: AppState): number {
  return (summary?.regions ?? []).filter((region) => isUnseen(region.status)).length;
}

type LookedAt = Pick<RegionOutcome, 'status' | 'error' | 'hint'>;

/** There were Regions to look at, and none was seen: what is counted then is counted from nothing. */
export const sawNothing = (regions: readonly LookedAt[]): boolean =>
  regions.length > 0 && regions.every(({ status }) => isUnseen(status));

/** Why no Region was seen, said once: mostly all fail alike. Undefined: one was seen, or nobody knows why. */
export function causeOfNothing(regions: readonly LookedAt[]): Problem | undefined {
  if (!sawNothing(regions)) return undefined;
  const alike = Map.groupBy(regions, ({ error }) => error);
  const [most] = [...alike.values()].sort((a, b) => b.length - a.length);
  const [{ error, hint } = {}] = most ?? [];
  return error === undefined
    ? undefined
    : { kind: 'service', message: error, ...(hint === undefined ? {} : { hint }) };
}

/** No finding was ever seen. */
export const holdsNoFinding = ({ analyzers }: StoreSummary): boolean =>
  analyzers.every(({ counts }) => counts.active + counts.archived + counts.resolved === 0);

/** Regions were seen, and none has an analyzer; while a sync runs one may still turn up. */
export const hasNoAnalyzer = ({ summary, sync }: AppState): boolean =>
  sync.kind !== 'running' &&
  summary?.analyzers.length === 0 &&
  summary.regions.some(({ status }) => status === 'ok' || status === 'no-analyzer');

/** "3 Regions not seen", or ''. */
export function selectUnseen(state: AppState): string {
  const unseen = countUnseen(state);
  return unseen === 0 ? '' : `${formatCount(unseen, 'Region')} not seen`;
}

/** "312 exposures · 404 findings · 3 public · 3 Regions not seen". */
export function selectCountsText(state: AppState): string {
  const { counts } = state.list;
  if (counts === undefined) return '';
  const parts = [
    formatCount(counts.exposures, 'exposure'),
    counts.findings === counts.exposures ? '' : formatCount(counts.findings, 'finding'),
    counts.publicFindings === 0 ? '' : `${formatNumber(counts.publicFindings)} public`,
    selectUnseen(state),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

export interface EmptyReason {
  readonly title: string;
  /** What it means and what to do, one sentence a line. */
  readonly lines: readonly string[];
}

const DEMO_LINE = 'To look around without an account: iam-triage --demo';

const GET_CREDENTIALS = 'Get some with: aws sso login --profile NAME, or aws configure';

/** How to get in, once: the problem's own hint knows the profile, and may name the demo already. */
function loginLines({ hint = GET_CREDENTIALS }: Problem): readonly string[] {
  return [hint, 'Then press ctrl+r.', ...(hint.includes('--demo') ? [] : [DEMO_LINE])];
}

/** Why the last sync failed; one of an earlier start left its Regions in the store. */
function selectFailure({ sync, summary }: AppState): Problem | undefined {
  if (sync.kind === 'failed') return sync.problem;
  return sync.kind === 'running' ? undefined : causeOfNothing(summary?.regions ?? []);
}

const againLine = ({ mode }: AppState): string =>
  mode.offline ? 'Start without --offline to try again.' : 'ctrl+r tries again.';

function failedReason(state: AppState): EmptyReason | undefined {
  const problem = selectFailure(state);
  if (problem === undefined) return undefined;
  const isLogin =
    problem.kind === 'no-credentials' ||
    problem.kind === 'expired-credentials' ||
    problem.kind === 'mfa-required';
  const hint = problem.hint === undefined ? [] : [problem.hint];
  return {
    title: problem.message,
    lines: isLogin ? loginLines(problem) : [...hint, againLine(state)],
  };
}

function neverSynced(state: AppState): EmptyReason {
  if (state.sync.kind === 'running') {
    return {
      title: 'First look at AWS: the list fills as findings come in.',
      lines: [
        `${Math.floor(state.sync.fraction * 100)} % · ${formatCount(state.sync.findings, 'finding')} so far`,
        ...(state.sync.text === '' ? [] : [`now: ${state.sync.text}`]),
      ],
    };
  }
  if (state.mode.offline) {
    return {
      title: 'The store is empty, and offline nothing is asked of AWS.',
      lines: ['Start without --offline to fill it.', DEMO_LINE],
    };
  }
  return { title: 'The store is empty.', lines: ['ctrl+r asks AWS.', DEMO_LINE] };
}

/** Counting stops there: what it takes must not grow with the store. */
export const MOST_UNKNOWN = 1_000;

/** Of how many findings it is not known whether the filter means them; '' where it is known of all. */
export function selectUnknown({ list: { unknown } }: AppState): string {
  if (unknown === 0) return '';
  const many =
    unknown < MOST_UNKNOWN ? formatCount(unknown, 'finding') : `${formatNumber(unknown)} or more findings`;
  return `Not known of ${many}: ${unknown === 1 ? 'its detail comes when it is' : 'their details come as they are'} shown.`;
}

function noMatch(state: AppState): EmptyReason {
  const unseen = countUnseen(state);
  const regions = state.summary?.regions.length ?? 0;
  const analyzers = state.summary?.analyzers.length ?? 0;
  const disabled = (state.summary?.analyzers ?? []).filter((analyzer) => analyzer.status !== 'ACTIVE').length;
  const notes = [
    unseen > 0 ? `${formatCount(unseen, 'Region')} could not be seen: there may be more. 3 shows why.` : '',
    disabled > 0 ? `${formatCount(disabled, 'analyzer is', 'analyzers are')} not active: 3 shows why.` : '',
    analyzers === 0 && regions > unseen
      ? 'No Region seen has an analyzer: without one AWS finds nothing. 3 shows the Regions.'
      : '',
    selectUnknown(state),
    state.sync.kind === 'running' ? `A sync is under way (${Math.floor(state.sync.fraction * 100)} %).` : '',
  ].filter((note) => note !== '');
  if (state.list.filterText === '') return { title: 'No findings.', lines: notes };
  const clear =
    state.list.filterText === state.mode.homeFilter ? '/ changes the filter.' : 'esc clears the filter.';
  return { title: 'Nothing matches the filter.', lines: [...notes, clear] };
}

/** A sync has ended, and saw no Region. */
const hasLooked = ({ summary, sync }: AppState): boolean =>
  sync.kind !== 'running' && summary !== undefined && summary.regions.length > 0;

/** Why the list is empty; undefined: it is not, or nobody knows yet. */
export function selectEmptyReason(state: AppState): EmptyReason | undefined {
  const { list, summary } = state;
  if (list.problem !== undefined) {
    return { title: list.problem.message, lines: list.problem.hint === undefined ? [] : [list.problem.hint] };
  }
  if (list.counts === undefined || list.counts.exposures > 0) return undefined;
  const holdsNothing =
    summary === undefined || (summary.analyzers.length === 0 && summary.lastSyncAt === undefined);
  const sawNone = summary !== undefined && holdsNoFinding(summary) && sawNothing(summary.regions);
  const failure = holdsNothing || sawNone ? failedReason(state) : undefined;
  return failure ?? (holdsNothing && !hasLooked(state) ? neverSynced(state) : noMatch(state));
}

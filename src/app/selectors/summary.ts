import type { Problem } from '../../domain/problem.ts';
import { isUnseen } from '../../domain/analyzer.ts';
import { formatCount, formatNumber } from '../../domain/format-count.ts';
import type { AppState } from '../state.ts';

/** What the store has not seen, and why a list is empty: a bare zero is never the whole answer. */

/** Regions (of all profiles) whose findings the store may lack; before the first sync all of them, which is not a number. */
export function countUnseen({ summary }: AppState): number {
  return (summary?.regions ?? []).filter((region) => isUnseen(region.status)).length;
}

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

function failedReason(state: AppState): EmptyReason | undefined {
  if (state.sync.kind !== 'failed') return undefined;
  const { problem } = state.sync;
  const isLogin =
    problem.kind === 'no-credentials' ||
    problem.kind === 'expired-credentials' ||
    problem.kind === 'mfa-required';
  const hint = problem.hint === undefined ? [] : [problem.hint];
  return {
    title: problem.message,
    lines: isLogin ? loginLines(problem) : [...hint, 'ctrl+r tries again.'],
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
  if (holdsNothing) return failedReason(state) ?? (hasLooked(state) ? noMatch(state) : neverSynced(state));
  return noMatch(state);
}

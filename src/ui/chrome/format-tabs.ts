import { formatNumber } from '../../domain/format-count.ts';
import { countUnseen } from '../../app/selectors/summary.ts';
import { SCREEN_NAMES, type AppState, type ScreenName } from '../../app/state.ts';
import { cutLine, lineWidth, span, type Line } from '../line.ts';

const TITLES: Readonly<Record<ScreenName, string>> = {
  findings: 'Findings',
  rules: 'Rules',
  analyzers: 'Analyzers',
  overview: 'Overview',
  journal: 'Journal',
};

/** How much is behind a tab; undefined: not known yet, or nothing to count. */
function countOf(screen: ScreenName, state: AppState): number | undefined {
  const count = knownCount(screen, state);
  // A bare zero would say that there is nothing, where nobody has looked everywhere.
  const sawAll = state.summary?.lastSyncAt !== undefined && countUnseen(state) === 0;
  return count === 0 && screen !== 'journal' && !sawAll ? undefined : count;
}

function knownCount(screen: ScreenName, { list, summary }: AppState): number | undefined {
  switch (screen) {
    case 'findings':
      return list.counts?.exposures;
    case 'rules':
      return summary?.archiveRules;
    case 'analyzers':
      return summary?.analyzers.length;
    case 'journal':
      return summary?.journalEntries;
    case 'overview':
      return undefined;
  }
}

interface TabStyle {
  readonly gap: string;
  /** Whether tabs that are not open show their count. */
  readonly counts: boolean;
}

function formatTab(screen: ScreenName, state: AppState, { gap, counts }: TabStyle): Line {
  const number = `${SCREEN_NAMES.indexOf(screen) + 1}`;
  const isOpen = state.screen === screen;
  const count = isOpen || counts ? countOf(screen, state) : undefined;
  const shown = count === undefined ? '' : ` ${formatNumber(count)}`;
  return isOpen
    ? [span('›', 'accent'), span(`${number} ${TITLES[screen]}${shown}`, 'accent'), span(gap)]
    : [span(' '), span(number, 'key'), span(` ${TITLES[screen]}`), span(shown + gap, 'muted')];
}

/** The second line. The open tab has a sign of its own, so that it is seen without colours. */
export function formatTabs(state: AppState, width: number): Line {
  const styles: readonly TabStyle[] = [
    { gap: '  ', counts: true },
    { gap: ' ', counts: true },
    { gap: ' ', counts: false },
    { gap: '', counts: false },
  ];
  const lines = styles.map((style) => SCREEN_NAMES.flatMap((screen) => formatTab(screen, state, style)));
  const fitting = lines.find((line) => lineWidth(line) <= width) ?? lines.at(-1) ?? [];
  return cutLine(fitting, width);
}

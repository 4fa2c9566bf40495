import { formatCount } from '../../app/format-count.ts';
import type { AppState } from '../../app/state.ts';
import { blank, EMPTY_LINE, span, type Line } from '../line.ts';

/** The Rules screen: how many archive rules the store knows of. */
export function formatRules({ summary }: AppState): readonly Line[] {
  if (summary === undefined) return [EMPTY_LINE, [blank(3), span('The store is being read …', 'muted')]];
  const title =
    summary.regions.length === 0
      ? 'No Region has been looked at yet.'
      : summary.archiveRules === 0
        ? 'No analyzer that was seen has an archive rule.'
        : `${formatCount(summary.archiveRules, 'archive rule')} in ${formatCount(summary.analyzers.length, 'analyzer')}.`;
  return [
    EMPTY_LINE,
    [blank(3), span(title, 'heading')],
    EMPTY_LINE,
    [blank(3), span('A rule archives new findings that match its criteria, without a word.', 'muted')],
  ];
}

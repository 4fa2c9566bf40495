import { formatCount, formatNumber } from '../../domain/format-count.ts';
import { holdsNoFinding, sawNothing, selectUnseen } from '../../app/selectors/summary.ts';
import type { AppState } from '../../app/state.ts';
import { analyzerKind } from '../../domain/analyzer.ts';
import type { AnalyzerCounts, StoreSummary } from '../../domain/listing.ts';
import { cleanText } from '../../domain/text.ts';
import { formatBar } from '../chrome/format-message.ts';
import { blank, cutLine, EMPTY_LINE, joinLines, lineWidth, span, type Line } from '../line.ts';
import { fitTable, formatTableHead, formatTableRow, type TableColumn } from '../table.ts';

const NONE: AnalyzerCounts = { active: 0, archived: 0, resolved: 0, public: 0 };

const add = (a: AnalyzerCounts, b: AnalyzerCounts): AnalyzerCounts => ({
  active: a.active + b.active,
  archived: a.archived + b.archived,
  resolved: a.resolved + b.resolved,
  public: a.public + b.public,
});

/** Counts added up by a fact of the analyzers, most active first. */
function countBy(
  analyzers: StoreSummary['analyzers'],
  by: (analyzer: StoreSummary['analyzers'][number]) => string,
): [string, AnalyzerCounts][] {
  const sums = new Map<string, AnalyzerCounts>();
  for (const analyzer of analyzers)
    sums.set(by(analyzer), add(sums.get(by(analyzer)) ?? NONE, analyzer.counts));
  return [...sums].sort(([a, x], [b, y]) => y.active - x.active || a.localeCompare(b));
}

const BAR = 16;

const columnsOf = (title: string, width: number): readonly TableColumn[] =>
  fitTable(
    [
      { title, width: 14 },
      { title: 'ACTIVE', width: 7, align: 'right' },
      { title: '', width: BAR },
      { title: 'PUBLIC', width: 7, align: 'right' },
      { title: 'ARCHIVED', width: 8, align: 'right' },
    ],
    width,
  );

function formatGroup(
  title: string,
  groups: readonly [string, AnalyzerCounts][],
  most: number,
  width: number,
): readonly Line[] {
  const columns = columnsOf(title, width);
  const rows = groups.slice(0, most).map(([name, counts]) => {
    const share = counts.active / Math.max(1, groups[0]?.[1].active ?? 1);
    return formatTableRow(
      columns,
      [
        { text: cleanText(name) },
        { text: formatNumber(counts.active) },
        { text: formatBar(share, BAR), token: 'muted' },
        {
          text: counts.public === 0 ? '–' : formatNumber(counts.public),
          token: counts.public === 0 ? 'muted' : 'public',
        },
        { text: formatNumber(counts.archived), token: 'muted' },
      ],
      false,
    );
  });
  const rest = groups.length - most;
  const more: readonly Line[] = rest > 0 ? [[blank(3), span(`and ${rest} more`, 'muted')]] : [];
  return [formatTableHead(columns), ...rows, ...more];
}

const SEPARATOR: Line = [span(' · ', 'muted')];

const fits = (parts: readonly Line[], { viewport }: AppState): boolean =>
  lineWidth(joinLines(parts, SEPARATOR)) <= viewport.columns - 4;

function formatTotals(state: AppState, all: AnalyzerCounts): Line {
  const unseen = selectUnseen(state);
  const parts: readonly Line[] = [
    [span(`${formatCount(all.active, 'active finding')}`, 'heading')],
    unseen === '' ? EMPTY_LINE : [span(`! ${unseen}`, 'warning')],
    all.public === 0 ? EMPTY_LINE : [span(`${formatNumber(all.public)} public`, 'public')],
    [span(`${formatNumber(all.archived)} archived`, 'archived')],
    [span(`${formatNumber(all.resolved)} resolved`, 'resolved')],
  ];
  // What does not fit is what matters least: it stands in the table, too.
  const shown = parts.filter((part, at) => part.length > 0 && fits(parts.slice(0, at + 1), state));
  return [blank(3), ...joinLines(shown, SEPARATOR)];
}

const twoSentences = (first: string, second: string): readonly Line[] => [
  EMPTY_LINE,
  [blank(3), span(first, 'heading')],
  EMPTY_LINE,
  [blank(3), span(second, 'muted')],
];

const NOTHING = twoSentences('No Region has been looked at yet.', 'The first sync fills this screen.');

/** Zeros would read as good news. */
const NOTHING_SEEN = twoSentences('No Region could be seen: nothing is known of findings.', '3 shows why.');

/** The Overview screen: how many findings of which kind, and where. Counted by finding; the list counts exposures. */
export function formatOverview(state: AppState, rows: number): readonly Line[] {
  const { summary, viewport } = state;
  if (summary === undefined) return [EMPTY_LINE, [blank(3), span('The store is being read …', 'muted')]];
  if (summary.regions.length === 0) return NOTHING;
  if (sawNothing(summary.regions) && holdsNoFinding(summary)) return NOTHING_SEEN;
  const all = summary.analyzers.map(({ counts }) => counts).reduce(add, NONE);
  const kinds = countBy(summary.analyzers, ({ type }) => analyzerKind(type));
  const regions = countBy(summary.analyzers, ({ region }) => region);
  const lines = [
    EMPTY_LINE,
    formatTotals(state, all),
    EMPTY_LINE,
    ...formatGroup('KIND', kinds, 3, viewport.columns - 1),
    EMPTY_LINE,
    ...formatGroup('REGION', regions, Math.max(1, rows - kinds.length - 7), viewport.columns - 1),
  ];
  return lines.map((line) => cutLine(line, viewport.columns));
}

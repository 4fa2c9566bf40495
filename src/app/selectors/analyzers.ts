import type { AnalyzerKind, RegionOutcome, RegionStatus } from '../../domain/analyzer.ts';
import { analyzerKind, isOrganizationAnalyzer, isUnseen } from '../../domain/analyzer.ts';
import type { StoreSummary } from '../../domain/listing.ts';
import { cleanText } from '../../domain/text.ts';
import { agoText } from '../../domain/words.ts';
import { formatCount, formatNumber } from '../../domain/format-count.ts';
import type { AppState } from '../state.ts';
import type { TextLine } from './text-line.ts';

/** The Analyzers screen: every Region × kind of analyzer, and what is known of each. */

type KnownAnalyzer = StoreSummary['analyzers'][number];

export interface AnalyzerCell {
  readonly state: 'active' | 'inactive' | 'missing' | 'unknown';
  /** "12 active", "disabled", "none", "?". */
  readonly text: string;
}

export interface AnalyzerRow {
  readonly profile: string;
  readonly region: string;
  readonly status: RegionStatus;
  /** "seen", "no analyzer", "not enabled", "denied" … */
  readonly statusText: string;
  readonly isUnseen: boolean;
  readonly cells: Readonly<Record<AnalyzerKind, AnalyzerCell>>;
  /** "2 min ago", or "never". */
  readonly lastSeen: string;
}

const STATUS_TEXTS: Readonly<Record<RegionStatus, string>> = {
  ok: 'seen',
  'no-analyzer': 'no analyzer',
  'not-enabled': 'not enabled',
  denied: 'denied',
  throttled: 'throttled',
  failed: 'failed',
};

const KINDS: readonly AnalyzerKind[] = ['external', 'unused', 'internal'];

function cellOf(region: RegionOutcome, analyzers: readonly KnownAnalyzer[]): AnalyzerCell {
  if (analyzers.length === 0) {
    const known = region.status === 'ok' || region.status === 'no-analyzer';
    return known
      ? { state: 'missing', text: 'none' }
      : { state: 'unknown', text: region.status === 'not-enabled' ? '' : '?' };
  }
  const inactive = analyzers.filter((analyzer) => analyzer.status !== 'ACTIVE');
  const active = analyzers.reduce((sum, analyzer) => sum + analyzer.counts.active, 0);
  if (inactive.length === analyzers.length)
    return { state: 'inactive', text: (inactive[0]?.status ?? '').toLowerCase() };
  return { state: 'active', text: `${formatNumber(active)} active` };
}

const isAt = (region: RegionOutcome) => (analyzer: KnownAnalyzer) =>
  analyzer.profile === region.profile && analyzer.region === region.region;

function rowOf(state: AppState, region: RegionOutcome): AnalyzerRow {
  const here = (state.summary?.analyzers ?? []).filter(isAt(region));
  const cell = (kind: AnalyzerKind): AnalyzerCell =>
    cellOf(
      region,
      here.filter((analyzer) => analyzerKind(analyzer.type) === kind),
    );
  return {
    profile: cleanText(region.profile),
    region: cleanText(region.region),
    status: region.status,
    statusText: STATUS_TEXTS[region.status],
    isUnseen: isUnseen(region.status),
    cells: { external: cell('external'), unused: cell('unused'), internal: cell('internal') },
    lastSeen: region.lastOkAt === undefined ? 'never' : agoText(state.now - region.lastOkAt),
  };
}

/** What needs a person first: unseen Regions, then those with analyzers, then the rest; by name within. */
const rankOf =
  (state: AppState) =>
  (region: RegionOutcome): number => {
    if (isUnseen(region.status)) return 0;
    return (state.summary?.analyzers ?? []).some(isAt(region)) ? 1 : 2;
  };

function sortedRegions(state: AppState): readonly RegionOutcome[] {
  const rank = rankOf(state);
  return (state.summary?.regions ?? [])
    .map((region) => ({ region, rank: rank(region) }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.region.region.localeCompare(b.region.region) ||
        a.region.profile.localeCompare(b.region.profile),
    )
    .map(({ region }) => region);
}

/** Analyzers of the Region under the cursor. */
export function selectAnalyzersUnder(state: AppState): readonly KnownAnalyzer[] {
  const region = sortedRegions(state)[state.analyzers.cursor];
  return region === undefined ? [] : (state.summary?.analyzers ?? []).filter(isAt(region));
}

/** Of these, what a person may delete: not those that a service manages. */
export const selectDeletable = (state: AppState): readonly KnownAnalyzer[] =>
  selectAnalyzersUnder(state).filter(({ managedBy }) => managedBy === undefined);

export const selectAnalyzerRows = (state: AppState): readonly AnalyzerRow[] =>
  sortedRegions(state).map((region) => rowOf(state, region));

function analyzerLines(analyzer: KnownAnalyzer): readonly TextLine[] {
  const scope = isOrganizationAnalyzer(analyzer.type) ? 'organization' : 'account';
  const { active, archived, resolved, public: open } = analyzer.counts;
  const openText = open > 0 ? ` (${formatNumber(open)} public)` : '';
  const counts = `${formatNumber(active)} active${openText} · ${formatNumber(archived)} archived · ${formatNumber(resolved)} resolved`;
  const reason = analyzer.statusReason === undefined ? '' : `: ${cleanText(analyzer.statusReason)}`;
  const managed = analyzer.managedBy === undefined ? '' : ` · managed by ${cleanText(analyzer.managedBy)}`;
  const age =
    analyzer.unusedAccessAge === undefined
      ? ''
      : ` · unused after ${formatCount(analyzer.unusedAccessAge, 'day')}`;
  return [
    { label: analyzerKind(analyzer.type), text: `${cleanText(analyzer.name)} · ${scope}${managed}${age}` },
    ...(analyzer.status === 'ACTIVE'
      ? []
      : [
          {
            label: '',
            text: `${analyzer.status}${reason}: its findings are not to be had.`,
            tone: 'warning' as const,
          },
        ]),
    { label: '', text: counts },
    { label: '', text: cleanText(analyzer.arn), tone: 'muted' },
  ];
}

/** What enter shows of the Region under the cursor. */
export function selectRegionFilter(state: AppState): string | undefined {
  const region = sortedRegions(state)[state.analyzers.cursor];
  return region?.status === 'ok' ? `status:active region:${region.region}` : undefined;
}

/** All about the Region under the cursor. */
export function selectAnalyzerDetail(state: AppState): readonly TextLine[] {
  const region = sortedRegions(state)[state.analyzers.cursor];
  if (region === undefined) return [];
  const here = (state.summary?.analyzers ?? []).filter(isAt(region));
  const missing = KINDS.filter((kind) => !here.some((analyzer) => analyzerKind(analyzer.type) === kind));
  const known = region.status === 'ok' || region.status === 'no-analyzer';
  return [
    ...(region.error === undefined ? [] : [{ text: cleanText(region.error), tone: 'warning' as const }]),
    ...(region.hint === undefined ? [] : [{ text: cleanText(region.hint), tone: 'muted' as const }]),
    ...here.flatMap(analyzerLines),
    ...(known && missing.length > 0
      ? [{ label: 'missing', text: missing.join(', '), tone: 'muted' as const }]
      : []),
  ];
}

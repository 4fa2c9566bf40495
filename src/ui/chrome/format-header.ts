import { cleanText } from '../../domain/text.ts';
import { agoText } from '../../domain/words.ts';
import type { AppState } from '../../app/state.ts';
import { bothSides, EMPTY_LINE, joinLines, lineWidth, span, type Line } from '../line.ts';

const DOT: Line = [span(' · ', 'muted')];
const GAP: Line = [span('   ')];

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** Who is asking: `prod 123456789012`, or how many profiles. */
function whoText({ mode, summary }: AppState): string {
  const profiles =
    mode.profiles.length > 0 ? mode.profiles : [...new Set(summary?.regions.map(({ profile }) => profile))];
  if (profiles.length > 1) return `${profiles.length} profiles`;
  const account = summary?.regions.find(({ accountId }) => accountId !== undefined)?.accountId;
  return cleanText([profiles[0] ?? '', account ?? ''].filter((part) => part !== '').join(' '));
}

function badges({ mode }: AppState): Line {
  const on = [mode.demo ? 'demo' : '', mode.offline ? 'offline' : '', mode.readOnly ? 'read-only' : ''];
  return joinLines(
    on.filter((badge) => badge !== '').map((badge) => [span(badge, 'warning')]),
    [span('  ')],
  );
}

function syncPart({ sync }: AppState): Line {
  switch (sync.kind) {
    case 'idle':
      return EMPTY_LINE;
    case 'running':
      return [span(`syncing ${Math.floor(sync.fraction * 100)}%`, 'accent')];
    case 'failed':
      return [span('sync failed', 'error')];
  }
}

/** What the store holds and how old it is, the least needed first. */
function storeParts({ summary, now }: AppState): readonly Line[] {
  if (summary === undefined) return [];
  const regions = new Set(summary.regions.map(({ region }) => region)).size;
  const fresh = summary.lastSyncAt === undefined ? 'never synced' : agoText(now - summary.lastSyncAt);
  return [
    regions === 0 ? EMPTY_LINE : [span(plural(regions, 'Region'), 'muted')],
    summary.analyzers.length === 0
      ? EMPTY_LINE
      : [span(plural(summary.analyzers.length, 'analyzer'), 'muted')],
    [span(fresh, 'muted')],
  ];
}

/** The first line: where one is, what was looked at, how fresh it is. Narrow screens lose the counts first. */
export function formatHeader(state: AppState, width: number): Line {
  const who = whoText(state);
  const left = joinLines(
    [[span(' iam-triage', 'accent')], who === '' ? EMPTY_LINE : [span(who)], badges(state)],
    GAP,
  );
  const parts = storeParts(state);
  for (let from = 0; from <= parts.length; from++) {
    const right = [...joinLines([joinLines(parts.slice(from), DOT), syncPart(state)], GAP), span(' ')];
    if (from === parts.length || lineWidth(left) + lineWidth(right) < width)
      return bothSides(left, right, width);
  }
  return left;
}

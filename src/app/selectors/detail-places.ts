import type { FindingStatus } from '../../domain/finding.ts';
import type { ExposureDetail, StoredFinding } from '../../domain/listing.ts';
import { cleanText } from '../../domain/text.ts';
import { agoText } from '../../domain/words.ts';
import { keysOf, keySign } from '../bindings.ts';
import { findCommand } from '../commands/all.ts';
import { selectDisabledReason } from '../commands/disabled.ts';
import { formatCount } from '../../domain/format-count.ts';
import type { AppState } from '../state.ts';
import type { DetailSection, TextLine } from './text-line.ts';

/** Where the exposure was seen, what was done about it, and what can be done now. */

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

const STATUS_TONES: Readonly<Record<FindingStatus, 'active' | 'archived' | 'resolved'>> = {
  ACTIVE: 'active',
  ARCHIVED: 'archived',
  RESOLVED: 'resolved',
};

function twinLines(state: AppState, finding: StoredFinding, analyzerName: string): readonly TextLine[] {
  const gone = finding.goneAt === undefined ? '' : ` · gone since ${day(finding.goneAt)}`;
  return [
    {
      label: cleanText(finding.region),
      text: `${finding.status} · ${cleanText(analyzerName)}${gone}`,
      tone: finding.goneAt === undefined ? STATUS_TONES[finding.status] : 'muted',
    },
    {
      label: '',
      text: `created ${day(finding.createdAt)} · updated ${agoText(state.now - finding.updatedAt)} · analyzed ${agoText(state.now - finding.analyzedAt)}`,
      tone: 'muted',
    },
    { label: '', text: cleanText(finding.id), tone: 'muted' },
  ];
}

/** Every finding of the exposure, whatever the filter: Region, analyzer, status, dates, id. */
export function twinsSection(state: AppState, { findings, analyzers }: ExposureDetail): DetailSection {
  const names = new Map(analyzers.map((analyzer) => [analyzer.arn, analyzer.name]));
  const byRegion = [...findings].sort((a, b) => a.region.localeCompare(b.region));
  return {
    id: 'twins',
    title: formatCount(findings.length, 'finding'),
    lines: byRegion.flatMap((finding) =>
      twinLines(
        state,
        finding,
        names.get(finding.analyzerArn) ?? finding.analyzerArn.split('/').at(-1) ?? '',
      ),
    ),
  };
}

export function historySection({ detail, now }: AppState): DetailSection {
  const lines = detail.history.map((entry): TextLine => ({
    label: agoText(now - entry.at),
    text: `${cleanText(entry.title)} · ${entry.state}${entry.reason === undefined ? '' : ` · ${cleanText(entry.reason)}`}`,
  }));
  return {
    id: 'history',
    title: 'History',
    lines: lines.length > 0 ? lines : [{ text: 'Nothing was done about it from here.', tone: 'muted' }],
  };
}

/** Ways out that suit the finding, before what the keys offer. */
function adviceOf({ findingType, error, status }: StoredFinding): string {
  if (error !== undefined)
    return 'Let Access Analyzer read the resource (its policy may deny it), then scan again.';
  if (status === 'RESOLVED') return 'Nothing to do: it is kept for 90 days and then deleted.';
  switch (findingType) {
    case 'ExternalAccess':
      return 'Intended? Archive it with a reason. Not intended? Narrow or remove the grant, then scan again.';
    case 'InternalAccess':
      return 'Intended? Archive it with a reason. Not intended? Narrow or remove the grant; it resolves at the next daily pass.';
    case 'UnusedIAMRole':
      return 'Needed rarely (disaster recovery, yearly jobs)? Archive it with that reason. Else delete the role.';
    case 'UnusedIAMUserAccessKey':
      return 'Deactivate the key, wait, then delete it. Needed rarely? Archive it with that reason.';
    case 'UnusedIAMUserPassword':
      return 'Remove the console sign-in. Needed rarely (break-glass)? Archive it with that reason.';
    case 'UnusedPermission':
      return 'Remove what is not used. Needed rarely (monthly jobs, recovery)? Archive it with that reason.';
  }
}

const NEXT: readonly string[] = [
  'policy',
  'resolve',
  'archive',
  'unarchive',
  'scan',
  'undo',
  'copy',
  'links',
];

/** Only what can be done with this one now. */
function applies(id: string, { findings }: ExposureDetail): boolean {
  const live = findings.filter((finding) => finding.goneAt === undefined);
  if (id === 'policy') return live.some((finding) => finding.findingType === 'UnusedPermission');
  if (id === 'resolve') return live.some((finding) => finding.status !== 'RESOLVED');
  if (id === 'archive') return live.some((finding) => finding.status === 'ACTIVE');
  if (id === 'unarchive') return live.some((finding) => finding.status === 'ARCHIVED');
  return true;
}

export function nextSection(state: AppState, data: ExposureDetail, finding: StoredFinding): DetailSection {
  const keys = NEXT.filter((id) => applies(id, data)).flatMap((id): readonly TextLine[] => {
    const command = findCommand(id);
    if (command === undefined || selectDisabledReason(state, command) !== undefined) return [];
    const [key] = keysOf(state.keymap, command);
    return [{ label: key === undefined ? ':' : keySign(key, state.mode.ascii), text: command.title }];
  });
  return { id: 'next', title: 'What you can do', lines: [{ text: adviceOf(finding) }, ...keys] };
}

import type { FindingDetail } from '../../domain/finding.ts';
import { TYPE_LABELS } from '../../domain/finding.ts';
import type { ExposureDetail, ExposureRow, StoredFinding } from '../../domain/listing.ts';
import { nounOf } from '../../domain/resource-kind.ts';
import { cleanText } from '../../domain/text.ts';
import { explainFinding, statusSentence } from '../../domain/words.ts';
import type { AppState } from '../state.ts';
import { accessSections } from './detail-access.ts';
import { historySection, nextSection, twinsSection } from './detail-places.ts';
import { proofLines, waitsForProof } from './proof.ts';
import { riskSection } from './detail-risk.ts';
import { unusedSections } from './detail-unused.ts';
import type { DetailSection, TextLine } from './text-line.ts';

/** The detail of an exposure as sections: the screen only lays them out. */

/** The finding that stands for all: an active one with its detail, if there is one. */
function mainFinding({ findings }: ExposureDetail): StoredFinding | undefined {
  const live = findings.filter((finding) => finding.goneAt === undefined);
  const active = live.filter((finding) => finding.status === 'ACTIVE');
  const withDetail = (some: readonly StoredFinding[]) => some.find((finding) => finding.detail !== undefined);
  return withDetail(active) ?? active[0] ?? withDetail(live) ?? live[0] ?? findings[0];
}

/** Facts of a finding with what its detail adds. */
export function withDetail(finding: StoredFinding, detail: FindingDetail | undefined): StoredFinding {
  if (detail?.kind !== 'external' && detail?.kind !== 'internal') return finding;
  const { kind: _kind, ...facts } = detail;
  return { ...finding, ...facts };
}

const headSection = ({ mode: { accountNames } }: AppState, row: ExposureRow): DetailSection => ({
  id: 'resource',
  title: cleanText(
    `${row.isPublic ? 'public' : TYPE_LABELS[row.findingType].replace('-', ' ')} · ${nounOf(row.resourceType)}`,
  ),
  lines: [
    { text: cleanText(row.resource) },
    {
      label: 'account',
      text: cleanText([row.account, accountNames[row.account]].filter(Boolean).join(' · ')),
    },
  ],
});

function statusOf(state: AppState, { row, errorFindings }: ExposureDetail, finding: StoredFinding): string {
  return finding.status === 'ACTIVE' && waitsForProof(state, row.exposureId, row.fixedAt)
    ? 'Active until AWS has looked again: a fix was made.'
    : statusSentence(finding.status, errorFindings);
}

function meaningSection(state: AppState, data: ExposureDetail, finding: StoredFinding): DetailSection {
  const status = statusOf(state, data, finding);
  return {
    id: 'meaning',
    title: 'What this means',
    lines: [
      { text: explainFinding(finding, finding.detail) },
      { text: status, tone: finding.status === 'RESOLVED' && data.errorFindings > 0 ? 'warning' : 'muted' },
    ],
  };
}

function decisionSection({ decision }: ExposureDetail): readonly DetailSection[] {
  if (decision === undefined) return [];
  const fact = (label: string, text: string | undefined): readonly TextLine[] =>
    text === undefined || text === '' ? [] : [{ label, text: cleanText(text) }];
  const lines = [
    ...fact('reason', decision.reason),
    ...fact('ticket', decision.ticket),
    ...fact('owner', decision.owner),
    ...fact('note', decision.note),
    ...fact(
      'until',
      decision.expiresAt === undefined ? undefined : new Date(decision.expiresAt).toISOString().slice(0, 10),
    ),
    ...fact('decided', new Date(decision.decidedAt).toISOString().slice(0, 10)),
  ];
  return [{ id: 'decision', title: 'Decision', lines }];
}

/** A fix was made, and AWS has not said yet that it worked. */
function fixedSection(state: AppState, { row }: ExposureDetail): readonly DetailSection[] {
  const lines = proofLines(state, row.exposureId, row.fixedAt);
  return lines.length === 0 ? [] : [{ id: 'fixed', title: 'Proof', lines }];
}

/** What is not in the store yet, and whether it is under way. */
function pendingSection(state: AppState, finding: StoredFinding): readonly DetailSection[] {
  const needed = finding.findingType !== 'ExternalAccess' && finding.error === undefined;
  if (!needed || finding.detail !== undefined) return [];
  const text = state.mode.offline
    ? 'Its detail was not fetched yet, and offline it cannot be.'
    : state.detail.pending.has(finding.id)
      ? 'Its detail is being fetched …'
      : 'Its detail is not fetched yet; it comes when AWS allows.';
  return [{ id: 'pending', title: 'Detail', lines: [{ text, tone: 'muted' }] }];
}

function loadedSections(state: AppState, data: ExposureDetail): readonly DetailSection[] {
  const main = mainFinding(data);
  if (main === undefined) return [headSection(state, data.row)];
  const finding = withDetail(main, main.detail);
  return [
    headSection(state, data.row),
    meaningSection(state, data, finding),
    ...fixedSection(state, data),
    ...pendingSection(state, finding),
    ...accessSections(finding),
    ...unusedSections(state, finding),
    ...decisionSection(data),
    twinsSection(state, data),
    riskSection(data.row, finding),
    historySection(state),
    nextSection(state, data, finding),
  ];
}

/**
 * Sections of the exposure that the detail shows, the most needed first: the one under the cursor, once the hand rests.
 * Before any data is there: what the row knows.
 */
export function selectDetail(state: AppState): readonly DetailSection[] {
  const { detail, list } = state;
  if (detail.data !== undefined) return loadedSections(state, detail.data);
  const row = list.rows.find((each) => each.exposureId === (detail.exposureId ?? list.cursorId));
  if (row === undefined) return [];
  return [
    headSection(state, row),
    { id: 'pending', title: 'Detail', lines: [{ text: 'Reading the store …', tone: 'muted' }] },
  ];
}

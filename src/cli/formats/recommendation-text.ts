import type { UnusedService } from '../../domain/finding.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import type { Recommendation, RecommendedChange } from '../../domain/recommendation.ts';
import { cleanText } from '../../domain/text.ts';
import { formatDiff } from './resolution-text.ts';

/** The recommendation of a finding for a terminal of so many columns: what goes, policy by policy, and what speaks against it. */
export function formatRecommendation(
  finding: StoredFinding,
  recommendation: Recommendation,
  columns: number,
): string {
  const services = finding.detail?.kind === 'unused-permission' ? finding.detail.services : [];
  const parts = [
    `${cleanText(recommendation.resourceArn)} · recommended ${new Date(recommendation.generatedAt).toISOString()}`,
    services.map(formatService).join('\n'),
    ...recommendation.changes.map((change) => formatChange(change, columns)),
    recommendation.changes.length === 0 ? 'Nothing is recommended.' : '',
    `Apply it: iam-triage resolve ${cleanText(finding.id)} --apply`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const day = (at: number | undefined): string =>
  at === undefined ? 'never used' : `last used ${new Date(at).toISOString().slice(0, 10)}`;

function formatService({ serviceNamespace, lastAccessed, actions }: UnusedService): string {
  const name = cleanText(serviceNamespace);
  if (actions === undefined) return `- ${name}: all of it · ${day(lastAccessed)}`;
  const lines = actions.map(({ action, lastAccessed: at }) => `  - ${cleanText(action)} · ${day(at)}`);
  return [`- ${name}: ${actions.length} actions`, ...lines].join('\n');
}

function formatChange(change: RecommendedChange, columns: number): string {
  const { step, source, name, existing, diff, stale, issues, verdict, otherHolders } = change;
  const gone = existing === undefined ? ' · it is not attached any more' : '';
  const what =
    step.action === 'DETACH_POLICY' ? 'nothing of it is used: detach it' : 'replace it by a narrower one';
  const lines = [
    `${cleanText(name)} (${source}) · ${what}${gone}`,
    ...(stale && existing !== undefined
      ? ['  ! stale: the live policy changed after this was recommended']
      : []),
    ...(otherHolders.length === 0
      ? []
      : [`  also of ${otherHolders.map(cleanText).join(', ')}, which keep it`]),
    ...formatDiff(diff, columns),
    ...issues.map(({ type, code, details }) => `  ${cleanText(`${type} ${code}: ${details}`)}`),
    ...(verdict === undefined
      ? []
      : [
          `  CheckNoNewAccess ${verdict.result}: ${cleanText([verdict.message, ...verdict.reasons].join(' '))}`,
        ]),
  ];
  return lines.join('\n');
}

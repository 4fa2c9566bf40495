import { externalSentence, failedAnalysisSentence, internalSentence } from './access-sentence.ts';
import { parseArn } from './arn.ts';
import { type Finding, type FindingDetail, type FindingStatus, isUnused } from './finding.ts';
import type { ExposureRow } from './listing.ts';
import { cleanText } from './text.ts';
import { unusedSentence } from './unused-sentence.ts';

/** Short texts of the list and the detail. All of them are clean: safe to write to a terminal. */

type Principal = Readonly<Record<string, string>>;

/** One principal value, short: `everyone`, an account id, `444455556666 role/partner`, a provider's name. */
export function principalValueText(value: string): string {
  if (value === '*') return 'everyone';
  const arn = parseArn(value);
  if (arn === undefined) {
    // Canonical user ids are 64 hexadecimal digits: the ends tell them apart.
    return /^[0-9a-f]{64}$/i.test(value)
      ? `canonical user ${value.slice(0, 4)}…${value.slice(-4)}`
      : cleanText(value);
  }
  if (arn.resource === 'root') return arn.account;
  return cleanText(arn.account === '' ? arn.resource : `${arn.account} ${arn.resource}`);
}

/** All principals of a finding, short; '' when it has none or they are not known yet. */
export const principalText = (principal: Principal | undefined): string =>
  Object.values(principal ?? {})
    .map(principalValueText)
    .join(', ');

/** `s3:GetObject` → `GetObject`. */
export const actionName = (action: string): string => cleanText(action.slice(action.indexOf(':') + 1));

/** First action without its service, and how many more: `GetObject +1`. */
function actionsText(actions: readonly string[] | undefined): string {
  const [first, ...more] = actions ?? [];
  if (first === undefined) return '';
  return more.length === 0 ? actionName(first) : `${actionName(first)} +${more.length}`;
}

/** `AKIAEXAMPLE0002` → `AKIA…0002`: enough to tell a user's two keys apart. */
const shortKeyId = (accessKeyId: string): string =>
  accessKeyId.length <= 8
    ? cleanText(accessKeyId)
    : cleanText(`${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}`);

/** What an unused-access finding is about, for WHO / WHAT; undefined where the type says it all or the detail is missing. */
export function whatText(detail: FindingDetail | undefined): string | undefined {
  if (detail?.kind === 'unused-key') return shortKeyId(detail.accessKeyId);
  if (detail?.kind !== 'unused-permission') return undefined;
  const services = detail.services.map(({ serviceNamespace, actions }) => {
    const name = cleanText(serviceNamespace);
    return actions === undefined
      ? name
      : `${name} ${actions.length} ${actions.length === 1 ? 'action' : 'actions'}`;
  });
  return services.length === 0 ? undefined : services.join(' · ');
}

/** The WHO / WHAT column: who can do what, or what is unused. */
export function whoWhatText(
  row: Pick<ExposureRow, 'findingType' | 'principal' | 'action' | 'error' | 'what' | 'neverUsed'>,
): string {
  if (row.error !== undefined) return `analysis failed · ${cleanText(row.error)}`;
  const parts = isUnused(row.findingType)
    ? [row.what ?? '', row.neverUsed === true ? 'never used' : '']
    : [principalText(row.principal), actionsText(row.action)];
  return parts.filter((part) => part !== '').join(' · ');
}

/** What a status means. `errorFindings`: error findings that stand for the same resource. */
export function statusSentence(status: FindingStatus, errorFindings = 0): string {
  switch (status) {
    case 'ACTIVE':
      return 'Active: nobody has dealt with it yet.';
    case 'ARCHIVED':
      return 'Archived: hidden as intended, but the access is still there.';
    case 'RESOLVED':
      return errorFindings > 0
        ? 'Resolved, but not proven fixed: the analysis of this resource failed.'
        : 'Resolved: Access Analyzer no longer sees it.';
  }
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in one unit, rounded down: `12min`, `5h`, `3d`, `2y`. The filter's `age:` reads it too. */
export function ageText(ms: number): string {
  if (ms < HOUR) return `${Math.max(0, Math.floor(ms / MINUTE))}min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)}h`;
  return ms < 730 * DAY ? `${Math.floor(ms / DAY)}d` : `${Math.floor(ms / (365 * DAY))}y`;
}

/** How long ago, in words: `just now`, `2 min ago`, `5 h ago`, `3 d ago`. */
export function agoText(ms: number): string {
  if (ms < MINUTE) return 'just now';
  return `${ageText(ms).replace(/(\d)(\D)/, '$1 $2')} ago`;
}

/** A moment as a person reads it: `2026-01-31 09:05 UTC`. */
export const minuteText = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/**
 * What a finding means, in plain English, for somebody who is tired. The detail adds what the list does not carry;
 * without it the text says what is not known yet.
 */
export function explainFinding(finding: Finding, detail?: FindingDetail): string {
  if (finding.error !== undefined) return failedAnalysisSentence(finding);
  switch (finding.findingType) {
    case 'ExternalAccess':
      return externalSentence(finding, detail);
    case 'InternalAccess':
      return internalSentence(finding, detail);
    case 'UnusedIAMRole':
    case 'UnusedIAMUserAccessKey':
    case 'UnusedIAMUserPassword':
    case 'UnusedPermission':
      return unusedSentence(finding, detail);
  }
}

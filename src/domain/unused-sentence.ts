import { listed } from './listed.ts';
import type { Finding, FindingDetail, UnusedService } from './finding.ts';
import { nounOf } from './resource-kind.ts';
import { cleanText } from './text.ts';
import { lastUsed } from './usage.ts';

/** Sentences about what nobody uses. */
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Continues "This role": the analyzer knows no use beyond its tracking period. */
function use(detail: FindingDetail | undefined): string {
  const used = lastUsed(detail);
  if (used === undefined) return 'is not in use; when it was last used was not fetched yet';
  return used === 'never'
    ? 'was never used as far as the analyzer looked back'
    : `was last used on ${day(used)}`;
}

const SHOWN_SERVICES = 3;

function serviceText({ serviceNamespace, actions }: UnusedService): string {
  const name = cleanText(serviceNamespace);
  if (actions === undefined) return `all of ${name}`;
  const [only] = actions;
  if (actions.length === 1 && only !== undefined) return `${cleanText(only.action)} of ${name}`;
  return `${actions.length} actions of ${name}`;
}

function permissionsText(detail: FindingDetail | undefined): string {
  if (detail?.kind !== 'unused-permission' || detail.services.length === 0)
    return '; which ones was not fetched yet';
  const shown = detail.services.slice(0, SHOWN_SERVICES).map(serviceText);
  const more = detail.services.length - shown.length;
  const rest = more > 0 ? [`${more} more ${more === 1 ? 'service' : 'services'}`] : [];
  return `: ${listed([...shown, ...rest])}`;
}

/** What is unused, and since when; says so where only the detail, not fetched yet, would tell. */
export function unusedSentence(finding: Finding, detail?: FindingDetail): string {
  const noun = cleanText(nounOf(finding.resourceType));
  switch (finding.findingType) {
    case 'UnusedIAMRole':
      return `This role ${use(detail)}.`;
    case 'UnusedIAMUserPassword':
      return `The console password of this user ${use(detail)}.`;
    case 'UnusedIAMUserAccessKey': {
      const keyId = detail?.kind === 'unused-key' ? detail.accessKeyId : finding.accessKeyId;
      const key = keyId === undefined ? 'An access key' : `The access key ${cleanText(keyId)}`;
      return `${key} of this user ${use(detail)}.`;
    }
    default:
      return `This ${noun} has permissions that it does not use${permissionsText(detail)}.`;
  }
}

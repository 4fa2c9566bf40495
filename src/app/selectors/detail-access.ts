import type { AccessLevel } from '../../domain/access-level.ts';
import { accessLevel, ACCESS_LEVELS } from '../../domain/access-level.ts';
import type { FindingSource } from '../../domain/finding.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { cleanText } from '../../domain/text.ts';
import { principalValueText } from '../../domain/words.ts';
import type { DetailSection, TextLine } from './text-line.ts';

/** Who may do what, under which conditions, because of what. */

function principalSection({ principal, isPublic }: StoredFinding): readonly DetailSection[] {
  const entries = Object.entries(principal ?? {});
  if (entries.length === 0) return [];
  const lines = entries.flatMap(([kind, value]): readonly TextLine[] => {
    const short = principalValueText(value);
    const first: TextLine = {
      label: cleanText(kind),
      text: short,
      ...(isPublic === true ? { tone: 'public' } : {}),
    };
    return short === cleanText(value) || value === '*'
      ? [first]
      : [first, { label: '', text: cleanText(value), tone: 'muted' }];
  });
  return [{ id: 'principal', title: 'Principal', lines }];
}

const LEVEL_TITLES: Readonly<Record<AccessLevel, string>> = {
  permissions: 'permissions',
  write: 'write',
  read: 'read',
  list: 'list',
  tagging: 'tagging',
};

function permissionsSection({ action }: StoredFinding): readonly DetailSection[] {
  if (action === undefined || action.length === 0) return [];
  const byLevel = Map.groupBy(action, accessLevel);
  const lines = ACCESS_LEVELS.toReversed().flatMap((level): readonly TextLine[] => {
    const actions = byLevel.get(level);
    if (actions === undefined) return [];
    const tone = level === 'permissions' || level === 'write' ? { tone: 'warning' as const } : {};
    return [{ label: LEVEL_TITLES[level], text: actions.map(cleanText).join(', '), ...tone }];
  });
  return [{ id: 'permissions', title: `Permissions (${action.length})`, lines }];
}

function conditionSection({ condition, principal }: StoredFinding): readonly DetailSection[] {
  const entries = Object.entries(condition ?? {});
  if (entries.length === 0) {
    if (principal === undefined) return [];
    return [
      {
        id: 'conditions',
        title: 'Conditions',
        lines: [{ text: 'None: nothing narrows this access down.', tone: 'warning' }],
      },
    ];
  }
  const lines = entries.flatMap(([key, value]): readonly TextLine[] => [
    { text: cleanText(key), tone: 'muted' },
    { label: '', text: cleanText(value) },
  ]);
  return [{ id: 'conditions', title: 'Conditions', lines }];
}

const SOURCE_TEXTS: Readonly<Record<string, string>> = {
  POLICY: 'policy of the resource',
  BUCKET_ACL: 'access control list of the bucket',
  S3_ACCESS_POINT: 'S3 access point',
  S3_ACCESS_POINT_ACCOUNT: 'S3 access point of another account',
};

function sourceLines(source: FindingSource): readonly TextLine[] {
  const account =
    source.accessPointAccount === undefined ? '' : ` · account ${cleanText(source.accessPointAccount)}`;
  return [
    { text: `${SOURCE_TEXTS[source.type] ?? cleanText(source.type)}${account}` },
    ...(source.accessPointArn === undefined
      ? []
      : [{ text: cleanText(source.accessPointArn), tone: 'muted' as const }]),
  ];
}

const sourceSection = ({ sources }: StoredFinding): readonly DetailSection[] =>
  sources === undefined || sources.length === 0
    ? []
    : [{ id: 'sources', title: 'Granted by', lines: sources.flatMap(sourceLines) }];

/** Organization policies exist and were not weighed: the finding may say more than is true (ACCESS-ANALYZER notes). */
const RESTRICTION_TEXTS: Readonly<Record<string, string>> = {
  APPLICABLE: 'may restrict this access, but was not evaluated: the finding may over-report.',
  FAILED_TO_EVALUATE_RCP: 'could not be evaluated: the finding may over-report.',
  FAILED_TO_EVALUATE_SCP: 'could not be evaluated: the finding may over-report.',
  APPLIED: 'was evaluated: this access remains in spite of it.',
};

function restrictionLine(policy: string, restriction: string | undefined): readonly TextLine[] {
  if (restriction === undefined || restriction === 'NOT_APPLICABLE') return [];
  const text = RESTRICTION_TEXTS[restriction] ?? `: ${cleanText(restriction)}`;
  return [
    {
      text: `A ${policy} of the organization ${text}`,
      tone: restriction === 'APPLIED' ? 'muted' : 'warning',
    },
  ];
}

function restrictionSection(finding: StoredFinding): readonly DetailSection[] {
  const scp =
    finding.detail?.kind === 'internal' ? finding.detail.serviceControlPolicyRestriction : undefined;
  const lines = [
    ...restrictionLine('resource control policy (RCP)', finding.resourceControlPolicyRestriction),
    ...restrictionLine('service control policy (SCP)', scp),
  ];
  return lines.length === 0 ? [] : [{ id: 'restrictions', title: 'Organization policies', lines }];
}

/** Sections of external and internal access; none for unused access and failed analyses. */
export function accessSections(finding: StoredFinding): readonly DetailSection[] {
  if (finding.findingType !== 'ExternalAccess' && finding.findingType !== 'InternalAccess') return [];
  if (finding.error !== undefined) return [];
  return [principalSection, permissionsSection, conditionSection, sourceSection, restrictionSection].flatMap(
    (section) => section(finding),
  );
}

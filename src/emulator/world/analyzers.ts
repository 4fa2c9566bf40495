import { crownJewels } from './demo/crown-jewels.ts';
import {
  ACCOUNTS,
  DEMO_REGIONS,
  ORGANIZATION_ID,
  OUTSIDERS,
  VENDOR_ORGANIZATION_ID,
} from './demo/setting.ts';
import type { AnalyzerSpec, ArchiveRuleSpec } from './finding.ts';

const DAY = 86_400_000;

export const analyzerArn = (account: string, region: string, name: string): string =>
  `arn:aws:access-analyzer:${region}:${account}:analyzer/${name}`;

type Facts = Omit<AnalyzerSpec, 'arn' | 'status' | 'account' | 'createdAt'> &
  Partial<AnalyzerSpec> & { readonly ageDays: number };

function toSpec(now: number, { ageDays, ...facts }: Facts): AnalyzerSpec {
  const account = facts.account ?? ACCOUNTS.prod;
  return {
    status: 'ACTIVE',
    ...facts,
    account,
    arn: analyzerArn(account, facts.region, facts.name),
    createdAt: now - ageDays * DAY,
  };
}

const rule = (
  now: number,
  ageDays: number,
  ruleName: string,
  filter: ArchiveRuleSpec['filter'],
): ArchiveRuleSpec => ({
  ruleName,
  filter,
  createdAt: now - ageDays * DAY,
  updatedAt: now - ageDays * DAY,
});

const NOT_PUBLIC = { isPublic: { eq: ['false'] } };

/** Accounts that may read our logs, and single sign-on, were agreed on long ago. */
const accountRules = (now: number): readonly ArchiveRuleSpec[] => [
  rule(now, 510, 'own-organization', {
    'condition.aws:PrincipalOrgID': { eq: [ORGANIZATION_ID] },
    ...NOT_PUBLIC,
  }),
  rule(now, 510, 'single-sign-on', {
    'principal.Federated': { contains: ['saml-provider/AWSSSO'] },
    ...NOT_PUBLIC,
  }),
];

/** The vendor that watches everything; and two rules that an audit is for. */
const organizationRules = (now: number): readonly ArchiveRuleSpec[] => [
  rule(now, 430, 'monitoring-vendor', { 'principal.AWS': { eq: [OUTSIDERS.monitoring] }, ...NOT_PUBLIC }),
  // It archives nothing that the one above leaves.
  rule(now, 420, 'monitoring-roles', {
    'principal.AWS': { eq: [OUTSIDERS.monitoring] },
    resourceType: { eq: ['AWS::IAM::Role'] },
    ...NOT_PUBLIC,
  }),
  // It outlived what it was made for, and the next public bucket of that name is hidden by it.
  rule(now, 45, 'temporary-migration', { resource: { contains: ['acme-migration-'] } }),
];

function externalAnalyzers(now: number): readonly Facts[] {
  const accountOnes = DEMO_REGIONS.map((region): Facts => ({
    name: 'external-access',
    type: 'ACCOUNT',
    region,
    ageDays: 510,
    archiveRules: accountRules(now),
    tags: { owner: 'platform' },
  }));
  return [
    ...accountOnes,
    {
      name: 'organization-external-access',
      type: 'ORGANIZATION',
      region: 'us-east-1',
      ageDays: 430,
      tags: { owner: 'security', 担当: 'セキュリティ部' },
      archiveRules: organizationRules(now),
      archivedByHand: { 'condition.aws:PrincipalOrgID': { eq: [VENDOR_ORGANIZATION_ID] } },
    },
    {
      name: '_SecurityHubV2ExternalAccess',
      type: 'ACCOUNT',
      region: 'us-east-1',
      ageDays: 90,
      managedBy: 'securityhub.amazonaws.com',
    },
    // The delegated administrator moved: its findings are hidden until somebody sets that right.
    {
      name: 'legacy-organization',
      type: 'ORGANIZATION',
      region: 'eu-west-1',
      ageDays: 900,
      status: 'DISABLED',
      statusReason: 'DELEGATED_ADMINISTRATOR_DEREGISTERED',
    },
    {
      name: 'staging-external-access',
      type: 'ACCOUNT',
      region: 'eu-west-1',
      account: ACCOUNTS.staging,
      ageDays: 300,
    },
  ];
}

const otherAnalyzers = (now: number): readonly Facts[] => [
  {
    name: 'unused-access',
    type: 'ACCOUNT_UNUSED_ACCESS',
    region: 'us-east-1',
    ageDays: 365,
    unusedAccessAge: 90,
    archiveRules: [
      rule(now, 365, 'platform-roles', {
        resource: { contains: [':role/platform/'] },
        findingType: { eq: ['UnusedPermission'] },
      }),
    ],
    archivedByHand: { resource: { contains: ['role/legacy/old-bastion', 'user/machines/smtp-relay'] } },
  },
  {
    name: 'organization-unused-access',
    type: 'ORGANIZATION_UNUSED_ACCESS',
    region: 'us-east-1',
    ageDays: 250,
    unusedAccessAge: 90,
    // Production has an analyzer of its own.
    exclusions: [{ accountIds: [ACCOUNTS.prod] }, { resourceTags: [{ 'access-review': 'exempt' }] }],
  },
  {
    name: 'crown-jewels',
    type: 'ORGANIZATION_INTERNAL_ACCESS',
    region: 'us-east-1',
    ageDays: 60,
    inclusions: [{ resourceArns: crownJewels(ACCOUNTS.prod) }],
  },
];

/** The analyzers of the demo with their archive rules, as they were at the start. */
export const createDemoAnalyzers = (now: number): readonly AnalyzerSpec[] =>
  [...externalAnalyzers(now), ...otherAnalyzers(now)].map((facts) => toSpec(now, facts));

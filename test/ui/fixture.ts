import { createKeymap } from '../../src/app/bindings.ts';
import { createInitialState } from '../../src/app/initial-state.ts';
import type { AppState, Mode } from '../../src/app/state.ts';
import type { RegionOutcome } from '../../src/domain/analyzer.ts';
import type { JournalEntry } from '../../src/domain/journal.ts';
import type { ExposureDetail, ExposureRow, StoredFinding, StoreSummary } from '../../src/domain/listing.ts';

/** Everything in the frames happens at this moment. */
export const NOW = Date.UTC(2026, 2, 14, 9, 30);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const ACCOUNT = '123456789012';

export function exposure(over: Partial<ExposureRow> = {}): ExposureRow {
  const createdAt = over.createdAt ?? NOW - 12 * DAY;
  return {
    exposureId: 'e0',
    risk: 68,
    riskLevel: 3,
    findingType: 'ExternalAccess',
    resource: `arn:aws:iam::${ACCOUNT}:role/partner/cross-acct-00001`,
    resourceType: 'AWS::IAM::Role',
    account: ACCOUNT,
    principal: { AWS: '444455556666' },
    action: ['sts:AssumeRole'],
    condition: {},
    isPublic: false,
    error: undefined,
    what: undefined,
    neverUsed: undefined,
    findings: 1,
    regions: ['us-east-1'],
    status: 'ACTIVE',
    createdAt,
    updatedAt: createdAt,
    firstSeenAt: createdAt,
    fixedAt: undefined,
    hasDecision: false,
    ...over,
  };
}

const unused = { principal: undefined, action: undefined } as const;

/** One of each kind, in risk order. */
const SAMPLES: readonly Partial<ExposureRow>[] = [
  {
    riskLevel: 4,
    risk: 92,
    isPublic: true,
    resource: 'arn:aws:s3:::ext-data-00000',
    resourceType: 'AWS::S3::Bucket',
    principal: { AWS: '*' },
    action: ['s3:GetObject', 's3:ListBucket'],
    createdAt: NOW - 3 * DAY,
  },
  { regions: Array.from({ length: 34 }, (_, at) => `region-${at}`), findings: 34 },
  {
    ...unused,
    riskLevel: 2,
    findingType: 'UnusedIAMUserAccessKey',
    resource: `arn:aws:iam::${ACCOUNT}:user/human-00002`,
    resourceType: 'AWS::IAM::User',
    what: 'AKIA…0002',
    neverUsed: true,
    createdAt: NOW - 210 * DAY,
  },
  {
    ...unused,
    riskLevel: 2,
    findingType: 'UnusedIAMUserPassword',
    resource: `arn:aws:iam::${ACCOUNT}:user/human-00003`,
    resourceType: 'AWS::IAM::User',
    createdAt: NOW - 95 * DAY,
  },
  {
    ...unused,
    riskLevel: 1,
    findingType: 'UnusedIAMRole',
    resource: `arn:aws:iam::${ACCOUNT}:role/old/reporting`,
    neverUsed: true,
  },
  {
    ...unused,
    riskLevel: 1,
    findingType: 'UnusedPermission',
    resource: `arn:aws:iam::${ACCOUNT}:role/svc/app-00000`,
    what: 's3 2 actions · bedrock',
    createdAt: NOW - 40 * DAY,
  },
  {
    riskLevel: 2,
    findingType: 'InternalAccess',
    resource: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1c4f4bfb-5a3c-4f39-bb36-0c37c3b29b93`,
    resourceType: 'AWS::KMS::Key',
    principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/billing` },
    action: ['kms:Decrypt'],
    regions: ['eu-central-1'],
    createdAt: NOW - 5 * HOUR,
  },
  {
    riskLevel: 2,
    error: 'ACCESS_DENIED',
    resource: `arn:aws:sqs:ap-southeast-1:${ACCOUNT}:orders-queue`,
    resourceType: 'AWS::SQS::Queue',
    regions: ['ap-southeast-1'],
    createdAt: NOW - 20 * 60_000,
  },
];

export const manyExposures = (count: number): readonly ExposureRow[] =>
  Array.from({ length: count }, (_, at) =>
    exposure({ ...SAMPLES[at % SAMPLES.length], exposureId: `e${at}` }),
  );

const ESC = '\u001b';

/** Names that try to steer the terminal, turn the reading direction or break the columns. */
export const hostileExposures = (): readonly ExposureRow[] => {
  const role = (exposureId: string, name: string, over: Partial<ExposureRow> = {}): ExposureRow =>
    exposure({ exposureId, resource: `arn:aws:iam::${ACCOUNT}:role/${name}`, ...over });
  return [
    exposure({
      exposureId: 'h0',
      resource: `arn:aws:s3:::${ESC}[2J${ESC}]0;owned\u0007bucket`,
      resourceType: 'AWS::S3::Bucket',
    }),
    role('h1', '\u202efdp.exe\u202c'),
    role('h2', '日本語の役割とても長い名前ですよ本当に長いのです'),
    role('h3', '👩‍👩‍👧‍👦-family-🔑-e\u0301-ok'),
    role('h4', 'line\nbreak\ttab\r\u200bzero', { principal: { AWS: `444455556666${ESC}[31m` } }),
    role('h5', `${'very-long-path/'.repeat(12)}end-of-name`),
    role('h6', `${'ق'.repeat(12)}-${'e\u0301\u0302'.repeat(8)}`, {
      account: `${ESC}]8;;x`,
      regions: ['\u202eus-east-1'],
    }),
  ];
};

const region = (name: string, over: Partial<RegionOutcome> = {}): RegionOutcome => ({
  profile: 'prod',
  region: name,
  status: 'ok',
  accountId: ACCOUNT,
  at: NOW - 120_000,
  lastOkAt: NOW - 120_000,
  ...over,
});

const analyzer = (
  name: string,
  over: Partial<StoreSummary['analyzers'][number]> = {},
): StoreSummary['analyzers'][number] => ({
  profile: 'prod',
  region: 'us-east-1',
  arn: `arn:aws:access-analyzer:${over.region ?? 'us-east-1'}:${ACCOUNT}:analyzer/${name}`,
  name,
  type: 'ACCOUNT',
  status: 'ACTIVE',
  createdAt: NOW - 300 * DAY,
  lastResourceAnalyzedAt: NOW - HOUR,
  counts: { active: 120, archived: 14, resolved: 31, public: 3 },
  ...over,
});

export const SUMMARY: StoreSummary = {
  analyzers: [
    analyzer('external-us'),
    analyzer('unused-all', {
      type: 'ACCOUNT_UNUSED_ACCESS',
      unusedAccessAge: 90,
      counts: { active: 160, archived: 40, resolved: 8, public: 0 },
    }),
    analyzer('internal', {
      type: 'ACCOUNT_INTERNAL_ACCESS',
      counts: { active: 4, archived: 0, resolved: 0, public: 0 },
    }),
    analyzer('external-eu', {
      region: 'eu-central-1',
      counts: { active: 28, archived: 2, resolved: 4, public: 0 },
    }),
    analyzer('org-external', {
      region: 'eu-west-1',
      type: 'ORGANIZATION',
      status: 'DISABLED',
      statusReason: 'DELEGATED_ADMINISTRATOR_DEREGISTERED',
      counts: { active: 0, archived: 0, resolved: 0, public: 0 },
    }),
  ],
  regions: [
    region('us-east-1'),
    region('eu-central-1'),
    region('eu-west-1'),
    region('sa-east-1', { status: 'no-analyzer' }),
    region('me-south-1', { status: 'not-enabled' }),
    region('ap-southeast-1', {
      status: 'denied',
      error: 'Access Analyzer refused access-analyzer:ListAnalyzers.',
      hint: 'See the policy that is needed: iam-triage permissions',
      lastOkAt: NOW - 9 * DAY,
    }),
    region('af-south-1', { status: 'throttled', error: 'Too many requests.' }),
    region('il-central-1', { status: 'failed', error: 'The endpoint could not be reached.' }),
  ],
  lastSyncAt: NOW - 120_000,
  journalEntries: 3,
  archiveRules: 14,
};

const refOf = (
  regionName: string,
  id: string,
): Pick<StoredFinding, 'profile' | 'region' | 'analyzerArn' | 'id'> => ({
  profile: 'prod',
  region: regionName,
  analyzerArn: `arn:aws:access-analyzer:${regionName}:${ACCOUNT}:analyzer/external-us`,
  id,
});

export const ENTRIES: readonly JournalEntry[] = [
  {
    id: 3,
    at: NOW - 2 * HOUR,
    kind: 'undo',
    title: 'Undo: archive 2 findings',
    state: 'done',
    of: 1,
    by: '4242@bastion',
    finishedAt: NOW - 2 * HOUR,
    operations: [],
  },
  {
    id: 2,
    at: NOW - 5 * HOUR,
    kind: 'archive',
    title: 'Archive 3 findings',
    state: 'partial',
    reason: 'partner access, ticket SEC-1042',
    by: '4242@bastion',
    finishedAt: NOW - 5 * HOUR,
    operations: [
      {
        ...refOf('us-east-1', ''),
        change: {
          kind: 'update-findings',
          status: 'ARCHIVED',
          ids: ['f-1', 'f-2', 'f-3'],
          before: ['ACTIVE', 'ACTIVE', 'ACTIVE'],
        },
        command: `aws accessanalyzer update-findings --analyzer-arn arn:aws:access-analyzer:us-east-1:${ACCOUNT}:analyzer/external-us --status ARCHIVED --ids f-1 f-2 f-3 --profile prod --region us-east-1`,
        index: 0,
        state: 'done',
        clientToken: 'token',
        outcomes: [
          {
            ref: refOf('us-east-1', 'f-1'),
            before: 'ACTIVE',
            wanted: 'ARCHIVED',
            after: 'ARCHIVED',
            outcome: 'changed',
          },
          {
            ref: refOf('us-east-1', 'f-2'),
            before: 'ACTIVE',
            wanted: 'ARCHIVED',
            after: 'ARCHIVED',
            outcome: 'changed',
          },
          {
            ref: refOf('us-east-1', 'f-3'),
            before: 'ACTIVE',
            wanted: 'ARCHIVED',
            after: 'RESOLVED',
            outcome: 'refused',
            error: 'RESOLVED findings cannot be archived',
          },
        ],
      },
    ],
  },
  {
    id: 1,
    at: NOW - DAY,
    kind: 'archive',
    title: 'Archive 2 findings',
    state: 'undone',
    undoneBy: 3,
    by: '4242@bastion',
    operations: [],
  },
];

/** The detail of a row: twins in two Regions, the second archived. */
export function detailOf(row: ExposureRow): ExposureDetail {
  const finding = (
    regionName: string,
    id: string,
    over: Partial<Pick<StoredFinding, 'status'>> = {},
  ): StoredFinding => ({
    ...refOf(regionName, id),
    findingType: row.findingType,
    status: 'ACTIVE',
    resource: row.resource,
    resourceType: row.resourceType,
    resourceOwnerAccount: ACCOUNT,
    createdAt: row.createdAt,
    analyzedAt: NOW - HOUR,
    updatedAt: row.updatedAt,
    isPublic: row.isPublic,
    ...(row.principal === undefined ? {} : { principal: row.principal }),
    ...(row.action === undefined ? {} : { action: row.action }),
    condition: {},
    risk: row.risk,
    exposureId: row.exposureId,
    firstSeenAt: row.firstSeenAt,
    goneAt: undefined,
    detail: undefined,
    ...over,
  });
  return {
    row,
    findings: [
      finding('us-east-1', '3b1c4f4b-5a3c-4f39-bb36-0c37c3b29b93'),
      finding('eu-central-1', '9d2e4f4b-7a3c-4a39-8b36-1c37c3b29b11', { status: 'ARCHIVED' }),
    ],
    analyzers: SUMMARY.analyzers,
    decision: undefined,
    errorFindings: 0,
  };
}

export const MODE: Mode = {
  readOnly: false,
  offline: false,
  demo: false,
  ascii: false,
  screenReader: false,
  lastVisitAt: NOW - DAY,
  profiles: ['prod'],
  accountNames: {},
  homeFilter: 'status:active',
};

const THEMES = [
  'colour-blind',
  'dark',
  'default',
  'dracula',
  'gruvbox',
  'high-contrast',
  'light',
  'mono',
  'nord',
  'solarized-dark',
];

/** A console that has been open for a while and shows these rows. */
export function stateWith(rows: readonly ExposureRow[], over: Partial<AppState> = {}): AppState {
  const publicFindings = rows.filter((row) => row.isPublic).length;
  const initial = createInitialState({
    viewport: { columns: 120, rows: 30 },
    now: NOW,
    mode: MODE,
    keymap: createKeymap(),
    themeName: 'default',
    themeNames: THEMES,
    views: [],
    first: { rows, counts: { exposures: rows.length, findings: rows.length, publicFindings } },
    summary: SUMMARY,
  });
  return { ...initial, list: { ...initial.list, loading: false }, ...over };
}

/** The same with the detail of the row under the cursor. */
export function withDetail(state: AppState, over: Partial<AppState['detail']> = {}): AppState {
  const row = state.list.rows[state.list.cursor - state.list.offset];
  if (row === undefined) return state;
  const detail = {
    ...state.detail,
    exposureId: row.exposureId,
    data: detailOf(row),
    history: ENTRIES.slice(1, 2),
    ...over,
  };
  return { ...state, detail };
}

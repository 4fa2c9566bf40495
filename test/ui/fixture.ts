import type { AppState } from '../../src/app/state.ts';
import { DEFAULT_SORT, type ExposureRow } from '../../src/domain/listing.ts';
import type { Expr } from '../../src/domain/filter/ast.ts';

/** Everything in the frames happens at this moment. */
export const NOW = Date.UTC(2026, 2, 14, 9, 30);
export const DAY = 86_400_000;

const ACTIVE: Expr = {
  kind: 'match',
  key: 'status',
  values: [{ parts: ['active'] }],
  span: { start: 0, end: 13 },
};

export function exposure(over: Partial<ExposureRow> = {}): ExposureRow {
  const createdAt = over.createdAt ?? NOW - 12 * DAY;
  return {
    exposureId: 'e0',
    risk: 80,
    riskLevel: 3,
    findingType: 'ExternalAccess',
    resource: 'arn:aws:iam::123456789012:role/partner/cross-acct-00001',
    resourceType: 'AWS::IAM::Role',
    account: '123456789012',
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
    riskLevel: 2,
    findingType: 'UnusedIAMUserAccessKey',
    resource: 'arn:aws:iam::123456789012:user/human-00002',
    resourceType: 'AWS::IAM::User',
    principal: undefined,
    action: undefined,
    what: 'AKIA…0002',
    neverUsed: true,
    createdAt: NOW - 210 * DAY,
  },
  {
    riskLevel: 2,
    findingType: 'UnusedIAMUserPassword',
    resource: 'arn:aws:iam::123456789012:user/human-00003',
    resourceType: 'AWS::IAM::User',
    principal: undefined,
    action: undefined,
    createdAt: NOW - 95 * DAY,
  },
  {
    riskLevel: 1,
    findingType: 'UnusedPermission',
    resource: 'arn:aws:iam::123456789012:role/svc/app-00000',
    principal: undefined,
    action: undefined,
    what: 's3 2 actions · bedrock',
    createdAt: NOW - 40 * DAY,
  },
  {
    riskLevel: 2,
    findingType: 'InternalAccess',
    resource: 'arn:aws:kms:eu-central-1:123456789012:key/1c4f4bfb-5a3c-4f39-bb36-0c37c3b29b93',
    resourceType: 'AWS::KMS::Key',
    principal: { AWS: 'arn:aws:iam::123456789012:role/billing' },
    action: ['kms:Decrypt'],
    regions: ['eu-central-1'],
    createdAt: NOW - 5 * 3_600_000,
  },
  {
    riskLevel: 2,
    error: 'ACCESS_DENIED',
    resource: 'arn:aws:sqs:ap-southeast-1:123456789012:orders-queue',
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
export const hostileExposures = (): readonly ExposureRow[] => [
  exposure({
    exposureId: 'h0',
    resource: `arn:aws:s3:::${ESC}[2J${ESC}]0;owned\u0007bucket`,
    resourceType: 'AWS::S3::Bucket',
  }),
  exposure({ exposureId: 'h1', resource: 'arn:aws:iam::123456789012:role/\u202efdp.exe\u202c' }),
  exposure({
    exposureId: 'h2',
    resource: 'arn:aws:iam::123456789012:role/日本語の役割とても長い名前ですよ本当に長いのです',
  }),
  exposure({ exposureId: 'h3', resource: 'arn:aws:iam::123456789012:role/👩‍👩‍👧‍👦-family-🔑-é́-ok' }),
  exposure({
    exposureId: 'h4',
    resource: 'arn:aws:iam::123456789012:role/line\nbreak\ttab\r\u200bzero',
    principal: { AWS: `444455556666${ESC}[31m` },
  }),
  exposure({
    exposureId: 'h5',
    resource: `arn:aws:iam::123456789012:role/${'very-long-path/'.repeat(12)}end-of-name`,
  }),
];

export interface Scene {
  readonly columns?: number;
  readonly rows?: number;
}

/** A console that has been open for a while, with these rows. */
export function stateWith(rows: readonly ExposureRow[], over: Partial<AppState> = {}): AppState {
  return {
    viewport: { columns: 120, rows: 30 },
    now: NOW,
    mode: {
      readOnly: false,
      offline: false,
      demo: false,
      ascii: false,
      screenReader: false,
      lastVisitAt: NOW - DAY,
      profiles: ['prod'],
      homeFilter: 'status:active',
    },
    keymap: { bindings: new Map(), problems: [] },
    themeName: 'default',
    themeNames: [
      'default',
      'dark',
      'light',
      'high-contrast',
      'colour-blind',
      'mono',
      'dracula',
      'gruvbox',
      'nord',
      'solarized-dark',
    ],
    screen: 'findings',
    list: {
      filterText: 'status:active',
      filter: ACTIVE,
      sort: DEFAULT_SORT,
      version: 1,
      context: { now: NOW, lastVisitAt: NOW - DAY, marked: new Set() },
      columns: undefined,
      counts: {
        exposures: rows.length,
        findings: rows.length,
        publicFindings: rows.filter((row) => row.isPublic).length,
      },
      offset: 0,
      rows,
      cursor: 0,
      cursorId: rows[0]?.exposureId,
      top: 0,
      loading: false,
      outdated: false,
      stale: false,
      asked: undefined,
      problem: undefined,
      notice: undefined,
      drift: { added: 0, gone: 0, moved: false },
    },
    filterBar: undefined,
    marks: { ids: new Set(), hidden: new Set(), anchor: undefined, anchorId: undefined },
    detail: {
      open: false,
      exposureId: undefined,
      data: undefined,
      history: [],
      scroll: 0,
      pending: new Set(),
    },
    dialog: undefined,
    toast: undefined,
    sync: { kind: 'idle' },
    summary: undefined,
    journal: { entries: [], cursor: 0, top: 0, open: false, scroll: 0 },
    analyzers: { cursor: 0, top: 0 },
    rules: { cursor: 0, top: 0 },
    overview: { cursor: 0, top: 0 },
    views: [],
    viewName: undefined,
    running: undefined,
    serial: 0,
    quit: undefined,
    ...over,
  };
}

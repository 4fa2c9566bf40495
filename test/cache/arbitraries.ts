import fc from 'fast-check';
import type { Expr } from '../../src/domain/filter/ast.ts';
import { parseFilter } from '../../src/domain/filter/parse.ts';
import {
  FINDING_STATUSES,
  FINDING_TYPES,
  type Finding,
  type FindingDetail,
} from '../../src/domain/finding.ts';

/** Few values of each, so that findings share them and filters meet them. */
const REGIONS = ['us-east-1', 'eu-west-1', 'ap-south-1'];
const ACCOUNTS = ['111122223333', '444455556666'];
const RESOURCES = [
  { resource: 'arn:aws:s3:::Photos-100%_of', resourceType: 'AWS::S3::Bucket' },
  { resource: 'arn:aws:s3:::backup', resourceType: 'AWS::S3::Bucket' },
  { resource: 'arn:aws:iam::111122223333:role/svc/App-00001', resourceType: 'AWS::IAM::Role' },
  { resource: 'arn:aws:iam::111122223333:user/ÄRGER-ß', resourceType: 'AWS::IAM::User' },
  { resource: 'arn:aws:new:::thing/東京', resourceType: 'AWS::New::Thing' },
];
const PRINCIPALS = [
  { AWS: '*' },
  { AWS: '444455556666' },
  { AWS: 'arn:aws:iam::999988887777:role/Partner' },
  { Federated: 'accounts.google.com' },
  {},
];
const CONDITIONS = [
  {},
  { 'aws:SourceIp': '10.0.0.0/8' },
  { 'aws:PrincipalOrgID': 'o-Abc', 'aws:SourceVpc': 'vpc-1' },
];
const ACTIONS = [['s3:GetObject'], ['s3:*', 'kms:Decrypt'], []];
const KEYS = ['AKIAEXAMPLE00000001', 'AKIAEXAMPLE00000002'];

/** Around this, so that ages and dates fall on both sides. */
export const NOW = Date.UTC(2026, 0, 15, 12);
const DAY = 86_400_000;
const time = fc.integer({ min: -60, max: 2 }).map((days) => NOW + days * DAY);

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const uuid = fc.tuple(hex(8), hex(4), hex(4), hex(4), hex(12)).map((parts) => parts.join('-'));

const optional = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const without = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;

export const arbitraryFinding: fc.Arbitrary<Finding> = fc
  .record({
    profile: fc.constantFrom('prod', 'dev'),
    region: fc.constantFrom(...REGIONS),
    analyzer: fc.constantFrom('external', 'Unused_org'),
    id: uuid,
    findingType: fc.constantFrom(...FINDING_TYPES),
    status: fc.constantFrom(...FINDING_STATUSES),
    place: fc.constantFrom(...RESOURCES),
    resourceOwnerAccount: fc.constantFrom(...ACCOUNTS),
    createdAt: time,
    analyzedAt: time,
    updatedAt: time,
    error: optional(['ACCESS_DENIED', 'INTERNAL_ERROR']),
    isPublic: optional([true, false]),
    principal: optional(PRINCIPALS),
    action: optional(ACTIONS),
    condition: optional(CONDITIONS),
    accessKeyId: optional(KEYS),
    resourceControlPolicyRestriction: optional(['APPLICABLE', 'NOT_APPLICABLE']),
  })
  .map(({ place, analyzer, ...rest }) =>
    without({
      ...rest,
      ...place,
      analyzerArn: `arn:aws:access-analyzer:${rest.region}:111122223333:analyzer/${analyzer}`,
    }),
  ) as fc.Arbitrary<Finding>;

export const arbitraryDetail: fc.Arbitrary<FindingDetail> = fc.oneof(
  fc
    .record({ lastAccessed: fc.option(time, { nil: undefined }) })
    .map((use) => without({ kind: 'unused-role' as const, ...use })),
  fc
    .record({ accessKeyId: fc.constantFrom(...KEYS), lastAccessed: fc.option(time, { nil: undefined }) })
    .map((key) => without({ kind: 'unused-key' as const, ...key })),
  fc.constant<FindingDetail>({ kind: 'unused-permission', services: [{ serviceNamespace: 's3' }] }),
  fc.constant<FindingDetail>({
    kind: 'internal',
    principal: { AWS: 'arn:aws:iam::111122223333:role/In' },
    action: ['s3:GetObject'],
  }),
) as fc.Arbitrary<FindingDetail>;

const TERMS = [
  'status:active',
  'status:arch*,resolved',
  'type:unused-*',
  'type:external',
  'type:UnusedPermission',
  'kind:s3',
  'kind:role,user',
  'kind:AWS::New::*',
  'resource:backup',
  'resource:*100%_of',
  'resource:*photos*',
  'resource:*ärger*',
  'resource:svc/*',
  'resource:*東*',
  'account:1111*',
  'account:444455556666',
  'region:eu-*',
  'region:us-east-1,ap-*',
  'analyzer:external',
  'analyzer:*_org',
  'profile:prod',
  'principal:*',
  'principal:everyone',
  'principal:"\\*"',
  'principal:999988887777',
  'principal:partner',
  'principal:4444*',
  'action:getobject',
  'action:s3:*',
  'action:kms:*',
  'condition:aws:SourceIp',
  'condition:aws:SourceIp=10.*',
  'condition:*=o-abc',
  'public:yes',
  'public:no',
  'error:yes',
  'error:no',
  'error:access_denied',
  'age:>30d',
  'age:<=10d',
  'age:2026-01-10',
  'updated:>=2026-01-01',
  'updated:<7d',
  'used:never',
  'used:>20d',
  'used:<20d',
  'used:>2026-01-05',
  'new:yes',
  'new:no',
  'marked:yes',
  'marked:no',
  'rule:yes',
  'rule:no',
  'rule:public*',
  'note:yes',
  'note:Backup',
  'note:no',
  'owner:team-*',
  'owner:yes',
  'id:0*',
  'id:*f',
  'photos',
  'PHOTOS',
  'ärger',
  'a',
  's3',
  'role',
  'us-east',
  'public',
  'everyone',
  'app-0*1',
  '100%',
  '_',
  'access_denied',
  'akia',
  'external',
  '1111',
  '444455556666',
  'getobject',
  '10.0',
  'o-abc',
  'arn:aws:s3',
  '東京',
  'svc/app',
  '0',
  '"a b"',
];

/** A filter as a person would type it: terms, negated, in groups, in alternatives. */
export const arbitraryFilterText: fc.Arbitrary<string> = fc.letrec<{ expr: string }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...TERMS),
    fc.tuple(tie('expr'), tie('expr')).map(([a, b]) => `(${a}) (${b})`),
    fc.tuple(tie('expr'), tie('expr')).map(([a, b]) => `(${a} or ${b})`),
    tie('expr').map((inner) => `-(${inner})`),
  ),
})).expr;

export function parsed(text: string): Expr {
  const filter = parseFilter(text);
  if (!filter.ok) throw new Error(`${text}: ${filter.problem.message}`);
  return filter.expr;
}

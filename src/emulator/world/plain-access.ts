import type { FindingDetail } from '../../domain/finding.ts';
import type { WorldFinding } from './finding.ts';
import type { Draw, PlainPlace } from './plain-place.ts';

/** External and internal findings of the plain world. */
type Facts = Omit<WorldFinding, 'createdAt' | 'key'>;

interface Shape {
  readonly type: string;
  readonly arn: (place: PlainPlace, account: string, name: string) => string;
  readonly actions: readonly string[];
}

const regional =
  (service: string, prefix: string): Shape['arn'] =>
  ({ analyzer }, account, name) =>
    `arn:aws:${service}:${analyzer.region}:${account}:${prefix}${name}`;

const BUCKET: Shape = {
  type: 'AWS::S3::Bucket',
  arn: ({ analyzer }, account, name) => `arn:aws:s3:::ext-data-${account}-${analyzer.region}-${name}`,
  actions: ['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
};

const EXTERNAL: readonly Shape[] = [
  {
    type: 'AWS::IAM::Role',
    arn: (_, account, name) => `arn:aws:iam::${account}:role/partner/cross-acct-${name}`,
    actions: ['sts:AssumeRole'],
  },
  BUCKET,
  {
    type: 'AWS::SQS::Queue',
    arn: regional('sqs', 'jobs-'),
    actions: ['sqs:ReceiveMessage', 'sqs:SendMessage'],
  },
  {
    type: 'AWS::KMS::Key',
    arn: regional('kms', 'key/00000000-0000-4000-a000-0000000'),
    actions: ['kms:Decrypt', 'kms:Encrypt'],
  },
  {
    type: 'AWS::Lambda::Function',
    arn: regional('lambda', 'function:worker-'),
    actions: ['lambda:InvokeFunction'],
  },
  {
    type: 'AWS::SecretsManager::Secret',
    arn: regional('secretsmanager', 'secret:app/config-'),
    actions: ['secretsmanager:GetSecretValue'],
  },
];

const INTERNAL: readonly [Shape, Shape] = [
  BUCKET,
  {
    type: 'AWS::DynamoDB::Table',
    arn: regional('dynamodb', 'table/records-'),
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
  },
];

const nameOf = ({ index }: PlainPlace): string => String(index).padStart(5, '0');

const outsider = (draw: Draw): string => String(444_455_550_000 + draw(10, 400));

function external(shape: Shape, draw: Draw) {
  const isPublic = shape.type !== 'AWS::IAM::Role' && draw(11, 40) === 0;
  const ofOrganization = !isPublic && draw(12, 6) === 0;
  return {
    isPublic,
    principal: { AWS: isPublic || ofOrganization ? '*' : outsider(draw) },
    action: shape.actions.slice(0, 1 + draw(13, shape.actions.length)),
    condition: ofOrganization ? { 'aws:PrincipalOrgID': 'o-9z8y7x6w5v' } : {},
    ...(shape === BUCKET ? { sources: [{ type: 'POLICY' }] } : {}),
    resourceControlPolicyRestriction: 'NOT_APPLICABLE',
  };
}

export function plainExternal(place: PlainPlace, account: string, draw: Draw): Facts {
  const shape = EXTERNAL[draw(14, EXTERNAL.length)] ?? BUCKET;
  const base = {
    resource: shape.arn(place, account, nameOf(place)),
    resourceType: shape.type,
    resourceOwnerAccount: account,
  };
  if (draw(15, 500) === 0)
    return { findingType: 'ExternalAccess', ...base, error: 'ACCESS_DENIED', detail: { kind: 'external' } };
  const facts = external(shape, draw);
  return { findingType: 'ExternalAccess', ...base, ...facts, detail: { kind: 'external', ...facts } };
}

export function plainInternal(place: PlainPlace, account: string, draw: Draw): Facts {
  const shape = INTERNAL[draw(14, INTERNAL.length)] ?? INTERNAL[0];
  const facts = {
    principal: { AWS: `arn:aws:iam::${account}:role/svc/app-${nameOf(place)}` },
    action: shape.actions.slice(0, 1 + draw(13, shape.actions.length)),
    condition: {},
    resourceControlPolicyRestriction: 'NOT_APPLICABLE',
  };
  const detail: FindingDetail = {
    kind: 'internal',
    accessType: 'INTRA_ACCOUNT',
    principalOwnerAccount: account,
    principalType: 'IAM_ROLE',
    serviceControlPolicyRestriction: 'NOT_APPLICABLE',
    ...facts,
  };
  // A few resources, many that reach them.
  const resource = shape.arn(place, account, String(place.index % 50).padStart(5, '0'));
  return {
    findingType: 'InternalAccess',
    resource,
    resourceType: shape.type,
    resourceOwnerAccount: account,
    ...facts,
    detail,
  };
}

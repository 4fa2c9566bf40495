import { NO_BLOCK } from '../build.ts';
import { addResource } from '../build.ts';
import type { Account, Bucket, Key, PolicyResource, Snapshot } from '../model.ts';
import { createRandom } from '../random.ts';
import { formatPolicy, rootOf, type StatementFacts } from '../statement.ts';

/** Resources of the demo in one line each. */

/** Where, and when it got its policy. */
export interface Place {
  readonly account: Account;
  readonly region: string;
  readonly at: number;
}

const base = ({ account, region, at }: Place) => ({
  account: account.id,
  region,
  createdAt: at - 30 * 86_400_000,
  updatedAt: at,
});

export const bucketArn = (name: string): string => `arn:aws:s3:::${name}`;

/** The objects of a bucket and the bucket itself, as policies name them. */
export const wholeBucket = (name: string): readonly string[] => [bucketArn(name), `${bucketArn(name)}/*`];

export const addBucket = (place: Place, name: string, ...statements: readonly StatementFacts[]): Bucket =>
  addResource(place.account, {
    type: 'AWS::S3::Bucket',
    arn: bucketArn(name),
    ...base(place),
    tags: {},
    acl: [],
    accessPoints: [],
    publicAccessBlock: { ...NO_BLOCK },
    ...(statements.length === 0 ? {} : { policy: formatPolicy(...statements) }),
  });

/** A UUID that follows from a name, for resources that AWS names so. */
function uuidOf(name: string): string {
  const random = createRandom(
    [...name].reduce((sum, letter) => Math.imul(sum, 33) + (letter.codePointAt(0) ?? 0), 5381),
  );
  const hex = Array.from({ length: 30 }, () => random.between(0, 15).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}

/** A key whose account may do everything, as AWS makes them, and whoever else the statements name. */
export function addKey(place: Place, alias: string, ...statements: readonly StatementFacts[]): Key {
  const { account, region } = place;
  const own = { principal: { AWS: rootOf(account.id) }, action: 'kms:*', resource: '*' };
  return addResource(account, {
    type: 'AWS::KMS::Key',
    arn: `arn:aws:kms:${region}:${account.id}:key/${uuidOf(alias + region)}`,
    ...base(place),
    tags: { alias },
    grants: [],
    policy: formatPolicy(own, ...statements),
  });
}

const KINDS = {
  queue: ['AWS::SQS::Queue', 'sqs', ''],
  topic: ['AWS::SNS::Topic', 'sns', ''],
  function: ['AWS::Lambda::Function', 'lambda', 'function:'],
  layer: ['AWS::Lambda::LayerVersion', 'lambda', 'layer:'],
  secret: ['AWS::SecretsManager::Secret', 'secretsmanager', 'secret:'],
  repository: ['AWS::ECR::Repository', 'ecr', 'repository/'],
  fileSystem: ['AWS::EFS::FileSystem', 'elasticfilesystem', 'file-system/'],
  table: ['AWS::DynamoDB::Table', 'dynamodb', 'table/'],
} as const;

/** Anything whose access is its policy; statements get the resource itself as their Resource. */
export function addShared(
  place: Place,
  kind: keyof typeof KINDS,
  name: string,
  ...statements: readonly StatementFacts[]
): PolicyResource {
  const [type, service, prefix] = KINDS[kind];
  const arn = `arn:aws:${service}:${place.region}:${place.account.id}:${prefix}${name}`;
  const policy = formatPolicy(...statements.map((statement) => ({ resource: arn, ...statement })));
  return addResource(place.account, {
    type,
    arn,
    ...base(place),
    tags: {},
    ...(statements.length === 0 ? {} : { policy }),
  });
}

const SNAPSHOTS = {
  'AWS::EC2::Snapshot': ['ec2', 'snapshot/'],
  'AWS::RDS::DBSnapshot': ['rds', 'snapshot:'],
  'AWS::RDS::DBClusterSnapshot': ['rds', 'cluster-snapshot:'],
} as const;

/** A snapshot and who it is shared with; `all` makes it public. */
export function addSnapshot(
  place: Place,
  type: Snapshot['type'],
  name: string,
  sharedWith: readonly string[],
): Snapshot {
  const [service, prefix] = SNAPSHOTS[type];
  // EBS snapshots carry no account in their ARN.
  const owner = type === 'AWS::EC2::Snapshot' ? '' : place.account.id;
  const arn = `arn:aws:${service}:${place.region}:${owner}:${prefix}${name}`;
  return addResource(place.account, { type, arn, ...base(place), tags: {}, sharedWith: [...sharedWith] });
}

import { NO_BLOCK } from '../world/build.ts';
import type {
  AccessPoint,
  AclGrant,
  Bucket,
  Key,
  PolicyResource,
  Resource,
  Snapshot,
} from '../world/model.ts';
import type { Configuration } from './configuration.ts';

/** What is known of the resource that a preview is about, whether it exists or not. */
export interface PreviewSubject {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** Epoch ms. */
  readonly now: number;
  readonly existing?: Resource;
}

/** Configurations that are one policy, and the member that holds it. */
const POLICY_ONLY = {
  sqsQueue: ['AWS::SQS::Queue', 'queuePolicy'],
  snsTopic: ['AWS::SNS::Topic', 'topicPolicy'],
  secretsManagerSecret: ['AWS::SecretsManager::Secret', 'secretPolicy'],
  ecrRepository: ['AWS::ECR::Repository', 'repositoryPolicy'],
  efsFileSystem: ['AWS::EFS::FileSystem', 'fileSystemPolicy'],
  dynamodbTable: ['AWS::DynamoDB::Table', 'tablePolicy'],
  dynamodbStream: ['AWS::DynamoDB::Stream', 'streamPolicy'],
  s3ExpressDirectoryBucket: ['AWS::S3Express::DirectoryBucket', 'bucketPolicy'],
} as const satisfies Partial<Record<keyof Configuration, readonly [PolicyResource['type'], string]>>;

const SNAPSHOTS = {
  ebsSnapshot: 'AWS::EC2::Snapshot',
  rdsDbSnapshot: 'AWS::RDS::DBSnapshot',
  rdsDbClusterSnapshot: 'AWS::RDS::DBClusterSnapshot',
} as const;

/**
 * The resource as it would be. What a configuration leaves out stays as it is; an empty policy means none (API
 * reference, "Configuration"). `undefined`: the configuration is not of this resource's type.
 */
export function changedResource(configuration: Configuration, subject: PreviewSubject): Resource | undefined {
  const changed =
    changedBucket(configuration, subject) ??
    changedKey(configuration, subject) ??
    changedSnapshot(configuration, subject) ??
    changedPolicyResource(configuration, subject);
  if (changed === undefined || (subject.existing && subject.existing.type !== changed.type)) return undefined;
  return changed;
}

function base({ arn, account, region, now, existing }: PreviewSubject) {
  const { createdAt = now, tags = {} } = existing ?? {};
  return { arn, account, region, createdAt, updatedAt: now, tags };
}

/** The policy put, or the one there was. */
function policyMember(put: string | undefined, before: string | undefined): { policy?: string } {
  const policy = put ?? before;
  return policy === undefined || policy === '' ? {} : { policy };
}

function changedPolicyResource(
  configuration: Configuration,
  subject: PreviewSubject,
): PolicyResource | undefined {
  for (const [kind, [type, member]] of Object.entries(POLICY_ONLY)) {
    const given = configuration[kind as keyof typeof POLICY_ONLY] as
      Readonly<Record<string, string>> | undefined;
    if (given !== undefined)
      return { ...base(subject), type, ...policyMember(given[member], subject.existing?.policy) };
  }
  return undefined;
}

function changedBucket({ s3Bucket: given }: Configuration, subject: PreviewSubject): Bucket | undefined {
  if (given === undefined) return undefined;
  const before = subject.existing?.type === 'AWS::S3::Bucket' ? subject.existing : undefined;
  return {
    ...base(subject),
    type: 'AWS::S3::Bucket',
    ...policyMember(given.bucketPolicy, before?.policy),
    acl: given.bucketAclGrants?.map(toAclGrant) ?? before?.acl ?? [],
    publicAccessBlock: { ...(before?.publicAccessBlock ?? NO_BLOCK), ...given.bucketPublicAccessBlock },
    accessPoints:
      given.accessPoints === undefined ? (before?.accessPoints ?? []) : toAccessPoints(given.accessPoints),
  };
}

type BucketConfiguration = NonNullable<Configuration['s3Bucket']>;

/** The two groups that make an ACL public, by their last word. */
function toAclGrant({
  grantee,
  permission,
}: NonNullable<BucketConfiguration['bucketAclGrants']>[number]): AclGrant {
  const group = grantee.uri?.split('/').at(-1);
  if (group === 'AllUsers') return { grantee: 'all-users', permission };
  if (group === 'AuthenticatedUsers') return { grantee: 'authenticated-users', permission };
  return { grantee: grantee.id ?? grantee.uri ?? '', permission };
}

const toAccessPoints = (given: NonNullable<BucketConfiguration['accessPoints']>): AccessPoint[] =>
  Object.entries(given).map(([arn, { accessPointPolicy, networkOrigin }]) => ({
    arn,
    name: arn.slice(arn.lastIndexOf('/') + 1),
    account: arn.split(':')[4] ?? '',
    ...(networkOrigin?.vpcConfiguration === undefined ? {} : { vpc: networkOrigin.vpcConfiguration.vpcId }),
    ...policyMember(accessPointPolicy, undefined),
  }));

/** A key has one policy, called `default`. */
function changedKey({ kmsKey: given }: Configuration, subject: PreviewSubject): Key | undefined {
  if (given === undefined) return undefined;
  const before = subject.existing?.type === 'AWS::KMS::Key' ? subject.existing : undefined;
  const grants = given.grants?.map((grant, i) => ({
    id: `preview-${i}`,
    grantee: grant.granteePrincipal,
    operations: [...grant.operations],
  }));
  return {
    ...base(subject),
    type: 'AWS::KMS::Key',
    ...policyMember(given.keyPolicies?.['default'], before?.policy),
    grants: grants ?? before?.grants ?? [],
  };
}

function changedSnapshot(configuration: Configuration, subject: PreviewSubject): Snapshot | undefined {
  for (const [kind, type] of Object.entries(SNAPSHOTS)) {
    if (configuration[kind as keyof typeof SNAPSHOTS] === undefined) continue;
    const before = subject.existing?.type === type ? subject.existing.sharedWith : [];
    return { ...base(subject), type, sharedWith: sharedWith(configuration) ?? before };
  }
  return undefined;
}

/** `all` among the groups, or as an account of RDS's `restore` attribute, is everyone. */
function sharedWith({
  ebsSnapshot,
  rdsDbSnapshot,
  rdsDbClusterSnapshot,
}: Configuration): string[] | undefined {
  if (ebsSnapshot !== undefined) {
    const { userIds, groups } = ebsSnapshot;
    return userIds === undefined && groups === undefined
      ? undefined
      : [...(userIds ?? []), ...(groups ?? [])];
  }
  const attributes = (rdsDbSnapshot ?? rdsDbClusterSnapshot)?.attributes;
  const accounts = attributes?.['restore']?.accountIds;
  return attributes === undefined ? undefined : [...(accounts ?? [])];
}

import type { FindingSource as AccessSource } from '../../domain/finding.ts';
import { expandActions, resourceActionsOf } from './action-catalogue.ts';
import { invertCondition } from './conditions.ts';
import type { Bucket, Key, Resource, Snapshot } from './model.ts';
import {
  type Condition,
  coversAction,
  coversResource,
  parsePolicy,
  type PrincipalName,
  type Statement,
} from './policy.ts';
import { accountOf, isDeletedPrincipal } from './zone.ts';

/** One action that one principal may take on a resource, under these conditions. */
export interface Access {
  readonly principal: PrincipalName;
  readonly action: string;
  readonly conditions: readonly Condition[];
  readonly source?: AccessSource;
}

/** Service that a resource's actions belong to. */
const NAMESPACES: Readonly<Record<Resource['type'] | 'AWS::IAM::Role', string>> = {
  'AWS::IAM::Role': 'sts',
  'AWS::S3::Bucket': 's3',
  'AWS::S3Express::DirectoryBucket': 's3',
  'AWS::KMS::Key': 'kms',
  'AWS::SQS::Queue': 'sqs',
  'AWS::SNS::Topic': 'sns',
  'AWS::Lambda::Function': 'lambda',
  'AWS::Lambda::LayerVersion': 'lambda',
  'AWS::SecretsManager::Secret': 'secretsmanager',
  'AWS::ECR::Repository': 'ecr',
  'AWS::EFS::FileSystem': 'elasticfilesystem',
  'AWS::DynamoDB::Table': 'dynamodb',
  'AWS::DynamoDB::Stream': 'dynamodb',
  'AWS::EC2::Snapshot': 'ec2',
  'AWS::RDS::DBSnapshot': 'rds',
  'AWS::RDS::DBClusterSnapshot': 'rds',
};

export const namespaceOfType = (type: Resource['type'] | 'AWS::IAM::Role'): string => NAMESPACES[type];

const EVERYONE: PrincipalName = { type: 'AWS', value: '*' };

/** Services act on behalf of the account and are not outside of it; an Allow with NotPrincipal lets in everyone else. */
function principalsOf(statement: Statement): readonly PrincipalName[] {
  if (statement.principals === undefined) return [];
  if (statement.principals.not) return [EVERYONE];
  return statement.principals.values.filter(
    (principal) => principal.type !== 'Service' && !isDeletedPrincipal(principal),
  );
}

/** Whether a Deny's principals take in this one whole: `*`, the same name, or the account it is of. */
function deniesPrincipal(statement: Statement, principal: PrincipalName): boolean {
  if (statement.principals === undefined) return false;
  const { not, values } = statement.principals;
  const named = values.some(
    ({ type, value }) =>
      type === principal.type &&
      (value === '*' ||
        value === principal.value ||
        (value.endsWith(':root') && accountOf(value) === accountOf(principal.value))),
  );
  return named !== not;
}

/** What Deny statements leave of an action: undefined for nothing, else the conditions they add. */
function leftByDenies(
  denies: readonly Statement[],
  principal: PrincipalName,
  action: string,
): readonly Condition[] | undefined {
  const added: Condition[] = [];
  for (const deny of denies) {
    if (!coversAction(deny, action) || !deniesPrincipal(deny, principal)) continue;
    const [only, ...more] = deny.conditions;
    if (only === undefined) return undefined;
    const inverted = more.length === 0 ? invertCondition(only) : undefined;
    // A Deny that cannot be turned into one condition is left out: findings err towards too many.
    if (inverted !== undefined) added.push(inverted);
  }
  return added;
}

/** Everything that a resource-based or trust policy grants. @throws PolicyError */
export function accessByPolicy(
  policy: string,
  arn: string,
  namespace: string,
  source?: AccessSource,
): readonly Access[] {
  const statements = parsePolicy(policy).statements.filter((statement) => coversResource(statement, arn));
  const denies = statements.filter(({ effect }) => effect === 'Deny');
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => {
      const actions = expandActions(statement, resourceActionsOf(namespace));
      return principalsOf(statement).flatMap((principal) =>
        actions.flatMap((action): readonly Access[] => {
          const added = leftByDenies(denies, principal, action);
          if (added === undefined) return [];
          return [
            { principal, action, conditions: [...statement.conditions, ...added], ...(source && { source }) },
          ];
        }),
      );
    });
}

const ACL_ACTIONS: Readonly<Record<Bucket['acl'][number]['permission'], readonly string[]>> = {
  READ: ['s3:ListBucket', 's3:ListBucketVersions'],
  WRITE: ['s3:DeleteObject', 's3:PutObject'],
  READ_ACP: ['s3:GetBucketAcl'],
  WRITE_ACP: ['s3:PutBucketAcl'],
  FULL_CONTROL: [
    's3:DeleteObject',
    's3:GetBucketAcl',
    's3:ListBucket',
    's3:ListBucketVersions',
    's3:PutBucketAcl',
    's3:PutObject',
  ],
};

/** What a bucket's ACL grants. */
export function accessByAcl(bucket: Bucket): readonly Access[] {
  return bucket.acl.flatMap(({ grantee, permission }) => {
    const isGroup = grantee === 'all-users' || grantee === 'authenticated-users';
    const principal = isGroup ? EVERYONE : { type: 'CanonicalUser', value: grantee };
    return ACL_ACTIONS[permission].map((action) => ({
      principal,
      action,
      conditions: [],
      source: { type: 'BUCKET_ACL' },
    }));
  });
}

/** What a key's grants give, beside its policy. */
export const accessByGrants = (key: Key): readonly Access[] =>
  key.grants.flatMap(({ grantee, operations }) =>
    operations.map((operation) => ({
      principal: { type: 'AWS', value: grantee },
      action: `kms:${operation}`,
      conditions: [],
    })),
  );

const SNAPSHOT_ACTIONS: Readonly<Record<Snapshot['type'], readonly string[]>> = {
  'AWS::EC2::Snapshot': ['ec2:CopySnapshot', 'ec2:CreateVolume'],
  'AWS::RDS::DBSnapshot': ['rds:CopyDBSnapshot', 'rds:RestoreDBInstanceFromDBSnapshot'],
  'AWS::RDS::DBClusterSnapshot': ['rds:CopyDBClusterSnapshot', 'rds:RestoreDBClusterFromSnapshot'],
};

/** What can be done to a resource of this type at all. */
export const actionsOnType = (type: Resource['type']): readonly string[] =>
  type in SNAPSHOT_ACTIONS
    ? SNAPSHOT_ACTIONS[type as Snapshot['type']]
    : resourceActionsOf(namespaceOfType(type));

/** What sharing a snapshot gives. */
export const accessBySharing = (snapshot: Snapshot): readonly Access[] =>
  snapshot.sharedWith.flatMap((account) =>
    SNAPSHOT_ACTIONS[snapshot.type].map((action) => ({
      principal: { type: 'AWS', value: account === 'all' ? '*' : account },
      action,
      conditions: [],
    })),
  );

import type { Statement } from './policy.ts';
import { coversAction } from './policy.ts';

/**
 * The actions this world knows, by service: enough of the Service Authorization Reference for the policies in it.
 * `tracked` ones have action last-accessed information in IAM; data-plane ones have none, so that they are never
 * reported as unused one by one (IAM User Guide, "action last accessed information").
 */
interface ServiceActions {
  readonly tracked: readonly string[];
  readonly untracked: readonly string[];
}

const service = (tracked: string, untracked = ''): ServiceActions => ({
  tracked: tracked.split(' ').filter(Boolean),
  untracked: untracked.split(' ').filter(Boolean),
});

const SERVICES: Readonly<Record<string, ServiceActions>> = {
  bedrock: service('CreateModelCustomizationJob GetFoundationModel ListFoundationModels', 'InvokeModel'),
  cloudformation: service('CreateStack DeleteStack DescribeStacks GetTemplate ListStacks UpdateStack'),
  cloudtrail: service('CreateTrail DescribeTrails GetTrailStatus LookupEvents StopLogging'),
  cloudwatch: service('DescribeAlarms GetMetricData ListMetrics PutMetricAlarm', 'PutMetricData'),
  dynamodb: service(
    'CreateTable DeleteTable DescribeTable ListTables UpdateTable',
    'BatchGetItem BatchWriteItem DeleteItem GetItem PutItem Query Scan UpdateItem',
  ),
  ec2: service(
    'AuthorizeSecurityGroupIngress CreateSecurityGroup CreateSnapshot CreateTags DeleteSnapshot DescribeImages ' +
      'DescribeInstances DescribeSecurityGroups DescribeSnapshots DescribeVpcs ModifySnapshotAttribute RunInstances ' +
      'StartInstances StopInstances TerminateInstances',
  ),
  ecr: service(
    'CreateRepository DeleteRepository DescribeRepositories GetAuthorizationToken SetRepositoryPolicy',
    'BatchCheckLayerAvailability BatchGetImage CompleteLayerUpload GetDownloadUrlForLayer InitiateLayerUpload PutImage ' +
      'UploadLayerPart',
  ),
  ecs: service(
    'DescribeServices DescribeTasks ListClusters RegisterTaskDefinition RunTask StopTask UpdateService',
  ),
  elasticfilesystem: service('DescribeFileSystems', 'ClientMount ClientRootAccess ClientWrite'),
  events: service('DescribeRule ListRules PutRule PutTargets', 'PutEvents'),
  glue: service(
    'CreateJob GetDatabase GetDatabases GetJob GetTable GetTables StartCrawler StartJobRun UpdateTable',
  ),
  iam: service(
    'AttachRolePolicy CreateAccessKey CreateRole DeleteRole GetRole GetUser ListRoles ListUsers PassRole PutRolePolicy ' +
      'UpdateAssumeRolePolicy',
  ),
  kms: service(
    'CreateGrant CreateKey DescribeKey DisableKey EnableKeyRotation ListAliases ListKeys PutKeyPolicy ScheduleKeyDeletion',
    'Decrypt Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext ReEncryptFrom ReEncryptTo Sign Verify',
  ),
  lambda: service(
    'AddPermission CreateFunction DeleteFunction GetFunction GetLayerVersion ListFunctions UpdateFunctionCode ' +
      'UpdateFunctionConfiguration',
    'InvokeFunction InvokeFunctionUrl',
  ),
  logs: service(
    'CreateLogGroup DescribeLogGroups DescribeLogStreams GetQueryResults StartQuery',
    'PutLogEvents',
  ),
  rds: service(
    'CopyDBSnapshot CreateDBSnapshot DeleteDBInstance DescribeDBInstances DescribeDBSnapshots ModifyDBInstance ' +
      'RestoreDBInstanceFromDBSnapshot StartDBInstance StopDBInstance',
  ),
  s3: service(
    'CreateBucket DeleteBucket DeleteBucketPolicy GetBucketAcl GetBucketLocation GetBucketPolicy ' +
      'GetLifecycleConfiguration ListAllMyBuckets PutBucketAcl PutBucketPolicy PutLifecycleConfiguration',
    'AbortMultipartUpload DeleteObject GetObject GetObjectAcl GetObjectVersion ListBucket ListBucketVersions PutObject ' +
      'PutObjectAcl',
  ),
  secretsmanager: service(
    'CreateSecret DeleteSecret DescribeSecret GetSecretValue ListSecrets PutResourcePolicy PutSecretValue RotateSecret ' +
      'UpdateSecret',
  ),
  sns: service(
    'CreateTopic DeleteTopic GetTopicAttributes ListSubscriptionsByTopic ListTopics SetTopicAttributes Subscribe',
    'Publish',
  ),
  sqs: service(
    'CreateQueue DeleteQueue GetQueueAttributes GetQueueUrl ListQueues PurgeQueue SetQueueAttributes',
    'ChangeMessageVisibility DeleteMessage ReceiveMessage SendMessage',
  ),
  ssm: service(
    'DescribeParameters GetParameter GetParameters GetParametersByPath PutParameter SendCommand StartSession',
  ),
  sts: service(
    'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity',
    'GetCallerIdentity SetSourceIdentity TagSession',
  ),
};

const named = (namespace: string, names: readonly string[]): readonly string[] =>
  names.map((name) => `${namespace}:${name}`);

/** Full names of a service's actions, sorted; none for a service this world does not know. */
export const actionsOf = (namespace: string): readonly string[] => {
  const known = SERVICES[namespace];
  return known === undefined ? [] : named(namespace, [...known.tracked, ...known.untracked]).toSorted();
};

/** Those whose last use IAM knows. */
export const trackedActionsOf = (namespace: string): readonly string[] =>
  named(namespace, SERVICES[namespace]?.tracked ?? []);

/** Actions on the account as a whole, which no resource's policy can grant or withhold. */
const ACCOUNT_WIDE: ReadonlySet<string> = new Set(
  (
    'dynamodb:CreateTable dynamodb:ListTables ecr:CreateRepository ecr:GetAuthorizationToken ' +
    'elasticfilesystem:DescribeFileSystems kms:CreateKey kms:ListAliases kms:ListKeys lambda:CreateFunction ' +
    'lambda:ListFunctions s3:CreateBucket s3:ListAllMyBuckets secretsmanager:CreateSecret secretsmanager:ListSecrets ' +
    'sns:CreateTopic sns:ListTopics sqs:CreateQueue sqs:ListQueues sts:GetCallerIdentity'
  ).split(' '),
);

const RESOURCE_ACTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.keys(SERVICES).map((name) => [name, actionsOf(name).filter((action) => !ACCOUNT_WIDE.has(action))]),
);
const NO_ACTIONS: readonly string[] = [];

/** A service's actions that are taken on one resource; the same list every time. */
export const resourceActionsOf = (namespace: string): readonly string[] =>
  RESOURCE_ACTIONS.get(namespace) ?? NO_ACTIONS;

export const ALL_ACTIONS: readonly string[] = Object.keys(SERVICES).flatMap(actionsOf);

export const namespaceOf = (action: string): string => action.split(':', 1)[0]?.toLowerCase() ?? '';

const isPlain = (action: string): boolean => !action.includes('*') && !action.includes('?');

/**
 * What a statement's Action means among `known`; names without wildcards stay although they are not known, as long
 * as they are of the services that `known` is of.
 */
export function expandActions(statement: Statement, known: readonly string[]): readonly string[] {
  const expansions = expansionsOf.get(known) ?? new Map<string, readonly string[]>();
  expansionsOf.set(known, expansions);
  const element = JSON.stringify(statement.actions);
  const actions = expansions.get(element) ?? meantActions(statement, known);
  expansions.set(element, actions);
  return actions;
}

/** List of known actions → Action element → what it means: the same few statements are looked at again and again. */
const expansionsOf = new WeakMap<readonly string[], Map<string, readonly string[]>>();

function meantActions(statement: Statement, known: readonly string[]): readonly string[] {
  const covered = known.filter((action) => coversAction(statement, action));
  if (statement.actions.not) return covered;
  const services = new Set(known.map(namespaceOf));
  const lower = new Set(known.map((action) => action.toLowerCase()));
  const literal = statement.actions.values.filter(
    (action) => isPlain(action) && services.has(namespaceOf(action)) && !lower.has(action.toLowerCase()),
  );
  return [...covered, ...literal];
}

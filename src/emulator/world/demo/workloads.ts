import { addInstanceProfile, addPolicy, addRole } from '../build.ts';
import type { Account, Role } from '../model.ts';
import { formatPolicy, trustService } from '../statement.ts';
import { awsPolicy } from './aws-policies.ts';
import { wholeBucket } from './make.ts';
import type { Setting } from './setting.ts';
import { recordUse, usePartly } from './usage.ts';

/** Roles of services: what each is allowed, and how much of that it uses. */

/** Policies that several workloads of an account share: changing one concerns them all. */
function addSharedPolicies(
  setting: Setting,
  account: Account,
): Readonly<Record<'baseline' | 'messaging' | 'storage', string>> {
  const add = (name: string, action: readonly string[], ageDays: number): string =>
    addPolicy(setting.world, account, {
      path: '/platform/',
      name,
      document: formatPolicy({ sid: sidOf(name), action, resource: '*' }),
      createdAt: setting.daysAgo(ageDays),
      description: `Platform team: ${name} for every workload`,
    }).arn;
  return {
    baseline: add(
      'workload-baseline',
      ['cloudwatch:PutMetricData', 'logs:CreateLogGroup', 'logs:PutLogEvents', 'ssm:GetParameter*'],
      640,
    ),
    messaging: add('workload-messaging', ['events:Put*', 'sns:Publish', 'sns:List*', 'sqs:*'], 410),
    storage: add(
      'workload-storage',
      [
        'dynamodb:DescribeTable',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateTable',
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:GenerateDataKey',
        'kms:ListAliases',
      ],
      380,
    ),
  };
}

/** A Sid has letters and digits only. */
const sidOf = (name: string): string =>
  name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What a workload may do besides the shared policies; `{bucket}` is its own. */
const OWN_POLICIES: readonly (readonly string[])[] = [
  [
    's3:GetObject',
    's3:PutObject',
    's3:GetBucketLocation',
    's3:PutLifecycleConfiguration',
    's3:GetBucketPolicy',
  ],
  [
    'ec2:DescribeInstances',
    'ec2:DescribeVpcs',
    'ec2:CreateTags',
    'ec2:RunInstances',
    'ec2:TerminateInstances',
    'iam:PassRole',
  ],
  [
    'secretsmanager:GetSecretValue',
    'secretsmanager:ListSecrets',
    'secretsmanager:RotateSecret',
    'kms:Decrypt',
  ],
  ['glue:Get*', 'glue:StartJobRun', 'glue:UpdateTable', 's3:GetObject'],
  ['bedrock:InvokeModel', 'bedrock:ListFoundationModels', 's3:GetBucketPolicy', 's3:PutBucketPolicy'],
  ['lambda:InvokeFunction', 'lambda:GetFunction', 'lambda:UpdateFunctionCode', 'lambda:AddPermission'],
  ['ecs:RunTask', 'ecs:DescribeTasks', 'ecs:StopTask', 'ecs:UpdateService', 'iam:PassRole'],
  ['rds:DescribeDBInstances', 'rds:CreateDBSnapshot', 'rds:ModifyDBInstance', 'rds:DeleteDBInstance'],
];

const AWS_EXTRAS = [
  'AmazonSQSFullAccess',
  'CloudWatchLogsFullAccess',
  'AmazonSNSFullAccess',
  'AmazonEC2ContainerRegistryPowerUser',
  'AmazonBedrockFullAccess',
] as const;

interface Team {
  readonly account: Account;
  readonly path: string;
  readonly services: readonly string[];
}

function addWorkload(
  setting: Setting,
  team: Team,
  i: number,
  shared: ReturnType<typeof addSharedPolicies>,
): Role {
  const { world, random, daysAgo } = setting;
  const name = team.services[i] ?? `service-${i}`;
  const role = addRole(world, team.account, {
    path: team.path,
    name,
    trustPolicy: trustService(
      random.pick(['ecs-tasks.amazonaws.com', 'lambda.amazonaws.com', 'ec2.amazonaws.com']),
    ),
    createdAt: daysAgo(random.between(120, 500) + random.next()),
    tags: { team: team.path.replaceAll('/', '') },
  });
  role.attachedPolicies.push(shared.baseline);
  if (random.chance(0.5)) role.attachedPolicies.push(shared.messaging);
  if (random.chance(0.4)) role.attachedPolicies.push(shared.storage);
  if (random.chance(0.3))
    role.attachedPolicies.push(awsPolicy(AWS_EXTRAS[i % AWS_EXTRAS.length] ?? AWS_EXTRAS[0]));
  const bucket = `acme-${team.account.name}-${name}`;
  const action = OWN_POLICIES[i % OWN_POLICIES.length] ?? [];
  role.inlinePolicies.set(
    `${name}-own`,
    formatPolicy(
      {
        sid: 'Own',
        action: action.filter((each) => !each.startsWith('s3:')).concat('cloudwatch:PutMetricData'),
        resource: '*',
      },
      {
        sid: 'Bucket',
        action: action.filter((each) => each.startsWith('s3:')).concat('s3:GetObject'),
        resource: wholeBucket(bucket),
      },
    ),
  );
  return role;
}

const SHOP =
  'api checkout catalogue-sync feature-flags fraud-scoring image-resizer inventory loyalty notifications orders payments pricing recommendations search session-store shipping storefront tax'.split(
    ' ',
  );
const DATA =
  'airflow-worker athena-reports clickstream-loader customer-360 dbt-runner feature-store forecasting glue-crawler kafka-connect lineage ml-training notebook-gateway quality-checks reverse-etl schema-registry'.split(
    ' ',
  );
const PLATFORM =
  'backup-runner cost-reports dns-sync image-builder log-shipper patch-manager secrets-rotator'.split(' ');
const STAGING =
  'api-staging checkout-staging orders-staging payments-staging search-staging load-generator storefront-staging synthetic-monitoring tax-staging'.split(
    ' ',
  );

const GUARDRAILS =
  'alert-router cloudtrail-indexer config-recorder finding-exporter guardduty-triage inventory-scanner quarantine'.split(
    ' ',
  );

/** The service gives up on these, as it does on some. */
const WITHOUT_RECOMMENDATION: ReadonlySet<string> = new Set(['fraud-scoring', 'ml-training']);

/** In use every day, and allowed far more than that takes. */
function addActiveWorkloads(setting: Setting): void {
  const { prod, data, staging, security } = setting;
  const teams: readonly Team[] = [
    { account: prod, path: '/svc/', services: SHOP },
    { account: prod, path: '/platform/', services: PLATFORM },
    { account: data, path: '/pipelines/', services: DATA },
    { account: staging, path: '/svc/', services: STAGING },
    { account: security, path: '/guardrails/', services: GUARDRAILS },
  ];
  const shared = new Map(
    [prod, data, staging, security].map((account) => [account.id, addSharedPolicies(setting, account)]),
  );
  for (const team of teams) {
    const policies = shared.get(team.account.id);
    if (policies === undefined) continue;
    team.services.forEach((name, i) => {
      const role = addWorkload(setting, team, i, policies);
      if (WITHOUT_RECOMMENDATION.has(name)) role.recommendationFails = true;
      usePartly(setting, role, 0.55);
    });
  }
}

/** Left behind by projects that ended: nobody assumed them within the tracking period. */
const ABANDONED: Readonly<Record<'prod' | 'data' | 'staging' | 'sandbox', readonly string[]>> = {
  prod: 'blue-green-switcher checkout-v1 coupon-engine data-export-2023 elasticsearch-snapshots legacy-cron mainframe-bridge metrics-relay old-bastion pdf-renderer sftp-gateway survey-bot video-transcoder wiki-backup xmpp-notifier'.split(
    ' ',
  ),
  data: 'emr-default-ec2 hadoop-migration redshift-unload sagemaker-poc tableau-bridge talend-runner vertica-sync zeppelin'.split(
    ' ',
  ),
  staging: 'browser-farm chaos-monkey preview-environments release-2024 selenium-grid'.split(' '),
  sandbox:
    'alexa-skill blockchain-demo gpu-rental hackathon-2024-team-7 intern-project iot-button kubernetes-lab twitter-bot'.split(
      ' ',
    ),
};

function addAbandonedRoles(setting: Setting): void {
  const { world, random, daysAgo } = setting;
  for (const where of ['prod', 'data', 'staging', 'sandbox'] as const) {
    for (const name of ABANDONED[where]) {
      const createdAt = daysAgo(random.between(420, 2200) + random.next());
      const role = addRole(world, setting[where], {
        path: '/legacy/',
        name,
        trustPolicy: trustService('ec2.amazonaws.com'),
        createdAt,
      });
      role.inlinePolicies.set(
        'access',
        formatPolicy({ action: ['ec2:Describe*', 's3:ListAllMyBuckets', 'sqs:SendMessage'], resource: '*' }),
      );
      if (random.chance(0.4)) role.attachedPolicies.push(awsPolicy('CloudWatchLogsFullAccess'));
      // The others were never used at all, as far as the tracking period reaches.
      if (random.chance(0.6))
        recordUse(role, 'ec2:DescribeInstances', daysAgo(random.between(110, 390) + random.next()));
      if (random.chance(0.5)) addInstanceProfile(world, setting[where], { name, createdAt, roleName: name });
    }
  }
}

export function addWorkloads(setting: Setting): void {
  addActiveWorkloads(setting);
  addAbandonedRoles(setting);
}

import { rootOf } from '../statement.ts';
import { addKey, addShared, addSnapshot, type Place } from './make.ts';
import { DEMO_REGIONS, OUTSIDERS, type Setting } from './setting.ts';

/** The same product in every Region of production: each with what it shares with whom. */
function addRegionalResources({ prod, random, daysAgo }: Setting): void {
  for (const region of DEMO_REGIONS) {
    const place = (): Place => ({ account: prod, region, at: daysAgo(random.between(4, 400)) });
    addShared(place(), 'queue', 'parcel-events', {
      principal: { AWS: OUTSIDERS.logistics },
      action: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
    });
    addShared(place(), 'repository', 'shop/storefront', {
      principal: { AWS: [OUTSIDERS.agency] },
      action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    });
    addShared(place(), 'secret', 'logistics/webhook-signing-key-Qw7Er2', {
      principal: { AWS: rootOf(OUTSIDERS.logistics) },
      action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
    });
    addShared(place(), 'function', 'delivery-estimate', {
      principal: { AWS: `arn:aws:iam::${OUTSIDERS.logistics}:role/feeds/parcel-tracking-feed-writer` },
      action: 'lambda:InvokeFunction',
    });
    addShared(place(), 'topic', 'stock-alerts', {
      principal: { AWS: OUTSIDERS.agency },
      action: 'sns:Subscribe',
    });
    addKey(place(), 'alias/parcel-events', {
      sid: 'Logistics',
      principal: { AWS: `arn:aws:iam::${OUTSIDERS.logistics}:role/feeds/parcel-tracking-feed-writer` },
      action: ['kms:Encrypt', 'kms:GenerateDataKey*'],
      resource: '*',
    });
  }
}

/** Open to anyone. */
function addPublicResources({ prod, staging, sandbox, data, daysAgo }: Setting): void {
  addShared({ account: prod, region: 'us-east-1', at: daysAgo(6) }, 'function', 'webhook-receiver', {
    principal: '*',
    action: 'lambda:InvokeFunctionUrl',
    condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
  });
  addShared({ account: prod, region: 'eu-west-1', at: daysAgo(15) }, 'queue', 'newsletter-signup', {
    principal: '*',
    action: 'sqs:*',
  });
  addShared({ account: prod, region: 'ap-southeast-1', at: daysAgo(230) }, 'topic', 'status-page-updates', {
    principal: '*',
    action: ['sns:Subscribe', 'sns:ListSubscriptionsByTopic'],
  });
  addKey({ account: data, region: 'us-east-1', at: daysAgo(2) }, 'alias/lake', {
    sid: 'TemporaryDebugging',
    principal: '*',
    action: ['kms:Decrypt', 'kms:DescribeKey'],
    resource: '*',
  });
  addSnapshot(
    { account: staging, region: 'us-east-1', at: daysAgo(27) },
    'AWS::EC2::Snapshot',
    'snap-0f4e21c9a7b36d805',
    ['all'],
  );
  addSnapshot(
    { account: sandbox, region: 'us-east-1', at: daysAgo(510) },
    'AWS::RDS::DBSnapshot',
    'customer-db-before-migration',
    ['all'],
  );
  addShared({ account: sandbox, region: 'us-east-1', at: daysAgo(45) }, 'layer', 'ffmpeg:3', {
    principal: '*',
    action: 'lambda:GetLayerVersion',
  });
}

/** Shared with somebody. */
function addSharedResources({ prod, staging, data, daysAgo }: Setting): void {
  addShared(
    { account: prod, region: 'us-east-1', at: daysAgo(19) },
    'secret',
    'integrations/vendor-api-key-a1B2c3',
    {
      principal: { AWS: `arn:aws:iam::${OUTSIDERS.vendor}:role/acme-connector` },
      action: 'secretsmanager:GetSecretValue',
    },
  );
  addShared(
    { account: prod, region: 'eu-central-1', at: daysAgo(77) },
    'fileSystem',
    'fs-05b1d7e20f9c3a648',
    {
      principal: '*',
      action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
      condition: { StringEquals: { 'aws:SourceVpc': 'vpc-0c4d8e91f2a36b705' } },
    },
  );
  addShared({ account: prod, region: 'us-west-2', at: daysAgo(31) }, 'function', 'thumbnail-generator', {
    principal: { AWS: staging.id },
    action: 'lambda:InvokeFunction',
  });
  addSnapshot(
    { account: prod, region: 'eu-west-1', at: daysAgo(11) },
    'AWS::RDS::DBClusterSnapshot',
    'orders-2026-q1-for-audit',
    [OUTSIDERS.auditor],
  );
  addSnapshot(
    { account: data, region: 'us-east-1', at: daysAgo(140) },
    'AWS::EC2::Snapshot',
    'snap-0b93c5e7d1a2f4680',
    [OUTSIDERS.vendor],
  );
}

/** Shared by a grant, or in a way that makes no finding at all. */
function addSubtlyShared({ prod, security, daysAgo }: Setting): void {
  const key = addKey({ account: prod, region: 'us-east-1', at: daysAgo(53) }, 'alias/backups');
  key.grants.push({
    id: 'a3f1',
    grantee: `arn:aws:iam::${OUTSIDERS.auditor}:role/evidence`,
    operations: ['Decrypt', 'DescribeKey'],
  });
  addShared({ account: security, region: 'us-east-1', at: daysAgo(8) }, 'topic', 'incident-pager', {
    principal: { AWS: OUTSIDERS.auditor },
    action: ['sns:Publish', 'sns:Subscribe'],
  });
  // The default policy of SNS: everyone, as long as they are the owner. No finding.
  addShared({ account: prod, region: 'us-east-1', at: daysAgo(600) }, 'topic', 'order-events', {
    principal: { AWS: '*' },
    action: ['sns:Publish', 'sns:Subscribe'],
    condition: { StringEquals: { 'AWS:SourceOwner': prod.id } },
  });
}

/** The service itself failed on these. */
function addFailingResources({ prod, staging, daysAgo }: Setting): void {
  addShared(
    { account: prod, region: 'ap-northeast-1', at: daysAgo(4) },
    'secret',
    'payments/gateway-Zx81Qp',
  ).analysisFails = true;
  addShared(
    { account: staging, region: 'us-east-1', at: daysAgo(13) },
    'queue',
    'load-test-results',
  ).analysisFails = true;
}

export function addResources(setting: Setting): void {
  addRegionalResources(setting);
  addPublicResources(setting);
  addSharedResources(setting);
  addSubtlyShared(setting);
  addFailingResources(setting);
}

import { canonicalUserOf } from '../zone.ts';
import { addBucket, bucketArn, type Place, wholeBucket } from './make.ts';
import { DEMO_REGIONS, ORGANIZATION_ID, OUTSIDERS, type Setting, VENDOR_ORGANIZATION_ID } from './setting.ts';
import type { StatementFacts } from '../statement.ts';

const readByEveryone = (name: string, condition?: StatementFacts['condition']): StatementFacts => ({
  sid: 'PublicRead',
  principal: '*',
  action: 's3:GetObject',
  resource: `${bucketArn(name)}/*`,
  ...(condition && { condition }),
});

/** Three log buckets a Region that the vendor's organization may read: dull, alike, and a good archive rule. */
function addLogBuckets({ prod, daysAgo }: Setting): void {
  DEMO_REGIONS.forEach((region, r) => {
    ['access', 'delivery', 'flow'].forEach((kind, k) => {
      const name = `acme-logs-${kind}-${region}`;
      addBucket(
        { account: prod, region, at: daysAgo(180 - 11 * r - k) },
        name,
        {
          sid: 'LogAnalysis',
          principal: '*',
          action: ['s3:GetObject', 's3:ListBucket'],
          resource: wholeBucket(name),
          condition: { StringEquals: { 'aws:PrincipalOrgID': VENDOR_ORGANIZATION_ID } },
        },
        // Within the organization; outside of the account's own zone of trust all the same.
        {
          sid: 'Audit',
          principal: '*',
          action: 's3:GetObject',
          resource: `${bucketArn(name)}/*`,
          condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION_ID } },
        },
      );
    });
  });
}

/** What the person on call wants to see first. */
function addPublicBuckets({ prod, data, sandbox, staging, daysAgo }: Setting): void {
  const at = (account: Place['account'], region: string, days: number): Place => ({
    account,
    region,
    at: daysAgo(days),
  });
  addBucket(at(prod, 'us-east-1', 3), 'ext-data-00000', {
    principal: '*',
    action: ['s3:GetObject', 's3:PutObject'],
    resource: `${bucketArn('ext-data-00000')}/*`,
  });
  addBucket(at(prod, 'eu-central-1', 40), 'acme-shop-static', readByEveryone('acme-shop-static'));
  addBucket(
    at(prod, 'ap-northeast-1', 9),
    'acme-kk-campaign-2026',
    readByEveryone('acme-kk-campaign-2026', { Bool: { 'aws:SecureTransport': 'true' } }),
  );
  addBucket(at(data, 'us-east-1', 1), 'acme-ml-training-exports', {
    principal: '*',
    action: ['s3:GetObject', 's3:ListBucket'],
    resource: wholeBucket('acme-ml-training-exports'),
  });
  addBucket(
    at(staging, 'us-east-1', 64),
    'acme-staging-uploads',
    readByEveryone('acme-staging-uploads', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }),
  );
  addBucket(at(staging, 'us-east-1', 50), 'acme-press-kit', readByEveryone('acme-press-kit'));
  const site = addBucket(at(sandbox, 'us-east-1', 260), 'old-hackathon-site');
  site.acl.push({ grantee: 'all-users', permission: 'READ' });
  // Public by its policy, but Block Public Access holds it back: no finding.
  const held = addBucket(
    at(prod, 'us-west-2', 80),
    'acme-brochures-draft',
    readByEveryone('acme-brochures-draft'),
  );
  held.publicAccessBlock = { ...held.publicAccessBlock, restrictPublicBuckets: true };
}

function addSharedBuckets({ prod, data, staging, daysAgo }: Setting): void {
  const exchange = addBucket(
    { account: prod, region: 'eu-west-1', at: daysAgo(22) },
    'acme-partner-exchange',
    {
      principal: {
        AWS: [`arn:aws:iam::${OUTSIDERS.agency}:role/upload`, `arn:aws:iam::${OUTSIDERS.agency}:user/たなか`],
      },
      action: 's3:PutObject',
      resource: `${bucketArn('acme-partner-exchange')}/inbox/*`,
    },
  );
  exchange.acl.push({ grantee: canonicalUserOf(OUTSIDERS.logistics), permission: 'READ' });
  addBucket({ account: prod, region: 'us-west-2', at: daysAgo(130) }, 'acme-office-scans', {
    principal: '*',
    action: 's3:*',
    resource: wholeBucket('acme-office-scans'),
    condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.17/32'] } },
  });
  addBucket({ account: data, region: 'us-east-1', at: daysAgo(17) }, 'acme-data-lake-raw', {
    principal: { AWS: `arn:aws:iam::${OUTSIDERS.logistics}:role/feeds/parcel-tracking-feed-writer` },
    action: ['s3:PutObject', 's3:AbortMultipartUpload'],
    resource: `${bucketArn('acme-data-lake-raw')}/parcels/*`,
  });
  addBucket({ account: staging, region: 'eu-west-1', at: daysAgo(70) }, 'acme-staging-fixtures', {
    principal: { AWS: prod.id },
    action: 's3:GetObject',
    resource: `${bucketArn('acme-staging-fixtures')}/*`,
  });
}

/** A bucket that leaves it to its access points who may come in. */
function addAccessPoints({ prod, daysAgo }: Setting): void {
  const region = 'us-east-1';
  const bucket = addBucket({ account: prod, region, at: daysAgo(48) }, 'acme-analytics-shared', {
    sid: 'DelegateToAccessPoints',
    principal: '*',
    action: 's3:*',
    resource: wholeBucket('acme-analytics-shared'),
    condition: { StringEquals: { 's3:DataAccessPointAccount': prod.id } },
  });
  const arn = `arn:aws:s3:${region}:${prod.id}:accesspoint/logistics`;
  bucket.accessPoints.push({
    name: 'logistics',
    arn,
    account: prod.id,
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: OUTSIDERS.logistics },
          Action: 's3:GetObject',
          Resource: `${arn}/object/*`,
        },
      ],
    }),
  });
}

/** Their policies deny everyone who does not come through the office's endpoint, the analyzer too. */
function addUnreadableBuckets({ prod, data, daysAgo }: Setting): void {
  const lock = (name: string): StatementFacts => ({
    sid: 'OnlyThroughOurEndpoint',
    effect: 'Deny',
    principal: '*',
    action: 's3:*',
    resource: wholeBucket(name),
    condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718' } },
  });
  addBucket(
    { account: prod, region: 'us-east-1', at: daysAgo(33) },
    'acme-hr-records',
    lock('acme-hr-records'),
  );
  addBucket(
    { account: data, region: 'us-east-1', at: daysAgo(90) },
    'acme-payroll-archive',
    lock('acme-payroll-archive'),
  );
}

export function addBuckets(setting: Setting): void {
  addLogBuckets(setting);
  addPublicBuckets(setting);
  addSharedBuckets(setting);
  addAccessPoints(setting);
  addUnreadableBuckets(setting);
}

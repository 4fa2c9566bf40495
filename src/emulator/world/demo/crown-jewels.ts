import { addRole } from '../build.ts';
import { formatPolicy, type StatementFacts, trustService } from '../statement.ts';
import { addBucket, addShared, addSnapshot, bucketArn, wholeBucket } from './make.ts';
import type { Setting } from './setting.ts';
import { useFully } from './usage.ts';

/** What the internal access analyzer watches, and the roles inside that can reach it. */

const BUCKET = 'acme-customer-records';
const TABLE = 'orders';

/** ARNs that the internal access analyzer is told to look at. */
export const crownJewels = (prod: string): readonly string[] => [
  bucketArn(BUCKET),
  `arn:aws:dynamodb:us-east-1:${prod}:table/${TABLE}`,
  `arn:aws:rds:us-east-1:${prod}:cluster-snapshot:ledger-nightly`,
];

interface Reader {
  readonly where: 'prod' | 'data' | 'security';
  readonly name: string;
  readonly statements: readonly StatementFacts[];
}

const table = (prod: string): string => `arn:aws:dynamodb:us-east-1:${prod}:table/${TABLE}`;

const readers = (prod: string): readonly Reader[] => [
  {
    where: 'prod',
    name: 'records-writer',
    statements: [{ action: ['s3:PutObject', 's3:GetObject'], resource: wholeBucket(BUCKET) }],
  },
  {
    where: 'prod',
    name: 'records-exporter',
    statements: [
      { action: ['s3:Get*', 's3:List*'], resource: [bucketArn('acme-*'), `${bucketArn('acme-*')}/*`] },
    ],
  },
  {
    where: 'prod',
    name: 'order-processor',
    statements: [
      { action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], resource: table(prod) },
    ],
  },
  {
    where: 'prod',
    name: 'order-history',
    statements: [
      {
        action: ['dynamodb:Query', 'dynamodb:BatchGetItem'],
        resource: [table(prod), `${table(prod)}/index/*`],
      },
    ],
  },
  {
    where: 'prod',
    name: 'nightly-maintenance',
    statements: [{ action: ['dynamodb:*', 'rds:*'], resource: '*' }],
  },
];

/** Those that reach more than one of them, or from another account. */
const wideReaders = (): readonly Reader[] => [
  {
    where: 'prod',
    name: 'gdpr-eraser',
    statements: [
      { action: ['s3:DeleteObject', 's3:GetObject'], resource: `${bucketArn(BUCKET)}/*` },
      { action: 'dynamodb:DeleteItem', resource: '*' },
    ],
  },
  {
    where: 'prod',
    name: 'support-tooling',
    // Denied the records in so many words: reaches the table, not the bucket.
    statements: [
      { action: ['s3:GetObject', 'dynamodb:GetItem'], resource: '*' },
      { effect: 'Deny', action: 's3:*', resource: wholeBucket(BUCKET) },
    ],
  },
  {
    where: 'data',
    name: 'lake-ingest',
    statements: [{ action: ['s3:GetObject', 's3:ListBucket'], resource: '*' }],
  },
  {
    where: 'security',
    name: 'forensics',
    statements: [{ action: ['s3:GetObject', 's3:GetObjectVersion'], resource: '*' }],
  },
];

export function addCrownJewels(setting: Setting): void {
  const { prod, data, security, daysAgo, world } = setting;
  const inside = (account: string, name: string): string => `arn:aws:iam::${account}:role/core/${name}`;
  addBucket(
    { account: prod, region: 'us-east-1', at: daysAgo(66) },
    BUCKET,
    {
      sid: 'Lake',
      principal: { AWS: inside(data.id, 'lake-ingest') },
      action: ['s3:GetObject', 's3:ListBucket'],
      resource: wholeBucket(BUCKET),
    },
    {
      sid: 'Forensics',
      principal: { AWS: security.id },
      action: 's3:GetObject*',
      resource: `${bucketArn(BUCKET)}/*`,
    },
  );
  addShared({ account: prod, region: 'us-east-1', at: daysAgo(240) }, 'table', TABLE);
  addSnapshot(
    { account: prod, region: 'us-east-1', at: daysAgo(1) },
    'AWS::RDS::DBClusterSnapshot',
    'ledger-nightly',
    [],
  );
  for (const { where, name, statements } of [...readers(prod.id), ...wideReaders()]) {
    const account = setting[where];
    const role = addRole(world, account, {
      path: '/core/',
      name,
      trustPolicy: trustService('lambda.amazonaws.com'),
      createdAt: daysAgo(320),
    });
    role.inlinePolicies.set('access', formatPolicy(...statements));
    useFully(setting, role);
  }
}

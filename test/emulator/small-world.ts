/** A world small enough to know by heart: one account with an analyzer of each kind, and a neighbour. */
import type { Setting } from '../../src/emulator/setting.ts';
import {
  addAccessKey,
  addAccount,
  addPolicy,
  addResource,
  addRole,
  addUser,
  createWorld,
  NO_BLOCK,
} from '../../src/emulator/world/build.ts';
import { deriveFindings, deriveForResource } from '../../src/emulator/world/derive.ts';
import type { AnalyzerSpec } from '../../src/emulator/world/finding.ts';
import type { Account, Bucket, World } from '../../src/emulator/world/model.ts';
import { formatPolicy, rootOf, trustAccount, trustService } from '../../src/emulator/world/statement.ts';

export const DAY = 24 * 60 * 60 * 1000;
export const START = Date.parse('2026-03-01T00:00:00Z');
export const HOME = '111122223333';
export const NEIGHBOUR = '222233334444';
export const VENDOR = '444455556666';
export const REGION = 'us-east-1';

export const arnOf = (name: string, region = REGION, account = HOME): string =>
  `arn:aws:access-analyzer:${region}:${account}:analyzer/${name}`;
export const EXTERNAL = arnOf('external');
export const UNUSED = arnOf('unused');
export const INTERNAL = arnOf('internal');
export const DISABLED = arnOf('organization');
export const PUBLIC_BUCKET = 'arn:aws:s3:::public-site';
export const SHARED_BUCKET = 'arn:aws:s3:::shared-with-vendor';

const bucket = (account: Account, name: string, principal: '*' | { AWS: string }): Bucket =>
  addResource(account, {
    type: 'AWS::S3::Bucket',
    arn: `arn:aws:s3:::${name}`,
    account: account.id,
    region: REGION,
    createdAt: START - 50 * DAY,
    updatedAt: START - 40 * DAY,
    tags: {},
    policy: formatPolicy({ principal, action: 's3:GetObject', resource: `arn:aws:s3:::${name}/*` }),
    acl: [],
    accessPoints: [],
    publicAccessBlock: { ...NO_BLOCK },
  });

const analyzer = (
  name: string,
  type: AnalyzerSpec['type'],
  more: Partial<AnalyzerSpec> = {},
): AnalyzerSpec => {
  const region = more.region ?? REGION;
  const arn = arnOf(name, region, more.account);
  return { arn, name, type, account: HOME, region, createdAt: START - 60 * DAY, status: 'ACTIVE', ...more };
};

const ANALYZERS: readonly AnalyzerSpec[] = [
  analyzer('external', 'ACCOUNT', { tags: { team: 'security' } }),
  analyzer('external', 'ACCOUNT', { region: 'eu-west-1' }),
  analyzer('external', 'ACCOUNT', { account: NEIGHBOUR }),
  analyzer('unused', 'ACCOUNT_UNUSED_ACCESS', { unusedAccessAge: 90 }),
  analyzer('internal', 'ACCOUNT_INTERNAL_ACCESS', { inclusions: [{ resourceArns: [SHARED_BUCKET] }] }),
  analyzer('organization', 'ORGANIZATION', {
    status: 'DISABLED',
    statusReason: 'DELEGATED_ADMINISTRATOR_DEREGISTERED',
  }),
];

function addIdentities(world: World, home: Account): void {
  const createdAt = START - 400 * DAY;
  for (let i = 1; i <= 3; i += 1) {
    addRole(world, home, {
      name: `partner-${i}`,
      path: '/partner/',
      createdAt,
      trustPolicy: trustAccount(VENDOR),
    });
  }
  const policy = addPolicy(world, home, {
    name: 'app-access',
    createdAt,
    document: formatPolicy(
      { sid: 'Read', action: ['s3:GetObject', 's3:ListBucket'], resource: '*' },
      { sid: 'Queue', action: 'sqs:*', resource: '*' },
      { sid: 'Model', action: 'bedrock:InvokeModel', resource: '*' },
    ),
  });
  const app = addRole(world, home, {
    name: 'app',
    createdAt,
    trustPolicy: trustService('ecs-tasks.amazonaws.com'),
  });
  app.attachedPolicies.push(policy.arn);
  app.inlinePolicies.set('extra', formatPolicy({ action: 'dynamodb:DeleteTable', resource: '*' }));
  app.lastUsed = { at: START - DAY, region: REGION };
  app.usage.set('s3', { lastUsed: START - DAY, actions: new Map([['s3:GetObject', START - DAY]]) });
  const person = addUser(world, home, { name: 'human', createdAt });
  addAccessKey(world, person, { createdAt });
  person.loginProfile = { createdAt, passwordResetRequired: false, lastUsed: START - 200 * DAY };
  addRole(world, home, {
    name: 'reviewer',
    createdAt,
    trustPolicy: formatPolicy({
      principal: { AWS: [rootOf(HOME), rootOf(NEIGHBOUR)] },
      action: 'sts:AssumeRole',
      condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    }),
  });
}

/** Fresh every time: tests change it. */
export function createSmallWorld(): Setting {
  const world = createWorld({ seed: 7, organizationId: 'o-smallworld', managementAccount: HOME, now: START });
  const home = addAccount(world, HOME, 'home');
  const neighbour = addAccount(world, NEIGHBOUR, 'neighbour');
  home.optInRegions.push('ap-east-1');
  home.deniedRegions.push('eu-south-1', 'eu-north-1');
  home.optInRegions.push('eu-south-1');
  bucket(home, 'public-site', '*');
  bucket(home, 'shared-with-vendor', { AWS: rootOf(VENDOR) });
  bucket(neighbour, 'neighbour-site', '*');
  addIdentities(world, home);
  return {
    world,
    source: {
      kind: 'derived',
      analyzers: ANALYZERS,
      findings: (view) => deriveFindings(world, view),
      findingsOf: (view, arn) => deriveForResource(world, view, arn),
    },
  };
}

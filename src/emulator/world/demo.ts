import { addAccount, createWorld, FULL_BLOCK } from './build.ts';
import { createDemoAnalyzers } from './analyzers.ts';
import { addAwsPolicies } from './demo/aws-policies.ts';
import { addBuckets } from './demo/buckets.ts';
import { addCrownJewels } from './demo/crown-jewels.ts';
import { recentFixes } from './demo/history.ts';
import { addPeople } from './demo/people.ts';
import { ACCOUNTS, ORGANIZATION_ID, type Setting } from './demo/setting.ts';
import { addResources } from './demo/shared-resources.ts';
import { addTrusts } from './demo/trusts.ts';
import { addWorkloads } from './demo/workloads.ts';
import { deriveFindings, deriveForResource } from './derive.ts';
import type { World } from './model.ts';
import { createRandom } from './random.ts';
import type { DerivedFindings } from './source.ts';
import { formatPolicy } from './statement.ts';

const DAY = 86_400_000;

function createSetting(seed: number, now: number): Setting {
  const world = createWorld({
    seed,
    organizationId: ORGANIZATION_ID,
    managementAccount: ACCOUNTS.management,
    now,
  });
  return {
    world,
    random: createRandom(seed),
    prod: addAccount(world, ACCOUNTS.prod, 'prod'),
    staging: addAccount(world, ACCOUNTS.staging, 'staging'),
    data: addAccount(world, ACCOUNTS.data, 'data'),
    security: addAccount(world, ACCOUNTS.security, 'security'),
    sandbox: addAccount(world, ACCOUNTS.sandbox, 'sandbox'),
    management: addAccount(world, ACCOUNTS.management, 'management'),
    daysAgo: (days) => now - Math.round(days * DAY),
  };
}

/** What the organization lays over its accounts. */
function addGuardrails({ world, prod, data, security, management }: Setting): void {
  world.resourceControlPolicies.push({
    name: 'data-perimeter',
    document: formatPolicy({
      effect: 'Deny',
      principal: '*',
      action: ['s3:*', 'kms:*'],
      resource: '*',
      condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': world.organizationId } },
    }),
    accounts: [data.id],
  });
  world.serviceControlPolicies.push({
    name: 'protect-backups',
    document: formatPolicy({
      effect: 'Deny',
      action: ['rds:Delete*', 'dynamodb:DeleteTable'],
      resource: '*',
    }),
    accounts: [prod.id, data.id],
  });
  security.publicAccessBlock = { ...FULL_BLOCK };
  management.publicAccessBlock = { ...FULL_BLOCK };
  // An opt-in Region that was switched on and then closed by a service control policy.
  prod.optInRegions.push('eu-south-1');
  prod.deniedRegions.push('eu-south-1');
}

function fill(setting: Setting): void {
  addAwsPolicies(setting.world);
  addGuardrails(setting);
  addTrusts(setting);
  addBuckets(setting);
  addResources(setting);
  addCrownJewels(setting);
  addWorkloads(setting);
  addPeople(setting);
}

/** The demo: an organization with a shop, its data platform and what five years left behind. */
export interface DemoWorld {
  readonly world: World;
  readonly source: DerivedFindings;
}

/** `now` in epoch ms; the same seed and `now` give the same world. */
export function createDemo(seed: number, now: number): DemoWorld {
  const setting = createSetting(seed, now);
  fill(setting);
  const { world } = setting;
  const source: DerivedFindings = {
    kind: 'derived',
    analyzers: createDemoAnalyzers(now),
    history: recentFixes(setting),
    findings: (analyzer) => deriveFindings(world, analyzer),
    findingsOf: (analyzer, resourceArn) => deriveForResource(world, analyzer, resourceArn),
  };
  return { world, source };
}

/** The demo's world as it stands at `now`, with its latest fixes made. */
export function createDemoWorld(seed: number, now: number): World {
  const { world, source } = createDemo(seed, now);
  for (const change of source.history ?? []) change.apply();
  return world;
}

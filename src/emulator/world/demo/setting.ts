import type { Account, World } from '../model.ts';
import type { Random } from '../random.ts';

/** What the parts of the demo world share: who is there, and how to say "forty days ago". */
export interface Setting {
  readonly world: World;
  readonly random: Random;
  readonly prod: Account;
  readonly staging: Account;
  readonly data: Account;
  readonly security: Account;
  readonly sandbox: Account;
  readonly management: Account;
  /** Epoch ms, so many days before the world's now. */
  readonly daysAgo: (days: number) => number;
}

/** The organization's accounts; production is the one the demo's own caller is in. */
export const ACCOUNTS = {
  prod: '123456789012',
  staging: '210987654321',
  data: '345678901234',
  security: '456789012345',
  sandbox: '567890123456',
  management: '678901234567',
} as const;

/** Accounts that are not of the organization. */
export const OUTSIDERS = {
  /** The vendor behind every `partner/` role. */
  vendor: '444455556666',
  monitoring: '464622532012',
  auditor: '999988887777',
  agency: '777788889999',
  logistics: '888811112222',
} as const;

export const ORGANIZATION_ID = 'o-a1b2c3d4e5';
/** The vendor's organization: the log buckets are shared with all of it. */
export const VENDOR_ORGANIZATION_ID = 'o-9z8y7x6w5v';

/** Regions with analyzers, and with resources in them. */
export const DEMO_REGIONS = [
  'us-east-1',
  'us-west-2',
  'eu-west-1',
  'eu-central-1',
  'ap-southeast-1',
  'ap-northeast-1',
] as const;

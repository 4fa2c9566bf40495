import { addAccount, createWorld } from './build.ts';
import { analyzerArn } from './analyzers.ts';
import { ACCOUNTS, ORGANIZATION_ID } from './demo/setting.ts';
import type { AnalyzerSpec } from './finding.ts';
import type { World } from './model.ts';
import { plainFinding } from './plain-finding.ts';
import { indexOfPlainId, plainId } from './plain-id.ts';
import type { IndexedFindings } from './source.ts';

/**
 * A plain world of up to a million findings over ten analyzers: every finding is computed from (seed, analyzer,
 * index) when it is asked for, so that the size costs no memory.
 */
export const MAX_PLAIN_FINDINGS = 1_000_000;

const DAY = 86_400_000;

/** Six external, three unused, one internal: the mix of a large organization. */
const ANALYZERS = [
  ['us-east-1', 'ORGANIZATION'],
  ['us-west-2', 'ACCOUNT'],
  ['eu-west-1', 'ACCOUNT'],
  ['eu-central-1', 'ACCOUNT'],
  ['ap-southeast-1', 'ACCOUNT'],
  ['ap-northeast-1', 'ACCOUNT'],
  ['us-east-1', 'ACCOUNT_UNUSED_ACCESS'],
  ['us-east-1', 'ORGANIZATION_UNUSED_ACCESS'],
  ['eu-west-1', 'ACCOUNT_UNUSED_ACCESS'],
  ['us-east-1', 'ORGANIZATION_INTERNAL_ACCESS'],
] as const;

function toSpec([region, type]: (typeof ANALYZERS)[number], now: number): AnalyzerSpec {
  const name = `plain-${type.toLowerCase().replaceAll('_', '-')}`;
  return {
    arn: analyzerArn(ACCOUNTS.prod, region, name),
    name,
    type,
    account: ACCOUNTS.prod,
    region,
    status: 'ACTIVE',
    createdAt: now - 400 * DAY,
    ...(type.endsWith('_UNUSED_ACCESS') ? { unusedAccessAge: 90 } : {}),
  };
}

/** Findings of analyzer `n` of ten: even shares, the first ones take what is left over. */
const shareOf = (total: number, n: number): number =>
  Math.floor(total / ANALYZERS.length) + (n < total % ANALYZERS.length ? 1 : 0);

export interface PlainOptions {
  /** 0 ≤ total ≤ MAX_PLAIN_FINDINGS. */
  readonly total: number;
  readonly seed: number;
  /** Epoch ms. */
  readonly now: number;
}

/** @throws RangeError for a total out of bounds. */
export function plainFindings({ total, seed, now }: PlainOptions): IndexedFindings {
  if (!Number.isInteger(total) || total < 0 || total > MAX_PLAIN_FINDINGS) {
    throw new RangeError(`findings must be a whole number from 0 to ${MAX_PLAIN_FINDINGS}`);
  }
  const analyzers = ANALYZERS.map((analyzer) => toSpec(analyzer, now));
  const numbers = new Map(analyzers.map(({ arn }, n) => [arn, n]));
  const count = (arn: string): number => {
    const n = numbers.get(arn);
    return n === undefined ? 0 : shareOf(total, n);
  };
  return {
    kind: 'indexed',
    analyzers,
    count,
    at(arn, index) {
      const n = numbers.get(arn);
      const analyzer = n === undefined ? undefined : analyzers[n];
      if (
        n === undefined ||
        analyzer === undefined ||
        !Number.isInteger(index) ||
        index < 0 ||
        index >= count(arn)
      ) {
        throw new RangeError(`${arn} has no finding ${index}`);
      }
      return { ...plainFinding({ analyzer, n, index, seed, now }), id: plainId(seed, n, index) };
    },
    indexOf(arn, id) {
      const n = numbers.get(arn);
      const index = n === undefined ? undefined : indexOfPlainId(seed, n, id);
      return index !== undefined && index < count(arn) ? index : undefined;
    },
  };
}

/** The accounts around plain findings; there is nothing in them. */
export function createPlainWorld(seed: number, now: number): World {
  const world = createWorld({
    seed,
    organizationId: ORGANIZATION_ID,
    managementAccount: ACCOUNTS.management,
    now,
  });
  for (const [name, id] of Object.entries(ACCOUNTS)) addAccount(world, id, name);
  return world;
}

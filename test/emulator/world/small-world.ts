import type { AnalyzerType } from '../../../src/domain/analyzer.ts';
import { addAccount, createWorld } from '../../../src/emulator/world/build.ts';
import { deriveFindings } from '../../../src/emulator/world/derive.ts';
import type { AnalyzerView, WorldFinding } from '../../../src/emulator/world/finding.ts';
import type { Account, World } from '../../../src/emulator/world/model.ts';

/** Two accounts of one organization, empty, to put one cause into at a time. */
export const NOW = Date.UTC(2026, 5, 1);
export const DAY = 86_400_000;
export const HOME = '111111111111';
export const SISTER = '222222222222';
export const STRANGER = '999999999999';
export const ORGANIZATION = 'o-smallworld';

export interface SmallWorld {
  readonly world: World;
  readonly home: Account;
  readonly sister: Account;
  /** What an analyzer of the type finds now, in us-east-1 unless another Region is named. */
  findings(type: AnalyzerType, facts?: Partial<AnalyzerView>): readonly WorldFinding[];
}

export const daysAgo = (days: number): number => NOW - days * DAY;

export function createSmallWorld(): SmallWorld {
  const world = createWorld({ seed: 7, organizationId: ORGANIZATION, managementAccount: HOME, now: NOW });
  const home = addAccount(world, HOME, 'home');
  const sister = addAccount(world, SISTER, 'sister');
  return {
    world,
    home,
    sister,
    findings: (type, facts) => [
      ...deriveFindings(world, {
        arn: `arn:aws:access-analyzer:us-east-1:${HOME}:analyzer/a`,
        type,
        account: HOME,
        region: 'us-east-1',
        createdAt: daysAgo(1000),
        ...facts,
      }),
    ],
  };
}

/** The only one of a list. */
export function only<T>(list: readonly T[]): T {
  if (list.length !== 1) throw new Error(`expected one, got ${list.length}: ${JSON.stringify(list)}`);
  return list[0] as T;
}

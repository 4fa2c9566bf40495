import { analyzerKind } from '../../domain/analyzer.ts';
import type { FindingStatus } from '../../domain/finding.ts';
import { ACCOUNTS } from './demo/setting.ts';
import type { WorldFinding } from './finding.ts';
import { plainExternal, plainInternal } from './plain-access.ts';
import type { Draw, PlainPlace } from './plain-place.ts';
import { plainUnused } from './plain-unused.ts';
import { mixAll } from './random.ts';
import type { IndexedFinding } from './source.ts';

const DAY = 86_400_000;

/** Two of a hundred are RESOLVED, fifteen ARCHIVED. */
function statusOf(draw: Draw): FindingStatus {
  const percent = draw(90, 100);
  if (percent < 2) return 'RESOLVED';
  return percent < 17 ? 'ARCHIVED' : 'ACTIVE';
}

/** What it says before the ledger's part. */
function factsOf(place: PlainPlace, account: string, draw: Draw): Omit<WorldFinding, 'createdAt' | 'key'> {
  switch (analyzerKind(place.analyzer.type)) {
    case 'external':
      return plainExternal(place, account, draw);
    case 'internal':
      return plainInternal(place, account, draw);
    case 'unused':
      return plainUnused(place, account, draw);
  }
}

/** Pure: the same place, the same finding. */
export function plainFinding(place: PlainPlace): Omit<IndexedFinding, 'id'> {
  const { analyzer, n, index, seed, now } = place;
  const draw: Draw = (salt, range) => mixAll(seed, n, index, salt) % range;
  const accounts = Object.values(ACCOUNTS);
  const account = analyzer.type.startsWith('ORGANIZATION') ? accounts[draw(0, accounts.length)] : undefined;
  const age = 1 + draw(91, 390 * 24 * 60);
  const createdAt = now - age * 60_000;
  const status = statusOf(draw);
  const updatedAt = status === 'ACTIVE' ? createdAt : Math.min(now, createdAt + draw(92, age) * 60_000);
  return {
    ...factsOf(place, account ?? analyzer.account, draw),
    key: `plain ${n} ${index}`,
    status,
    createdAt,
    updatedAt: status === 'RESOLVED' ? Math.max(updatedAt, now - 80 * DAY) : updatedAt,
    analyzedAt: now - draw(93, 24 * 60) * 60_000,
  };
}

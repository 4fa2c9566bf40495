import type { RegionProgress, SyncProgress } from './progress.ts';
import type { Target } from './ports.ts';

/** How far each Region has come, added up for whoever watches. */
export interface ProgressTracker {
  running(target: Target): void;
  /** So many analyzers are to be listed here. */
  analyzers(target: Target, count: number): void;
  page(target: Target, analyzerArn: string, findings: number): void;
  analyzerDone(target: Target, analyzerArn: string): void;
  ended(target: Target, state: RegionProgress['state']): void;
  readonly findings: number;
}

interface Way {
  state: RegionProgress['state'];
  findings: number;
  analyzers: number;
  done: number;
  readonly pages: Map<string, number>;
}

export function createProgressTracker(
  targets: readonly Target[],
  onProgress: (progress: SyncProgress) => void,
): ProgressTracker {
  const ways = new Map<string, Way>(
    targets.map((target) => [
      keyOf(target),
      { state: 'waiting', findings: 0, analyzers: 0, done: 0, pages: new Map() },
    ]),
  );
  let findings = 0;
  let fraction = 0;
  const say = (storeChanged: boolean): void => {
    const total = [...ways.values()].reduce((sum, way) => sum + fractionOf(way), 0) / Math.max(1, ways.size);
    fraction = Math.max(fraction, total);
    const regions = targets.map(({ profile, region }) => {
      const way = ways.get(keyOf({ profile, region }));
      return { profile, region, state: way?.state ?? 'waiting', findings: way?.findings ?? 0 };
    });
    onProgress({ fraction, findings, regions, storeChanged });
  };
  const change = (target: Target, storeChanged: boolean, apply: (way: Way) => void): void => {
    const way = ways.get(keyOf(target));
    if (way === undefined) return;
    apply(way);
    say(storeChanged);
  };
  return {
    running: (target) => change(target, false, (way) => (way.state = 'running')),
    analyzers: (target, count) => change(target, true, (way) => (way.analyzers = count)),
    page: (target, analyzerArn, count) => {
      findings += count;
      change(target, true, (way) => {
        way.findings += count;
        way.pages.set(analyzerArn, (way.pages.get(analyzerArn) ?? 0) + 1);
      });
    },
    analyzerDone: (target, analyzerArn) =>
      change(target, true, (way) => {
        way.done += 1;
        way.pages.delete(analyzerArn);
      }),
    ended: (target, state) => change(target, true, (way) => (way.state = state)),
    get findings() {
      return findings;
    },
  };
}

const keyOf = ({ profile, region }: Target): string => `${profile}\n${region}`;

/** How many pages an analyzer has is not known before the last: each one takes a part of the way that is left. */
function fractionOf({ state, analyzers, done, pages }: Way): number {
  if (state === 'waiting') return 0;
  if (state !== 'running') return 1;
  if (analyzers === 0) return 0;
  const underWay = [...pages.values()].reduce((sum, count) => sum + count / (count + 5), 0);
  return Math.min(1, 0.1 + (0.9 * (done + underWay)) / analyzers);
}

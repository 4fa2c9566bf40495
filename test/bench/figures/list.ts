import { join } from 'node:path';
import { type Bench, formatCount } from '../bench.ts';
import type { Row } from '../figure.ts';
import { median, pairedRatio, takeTurns } from '../measure.ts';
import { type NodeRun, runNode } from '../processes.ts';
import { storeOf } from '../stores.ts';

const listOnce = (bench: Bench, home: string): Promise<NodeRun> =>
  runNode([bench.program, 'list', '--format', 'ndjson'], {
    env: bench.env(home),
    folder: bench.folder,
    outputFile: '/dev/null',
  });

/** All findings as NDJSON to /dev/null, beside a program that only reads the same rows. */
export async function measureList(bench: Bench): Promise<readonly Row[]> {
  const { large, rounds } = bench.scale;
  const home = await storeOf(bench, large);
  const bare = await bench.bundlePeer('bare-read.ts');
  const peaks: number[] = [];
  const times = await takeTurns(Math.min(3, rounds), {
    bare: async () => {
      const args = ['--disable-warning=ExperimentalWarning', bare, join(home, 'store.sqlite')];
      return (await runNode(args, { env: bench.env(home), folder: bench.folder })).wallMs;
    },
    ours: async () => {
      const { wallMs, peakMb } = await listOnce(bench, home);
      peaks.push(peakMb);
      return wallMs;
    },
  });
  const tenth = large / 10;
  const small = (await listOnce(bench, await storeOf(bench, tenth))).peakMb;
  const [value, peak] = [median(times.ours), median(peaks)];
  const at = formatCount(large);
  const ratio = pairedRatio(times.ours, times.bare);
  return [
    {
      what: 'list --format ndjson',
      at,
      value,
      unit: 'ms',
      beside: { name: 'bare node:sqlite', value: median(times.bare), ratio },
      bar: { of: 'ratio', most: 2 },
    },
    {
      what: 'peak memory of that list',
      at,
      value: peak,
      unit: 'MB',
      // Constant: buffers are full long before a tenth is read.
      beside: { name: `at ${formatCount(tenth)}`, value: small, ratio: peak / small },
      bar: { of: 'ratio', most: 1.1 },
    },
  ];
}

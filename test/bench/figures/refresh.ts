import { type Bench, formatCount, regionOptions } from '../bench.ts';
import type { Row } from '../figure.ts';
import { median } from '../measure.ts';
import { type NodeRun, runNode } from '../processes.ts';
import { reportOf, syncOnce } from './sync.ts';

/** A second sync right after the first one: nothing has changed. The CPU time is that of the whole process. */
export async function measureRefresh(bench: Bench): Promise<readonly Row[]> {
  const { scale } = bench;
  const { url } = await bench.emulator(scale.wire);
  const home = bench.newHome('refresh');
  await syncOnce(bench, url, scale.wire, home);
  const runs: NodeRun[] = [];
  const idle: NodeRun[] = [];
  for (let round = 0; round < Math.max(3, scale.rounds); round++) {
    const options = { env: bench.env(home, url), folder: bench.folder };
    runs.push(await runNode([bench.program, 'sync', '--json', ...regionOptions], options));
    idle.push(await runNode(['-e', '0'], options));
  }
  const { analyzers, requests } = reportOf(runs[0] ?? { stdout: '' });
  const [cpu, node] = [runs, idle].map((series) => median(series.map(({ cpuMs }) => cpuMs)));
  const at = formatCount(scale.wire);
  const what = 'refresh when nothing changed';
  return [
    {
      what: `${what}, an analyzer`,
      at,
      value: requests / analyzers,
      unit: 'requests',
      bar: { of: 'value', most: 2 },
    },
    {
      what: `${what}, CPU`,
      at,
      value: cpu ?? 0,
      unit: 'ms',
      beside: { name: 'node -e 0', value: node ?? 0, ratio: (cpu ?? 0) / (node ?? 1) },
      bar: { of: 'value', most: 300 },
      note: `${median(runs.map(({ wallMs }) => wallMs)).toFixed(0)} ms of wall time`,
    },
  ];
}

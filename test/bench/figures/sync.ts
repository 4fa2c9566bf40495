import { fileURLToPath } from 'node:url';
import { type Bench, formatCount, REGIONS, regionOptions } from '../bench.ts';
import type { Row } from '../figure.ts';
import { median, pairedRatio, takeTurns } from '../measure.ts';
import { findProgram, type NodeRun, runNode, runProgram } from '../processes.ts';

interface Report {
  readonly findings: number;
  readonly analyzers: number;
  readonly requests: number;
}

export const reportOf = (run: { readonly stdout: string }): Report => JSON.parse(run.stdout) as Report;

const WHAT = 'full sync over 10 analyzers';
/** Requests side by side that the program allows itself in all (setting `concurrency`). */
const LANES = 8;
const LATENCY_MS = 100;

/** A full sync into a new store, as a process from start to end. */
export async function syncOnce(bench: Bench, url: string, findings: number, home?: string): Promise<NodeRun> {
  const env = bench.env(home ?? bench.homeWithoutStore('sync'), url);
  const args = [bench.program, 'sync', '--full', '--json', ...regionOptions];
  const run = await runNode(args, { env, folder: bench.folder });
  const got = reportOf(run).findings;
  if (got !== findings) throw new Error(`the sync read ${got} findings of ${findings}`);
  return run;
}

/** The sync beside plain paging with the same SDK over the same pages; both are processes from start to end. */
export async function measureSync(bench: Bench): Promise<readonly Row[]> {
  const { scale } = bench;
  const { url } = await bench.emulator(scale.wire);
  const plain = await bench.bundlePeer('plain-paging.ts');
  const runs = { ours: [] as NodeRun[], plain: [] as NodeRun[] };
  const times = await takeTurns(Math.min(5, scale.rounds), {
    plain: async () => {
      const run = await runNode([plain, ...REGIONS], { env: bench.env('', url), folder: bench.folder });
      runs.plain.push(run);
      return run.wallMs;
    },
    ours: async () => {
      const run = await syncOnce(bench, url, scale.wire);
      runs.ours.push(run);
      return run.wallMs;
    },
  });
  const [ours, paging] = [median(times.ours), median(times.plain)];
  const at = formatCount(scale.wire);
  const requests = median(runs.ours.map((run) => reportOf(run).requests));
  return [
    {
      what: WHAT,
      at,
      value: ours,
      unit: 'ms',
      beside: { name: 'SDK paging', value: paging, ratio: pairedRatio(times.ours, times.plain) },
      bar: { of: 'ratio', most: 1.3 },
      note: `${requests} requests, beside ${reportOf(runs.plain[0] ?? { stdout: '' }).requests}`,
    },
    await measureMemory(bench, runs),
    ...(await measurePeers(bench, url, ours)),
    ...(await measureLatency(bench, { plain, ours, requests })),
  ];
}

async function measureMemory(bench: Bench, runs: { ours: NodeRun[]; plain: NodeRun[] }): Promise<Row> {
  const { wire } = bench.scale;
  const { url } = await bench.emulator(wire / 10);
  const [peak, tenth] = [
    median(runs.ours.map(({ peakMb }) => peakMb)),
    (await syncOnce(bench, url, wire / 10)).peakMb,
  ];
  return {
    what: 'peak memory of that sync',
    at: formatCount(wire),
    value: peak - tenth,
    unit: 'MB',
    bar: { of: 'value', most: 100 },
    note: `growth from ${tenth.toFixed(0)} MB at ${formatCount(wire / 10)} to ${peak.toFixed(0)} MB; SDK paging ${median(runs.plain.map(({ peakMb }) => peakMb)).toFixed(0)} MB`,
  };
}

const peerFile = (name: string): string => fileURLToPath(new URL(`../peers/${name}`, import.meta.url));

/** What people would write themselves; once each, at the same size: they take long. */
async function measurePeers(bench: Bench, url: string, ours: number): Promise<readonly Row[]> {
  const peers = [
    { name: 'aws CLI loop', program: 'aws', command: ['sh', peerFile('aws-loop.sh')] },
    { name: 'boto3 threads', program: 'python3', command: ['python3', peerFile('boto.py')] },
  ] as const;
  const rows: Row[] = [];
  for (const { name, program, command } of peers) {
    if (findProgram(program) === undefined || !(await works(program))) {
      rows.push({ what: WHAT, missing: `${name}: not here` });
      continue;
    }
    const [runner, ...args] = command;
    const { wallMs } = await runProgram(runner, [...args, ...REGIONS], { env: bench.env('', url) });
    rows.push({
      what: WHAT,
      at: formatCount(bench.scale.wire),
      value: ours,
      unit: 'ms',
      beside: { name, value: wallMs, ratio: ours / wallMs },
      bar: { of: 'ratio', most: 1 / 6 },
      note: `${(wallMs / ours).toFixed(1)} × as fast`,
    });
  }
  return rows;
}

async function works(program: string): Promise<boolean> {
  if (program !== 'python3') return true;
  const { PATH = '' } = process.env;
  return runProgram('python3', ['-c', 'import boto3'], { env: { PATH } }).then(
    () => true,
    () => false,
  );
}

/** With latency: the best is the same work with no wait, or the same requests spread evenly over the lanes. */
async function measureLatency(
  bench: Bench,
  { plain, ours, requests }: { plain: string; ours: number; requests: number },
): Promise<readonly Row[]> {
  const { wire } = bench.scale;
  const { url } = await bench.emulator(wire, LATENCY_MS);
  const paging = await runNode([plain, ...REGIONS], { env: bench.env('', url), folder: bench.folder });
  const run = await syncOnce(bench, url, wire);
  const sent = reportOf(run).requests;
  const best = Math.max(ours, (sent / LANES) * LATENCY_MS);
  const common = { what: `the same with ${LATENCY_MS} ms a request`, at: formatCount(wire) } as const;
  return [
    {
      ...common,
      value: run.wallMs,
      unit: 'ms',
      beside: { name: 'best possible', value: best, ratio: run.wallMs / best },
      bar: { of: 'ratio', most: 1.5 },
      note: `${sent} requests (${requests} without latency), ${LANES} side by side`,
    },
    {
      ...common,
      value: run.wallMs,
      unit: 'ms',
      beside: { name: 'SDK paging', value: paging.wallMs, ratio: run.wallMs / paging.wallMs },
    },
  ];
}

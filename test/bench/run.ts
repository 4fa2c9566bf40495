import { existsSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Bench, SCALES } from './bench.ts';
import { formatTable, type Row, toJson } from './figure.ts';
import { measureCursor } from './figures/cursor.ts';
import { measureDetails } from './figures/details.ts';
import { measureDryRun } from './figures/dry-run.ts';
import { measureFilter } from './figures/filter.ts';
import { measureFirstPaint } from './figures/first-paint.ts';
import { measureList } from './figures/list.ts';
import { measureMemory } from './figures/memory.ts';
import { measurePlan } from './figures/plan.ts';
import { measureRefresh } from './figures/refresh.ts';
import { measureStoreSize } from './figures/store-size.ts';
import { measureSync } from './figures/sync.ts';

/** In the order of the table. */
const FIGURES: Readonly<Record<string, (bench: Bench) => Promise<readonly Row[]>>> = {
  'first-paint': measureFirstPaint,
  cursor: measureCursor,
  details: measureDetails,
  filter: measureFilter,
  plan: measurePlan,
  'dry-run': measureDryRun,
  sync: measureSync,
  refresh: measureRefresh,
  memory: measureMemory,
  'store-size': measureStoreSize,
  list: measureList,
};

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    /** The launcher that is measured. */
    program: { type: 'string', default: fileURLToPath(new URL('../../bin/iam-triage.js', import.meta.url)) },
    json: { type: 'string' },
    /** Fewer or more than the scale has: fewer when time is short. */
    rounds: { type: 'string' },
  },
});

const unknown = wanted.filter((name) => FIGURES[name] === undefined);
if (unknown.length > 0 || !existsSync(resolve(options.program, '../../dist/main.js'))) {
  const why =
    unknown.length > 0
      ? `there is no figure ${unknown.join(', ')}; there are ${Object.keys(FIGURES).join(', ')}`
      : 'the program is not built: run `npm run build` first';
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

const usual = SCALES[options.quick ? 'quick' : 'full'];
const scale = { ...usual, rounds: Number(options.rounds ?? usual.rounds) };
const bench = new Bench(scale, options.program);
const rows: Row[] = [];
const failed: string[] = [];
const began = Date.now();
try {
  for (const [name, measure] of Object.entries(FIGURES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    process.stderr.write(`${name} …\n`);
    try {
      rows.push(...(await measure(bench)));
    } catch (error) {
      failed.push(name);
      process.stderr.write(`${name} could not be measured: ${(error as Error).stack}\n`);
    }
  }
} finally {
  await bench.close();
}

const machine = {
  node: process.version,
  system: `${process.platform} ${release()}`,
  cpus: cpus().length,
  load: loadavg()[0],
  seconds: Math.round((Date.now() - began) / 1000),
};
process.stdout.write(`${formatTable(rows)}\n${JSON.stringify(machine)}\n`);
const file = options.json ?? `bench-${scale.name}.json`;
writeFileSync(file, `${JSON.stringify({ scale, machine, figures: toJson(rows), failed }, null, 2)}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;

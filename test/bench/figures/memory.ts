import { type Bench, formatCount } from '../bench.ts';
import type { Row } from '../figure.ts';
import { residentMb } from '../processes.ts';
import { storeOf } from '../stores.ts';

const TENS_OF_THOUSANDS = 10_000;

/** Resident memory of the console after it was used a little: moved, filtered, and moved again. */
async function consoleMb(bench: Bench, findings: number): Promise<number> {
  const terminal = bench.openConsole(await storeOf(bench, findings), '--offline');
  await terminal.waitFor((screen) => screen.includes('1 of '));
  await terminal.quiet(1_000);
  for (const key of ['j', 'j', '\u0004', '\u0004', 'G', 'g']) await terminal.press(key);
  await terminal.press('/');
  for (const key of 'worker') await terminal.press(key, { quietMs: 300 });
  await terminal.press('\u001b', { quietMs: 300 });
  await terminal.quiet(2_000);
  const mb = residentMb(terminal.pid);
  await terminal.close();
  return mb;
}

export async function measureMemory(bench: Bench): Promise<readonly Row[]> {
  const { large } = bench.scale;
  const [small, value] = [await consoleMb(bench, TENS_OF_THOUSANDS), await consoleMb(bench, large)];
  const common = { what: 'memory, console open', at: formatCount(large), value, unit: 'MB' } as const;
  return [
    { ...common, bar: { of: 'value', most: 150 } },
    {
      ...common,
      beside: { name: `at ${formatCount(TENS_OF_THOUSANDS)}`, value: small, ratio: value / small },
      bar: { of: 'ratio', most: 1.3 },
    },
  ];
}

import { type Bench, formatCount } from '../bench.ts';
import type { Row } from '../figure.ts';
import { storeBytes, storeOf } from '../stores.ts';

/** What a finding takes on disk, with indexes, search index and log. */
export async function measureStoreSize(bench: Bench): Promise<readonly Row[]> {
  const { large } = bench.scale;
  const small = 10_000;
  const [value, tenth] = [
    storeBytes(await storeOf(bench, large)) / large,
    storeBytes(await storeOf(bench, small)) / small,
  ];
  return [
    {
      what: 'store, a finding',
      at: formatCount(large),
      value,
      unit: 'bytes',
      beside: { name: `at ${formatCount(small)}`, value: tenth, ratio: value / tenth },
      bar: { of: 'value', most: 700 },
    },
  ];
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Runs } from '../../../src/cache/memory/runs.ts';

const groupsOf = (runs: Runs): number[][] => {
  const found: number[][] = [];
  for (let run = Runs.FIRST; run < runs.end; run = runs.endOf(run))
    if (!runs.isLeft(run)) found.push([...runs.groups.subarray(run + 1, runs.endOf(run))]);
  return found;
};

const timeOf = (group: number): number => 1_700_000_000_000 + group;

const put = (runs: Runs, before: number, groups: readonly number[]): number =>
  runs.put(before, Int32Array.from(groups), Float64Array.from(groups, timeOf));

test('walking over the runs meets those that exposures have, not those that they had', () => {
  const runs = new Runs();
  const first = put(runs, Runs.EMPTY, [1, 2]);
  const second = put(runs, Runs.EMPTY, [3, 4, 5]);
  assert.deepEqual(groupsOf(runs), [
    [1, 2],
    [3, 4, 5],
  ]);
  assert.equal(put(runs, first, [6, 7]), first);
  assert.equal(runs.createdAt.at(first + 2), timeOf(7));
  const longer = put(runs, second, [3, 4, 5, 8]);
  runs.leave(first);
  assert.deepEqual(groupsOf(runs), [[3, 4, 5, 8]]);
  assert.equal(put(runs, longer, []), Runs.EMPTY);
  assert.deepEqual(groupsOf(runs), []);
  assert.equal(put(runs, Runs.EMPTY, []), Runs.EMPTY);
});

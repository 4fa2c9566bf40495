import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgressTracker } from '../../src/sync/progress-tracker.ts';
import type { SyncProgress } from '../../src/sync/progress.ts';

const near = { profile: 'default', region: 'us-east-1' };
const far = { profile: 'default', region: 'eu-west-1' };

test('each page takes a part of the way that is left, each analyzer and each Region its share', () => {
  const seen: SyncProgress[] = [];
  const tracker = createProgressTracker([near, far], (progress) => seen.push(progress));
  const said = (step: () => void): number => {
    step();
    return Math.round(1000 * (seen.at(-1)?.fraction ?? NaN)) / 1000;
  };
  assert.equal(
    said(() => tracker.running(near)),
    0,
  );
  // A Region is half of the way here, its first tenth is knowing its analyzers.
  assert.equal(
    said(() => tracker.analyzers(near, 2)),
    0.05,
  );
  const page = () => tracker.page(near, 'a', 7);
  const pages = [said(page), said(page), said(page)];
  assert.deepEqual(pages, [0.088, 0.114, 0.134]);
  assert.equal(
    said(() => tracker.analyzerDone(near, 'a')),
    0.275,
  );
  assert.equal(
    said(() => tracker.ended(far, 'denied')),
    0.775,
  );
  assert.equal(
    said(() => tracker.ended(near, 'ok')),
    1,
  );
  assert.deepEqual(
    seen.map(({ storeChanged }) => storeChanged),
    [false, ...Array.from({ length: 7 }, () => true)],
  );
  assert.equal(tracker.findings, 21);
});

test('what is not among its Regions moves nothing', () => {
  const seen: SyncProgress[] = [];
  createProgressTracker([near], (progress) => seen.push(progress)).running(far);
  assert.deepEqual(seen, []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXPOSURE_ID_LENGTH, unpackExposureIds } from '../../src/domain/exposure.ts';
import type { PlannedFindings } from '../../src/domain/planned-findings.ts';
import { ProblemError } from '../../src/domain/problem.ts';
import type { ChangeService } from '../../src/services/change-service.ts';
import { createConsoleChanges } from '../../src/services/console-changes.ts';
import type { PlanReads } from '../../src/services/console-queries.ts';
import type { ReadingThread } from '../../src/services/reading-thread.ts';
import type { Runtime } from '../../src/services/runtime.ts';
import { query } from '../cache/open.ts';

const MANY = 23_456;
const analyzer = { profile: 'p', region: 'eu-west-1', analyzerArn: 'arn' };
const exposureIds = Array.from({ length: MANY }, (_, place) =>
  place.toString(16).padStart(EXPOSURE_ID_LENGTH, '0'),
);

/** Each exposure has one finding, named like it. */
const findingsOf = (packed: string): PlannedFindings => {
  const ids = unpackExposureIds(packed);
  return {
    analyzers: [analyzer],
    analyzerOf: new Uint32Array(ids.length),
    statusOf: new Uint8Array(ids.length),
    ids: JSON.stringify(ids),
    exposureOf: Uint32Array.from(ids.keys()),
    publicResources: new Map(),
  };
};

const changesOver = (plannedFindings: PlanReads['plannedFindings']) =>
  createConsoleChanges(
    {} as Runtime,
    { queries: { plannedFindings }, thread: {} as ReadingThread },
    {} as ChangeService,
  );

test('many are read some slices ahead of what is planned, and planned in their order', async () => {
  let [underWay, most, slices] = [0, 0, 0];
  const changes = changesOver(async (_query, packed) => {
    most = Math.max(most, ++underWay);
    slices += 1;
    await new Promise(setImmediate);
    underWay -= 1;
    return findingsOf(packed);
  });
  const planned = await changes.planArchive({ query: query(''), exposureIds }, 'ARCHIVED');
  assert.ok(planned.ok);
  const { operations } = planned.value;
  const ids = operations.flatMap(({ change }) => (change.kind === 'update-findings' ? change.ids : []));
  assert.deepEqual(ids, exposureIds);
  assert.ok(most > 1 && most < slices, `${most} of ${slices} slices at once`);
});

test('a slice that cannot be read ends the plan, and the others are waited for', async () => {
  let [asked, answered] = [0, 0];
  const changes = changesOver(async (_query, packed) => {
    const own = ++asked;
    await new Promise(setImmediate);
    answered += 1;
    if (own === 1) throw new ProblemError({ kind: 'store-unusable', message: 'The disk is gone.' });
    return findingsOf(packed);
  });
  await assert.rejects(
    changes.planArchive({ query: query(''), exposureIds }, 'ARCHIVED'),
    /The disk is gone/,
  );
  assert.equal(answered, asked);
  assert.ok(asked * 5_000 < MANY);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exposureIdOf } from '../../src/domain/exposure.ts';
import type { StoredFinding } from '../../src/domain/listing.ts';
import { selectTarget } from '../../src/app/selectors/marks.ts';
import { aFinding, DAY, NOW } from './fakes/findings.ts';
import { openJourney } from './fakes/journey.ts';

/** A key of a user, as the list tells of it: not which one it is. */
function aKey(id: string, age: number): StoredFinding {
  const { principal: _, action: _action, condition: _condition, ...facts } = aFinding(id);
  return aFinding(id, {
    ...facts,
    findingType: 'UnusedIAMUserAccessKey',
    resourceType: 'AWS::IAM::User',
    createdAt: NOW - age * DAY,
    exposureId: exposureIdOf({
      ...facts,
      findingType: 'UnusedIAMUserAccessKey',
      resourceType: 'AWS::IAM::User',
    }),
  });
}

const withKeyId = (key: StoredFinding): StoredFinding => {
  const known = { ...key, accessKeyId: `AKIA${key.id}` };
  return {
    ...known,
    exposureId: exposureIdOf(known),
    detail: { kind: 'unused-key', accessKeyId: `AKIA${key.id}` },
  };
};

/** Four keys under a cursor on the second; `tell` lets their details arrive, in another order of the rows. */
async function openKeys() {
  const journey = await openJourney({ findings: ['k1', 'k2', 'k3', 'k4'].map((id, at) => aKey(id, 9 - at)) });
  await journey.press('j');
  return {
    ...journey,
    idOf: (id: string) => journey.fake.findings.find((finding) => finding.id === id)?.exposureId,
    async tell() {
      const told = journey.fake.findings.map(withKeyId);
      journey.fake.findings = told.map((key) => (key.id === 'k1' ? { ...key, createdAt: NOW } : key));
      const [first] = journey.fake.findings;
      if (first !== undefined) journey.store.dispatch({ kind: 'detail-arrived', ref: first });
      await journey.store.idle();
    },
  };
}

test('marks stay when a detail tells which keys are marked', async () => {
  const journey = await openKeys();
  await journey.press('  ');
  await journey.press(' j ');
  await journey.tell();
  const { marks, toast, list } = journey.state();
  assert.deepEqual([...marks.ids], [journey.idOf('k2'), journey.idOf('k3')]);
  assert.deepEqual([toast?.text, list.notice], [undefined, 'rows changed places']);
});

test('the cursor stays on its key, and so do an open detail and the way to its fix', async () => {
  const journey = await openKeys();
  await journey.keys('enter');
  await journey.tell();
  const { list, detail } = journey.state();
  assert.equal(journey.under(), 'k2');
  assert.deepEqual([list.cursorId, detail.exposureId], [journey.idOf('k2'), journey.idOf('k2')]);
  assert.equal(detail.data?.row.exposureId, journey.idOf('k2'));
});

test('a panel that was opened before is about the key that it turns out to be', async () => {
  const journey = await openKeys();
  await journey.press('r');
  await journey.tell();
  assert.equal(journey.state().panel?.exposureId, journey.idOf('k2'));
});

test('what waits in a dialog for its word takes its marks along', async () => {
  const journey = await openKeys();
  await journey.press(' ');
  await journey.press('a');
  await journey.tell();
  const { dialog } = journey.state();
  assert.deepEqual(dialog?.kind === 'confirm' && dialog.plan.exposureIds, [journey.idOf('k2')]);
  assert.deepEqual(selectTarget(journey.state())?.ids, [journey.idOf('k2')]);
});

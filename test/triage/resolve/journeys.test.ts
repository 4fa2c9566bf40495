import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FixName } from '../../../src/triage/resolve/fix.ts';
import { planScan } from '../../../src/triage/plan-scan.ts';
import { DAY } from '../../emulator/small-world.ts';
import { type Emulated, withEmulated } from '../emulated.ts';
import { apply, fixOf, iamStateOf, only, resolve, undo } from './house.ts';

const JOURNEYS: readonly (readonly [string, string, FixName])[] = [
  ['an unused access key', 'type:unused-key resource:*human', 'deactivate-key'],
  ['an unused password', 'type:unused-password', 'delete-password'],
  ['an unused role', 'type:unused-role resource:*partner-1', 'delete-role'],
  ['unused permissions', 'type:unused-perms resource:*app', 'apply-recommendation'],
];

const nextPass = async (house: Emulated): Promise<void> => {
  house.emulator.advance(DAY);
  house.emulator.runDailyPass();
  await house.sync();
};

for (const [what, filter, name] of JOURNEYS) {
  test(`${what}: from the finding to RESOLVED, and back by undo`, async () => {
    await withEmulated({}, async (house) => {
      const finding = only(house, filter);
      const before = iamStateOf(house.emulator.world);
      const resolution = await resolve(house, finding);
      const entry = await apply(house, fixOf(resolution, name));
      assert.equal(entry.state, 'done', JSON.stringify(entry.operations.map(({ error }) => error)));
      assert.notEqual(iamStateOf(house.emulator.world), before);
      assert.ok(house.store.fixedMarks().has(finding.exposureId), 'fixed, waiting for proof');
      await nextPass(house);
      assert.equal(house.store.finding(finding)?.status, 'RESOLVED');

      const undone = await undo(house);
      assert.equal(undone.state, 'done', JSON.stringify(undone.operations.map(({ error }) => error)));
      assert.equal(iamStateOf(house.emulator.world), before);
      assert.equal(house.store.fixedMarks().has(finding.exposureId), false);
    });
  });
}

test('a role with tags that only AWS can set comes back without them', () =>
  withEmulated({ regions: ['us-east-1'] }, async (house) => {
    const finding = only(house, 'type:unused-role resource:*partner-1');
    const roles = [...house.emulator.world.accounts.values()].map((account) => account.roles);
    const partner = roles.flatMap((each) => each.get('partner-1') ?? [])[0];
    assert.ok(partner !== undefined);
    partner.tags = { team: 'blue', 'aws:cloudformation:stack-name': 'partners' };
    assert.equal((await apply(house, fixOf(await resolve(house, finding), 'delete-role'))).state, 'done');
    const undone = await undo(house);
    assert.equal(undone.state, 'done', JSON.stringify(undone.operations.map(({ error }) => error)));
    const again = roles.flatMap((each) => each.get('partner-1') ?? [])[0];
    assert.deepEqual(again?.tags, { team: 'blue' });
  }));

test('external access by a trust policy: previewed, applied, scanned, RESOLVED, and back', async () => {
  await withEmulated({ regions: ['us-east-1'] }, async (house) => {
    const finding = only(house, 'type:external resource:*partner-1');
    const before = iamStateOf(house.emulator.world);
    const fix = fixOf(await resolve(house, finding), 'remove-trust');
    assert.equal(fix.preview?.verdict, 'resolved', fix.preview?.sentence ?? '');
    assert.equal(iamStateOf(house.emulator.world), before, 'a preview changes nothing');
    assert.equal((await apply(house, fix)).state, 'done');
    await house.run(planScan([finding]));
    await house.sync();
    assert.equal(house.store.finding(finding)?.status, 'RESOLVED');
    const entry = house.store.entries().find(({ kind }) => kind === 'fix');
    assert.ok(entry !== undefined);
    assert.equal((await undo(house)).state, 'done');
    assert.equal(iamStateOf(house.emulator.world), before);
  });
});

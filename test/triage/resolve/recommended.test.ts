import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPolicy } from '../../../src/emulator/world/build.ts';
import { formatPolicy } from '../../../src/emulator/world/statement.ts';
import { DAY, HOME, START } from '../../emulator/small-world.ts';
import { withEmulated } from '../emulated.ts';
import { apply, fixOf, home, iamStateOf, only, resolve, role, sent, undo, US } from './house.ts';

test('too many attached policies: refused by quota, nothing taken away, and undone', () =>
  withEmulated(US, async (house) => {
    const app = role(house, 'app');
    for (let i = 0; i < 9; i += 1) {
      const document = formatPolicy({ action: 's3:GetObject', resource: '*' });
      app.attachedPolicies.push(
        addPolicy(house.emulator.world, home(house), { name: `full-${i}`, document }).arn,
      );
    }
    const before = iamStateOf(house.emulator.world);
    const fix = fixOf(
      await resolve(house, only(house, 'type:unused-perms resource:*app')),
      'apply-recommendation',
    );
    assert.ok(fix.risks.some((risk) => /default quota is 10/.test(risk)));
    const entry = await apply(house, fix);
    assert.equal(entry.state, 'partial');
    assert.match(entry.operations.find(({ state }) => state === 'failed')?.error ?? '', /quota/i);
    assert.ok(
      app.attachedPolicies.includes(`arn:aws:iam::${HOME}:policy/app-access`),
      'the old policy stays',
    );
    assert.equal((await undo(house)).state, 'done');
    assert.equal(iamStateOf(house.emulator.world), before);
  }));

test('inline policies that have no room beside each other: said before, refused by quota, nothing taken away', () =>
  withEmulated(US, async (house) => {
    const app = role(house, 'app');
    const long = Array.from({ length: 120 }, (_, at) => `arn:aws:s3:::${'bucket-'.repeat(5)}${at}/*`);
    const wide = { Effect: 'Allow', Action: ['s3:GetObject', 'sqs:*'], Resource: long };
    app.inlinePolicies.set('wide', JSON.stringify({ Version: '2012-10-17', Statement: [wide] }));
    const finding = only(house, 'type:unused-perms resource:*app');
    const fix = fixOf(await resolve(house, finding), 'apply-recommendation');
    assert.ok(
      fix.changes.some((change) => /inline policy wide-/.test(change)),
      fix.changes.join(),
    );
    assert.ok(
      fix.risks.some((risk) => /a role may have 10240/.test(risk)),
      fix.risks.join(),
    );
    await apply(house, fix);
    assert.ok(app.inlinePolicies.has('wide'), 'the old policy stays');
  }));

test('a recommendation that fails blocks the fix with its reason', () =>
  withEmulated(US, async (house) => {
    const finding = only(house, 'type:unused-perms resource:*app');
    role(house, 'app').inlinePolicies.set('extra', '{not a policy');
    const { blocked, commands } = fixOf(await resolve(house, finding), 'apply-recommendation');
    assert.match(blocked?.message ?? '', /could not recommend a policy: INVALID_POLICY/);
    assert.ok(commands.length > 0);
  }));

test('a live policy that is newer than the recommendation: made again, and called stale if it still is', () =>
  withEmulated(US, async (house) => {
    const finding = only(house, 'type:unused-perms resource:*app');
    assert.ok(fixOf(await resolve(house, finding), 'apply-recommendation').plan !== undefined);
    const policy = home(house).policies.get(`arn:aws:iam::${HOME}:policy/app-access`);
    assert.ok(policy !== undefined);
    policy.updatedAt = START + 10 * DAY;
    const generated = () => sent(house, 'GenerateFindingRecommendation');
    assert.equal(generated(), 1);
    assert.ok(fixOf(await resolve(house, finding), 'apply-recommendation').plan !== undefined);
    assert.equal(generated(), 2, 'the one that was stale was not taken');
  }));

test('a policy that changed after its recommendation is stale, also where the service does not say what it saw', () =>
  withEmulated(US, async (house) => {
    const finding = only(house, 'type:unused-perms resource:*app');
    const gateway: typeof house.gateway = {
      ...house.gateway,
      at: (target) => {
        const far = house.gateway.at(target);
        const readRecommendation: typeof far.readRecommendation = async (ref, signal) => {
          const answer = await far.readRecommendation(ref, signal);
          const steps = answer?.steps.map(({ policyUpdatedAt: _, ...step }) => step) ?? [];
          return answer && { ...answer, steps };
        };
        return { ...far, readRecommendation };
      },
    };
    const plan = async () => fixOf(await resolve(house, finding, { gateway }), 'apply-recommendation');
    assert.ok((await plan()).plan !== undefined);
    const policy = home(house).policies.get(`arn:aws:iam::${HOME}:policy/app-access`);
    assert.ok(policy !== undefined);
    policy.updatedAt = START + 10 * DAY;
    assert.match((await plan()).blocked?.message ?? '', /older than the live policy/);
  }));

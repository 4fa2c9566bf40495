import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPolicy, trustAccount } from '../../../src/emulator/world/statement.ts';
import { runPlan } from '../../../src/triage/run-plan.ts';
import { prepareUndo } from '../../../src/triage/undo.ts';
import { DAY, HOME, NEIGHBOUR, START } from '../../emulator/small-world.ts';
import { withEmulated } from '../emulated.ts';
import { need } from '../setup.ts';
import { apply, fixOf, home, iamStateOf, only, resolve, role, sent, undo, US } from './house.ts';

test('a role that is in use again is not deleted: neither planned nor, if used after that, carried out', () =>
  withEmulated(US, async (house) => {
    const finding = only(house, 'type:unused-role resource:*partner-1');
    const fix = fixOf(await resolve(house, finding), 'delete-role');
    role(house, 'partner-1').lastUsed = { at: START + DAY, region: 'us-east-1' };
    const entry = await apply(house, fix);
    assert.equal(entry.state, 'failed');
    assert.match(entry.operations[0]?.error ?? '', /used again/);
    assert.ok(home(house).roles.has('partner-1'));
    const again = fixOf(await resolve(house, finding), 'delete-role');
    assert.equal(again.plan, undefined);
    assert.equal(again.blocked?.kind, 'conflict');
    assert.match(again.blocked?.message ?? '', /in use again/);
  }));

test('a password that is in use again is not deleted: neither planned nor, if used after that, carried out', () =>
  withEmulated(US, async (house) => {
    const finding = only(house, 'type:unused-password');
    const fix = fixOf(await resolve(house, finding), 'delete-password');
    const profile = [...home(house).users.values()].flatMap(({ loginProfile }) => loginProfile ?? []);
    for (const each of profile) each.lastUsed = START + DAY;
    const entry = await apply(house, fix);
    assert.match(entry.operations[0]?.error ?? '', /used again/);
    assert.equal(sent(house, 'DeleteLoginProfile'), 0);
    const again = fixOf(await resolve(house, finding), 'delete-password');
    assert.equal(again.plan, undefined);
    assert.match(again.blocked?.message ?? '', /in use again/);
  }));

test('permission denied half-way: what was done is in the journal, and goes back on request', () =>
  withEmulated(US, async (house) => {
    const partner = role(house, 'partner-1');
    partner.inlinePolicies.set('a', formatPolicy({ action: 's3:GetObject', resource: '*' }));
    partner.inlinePolicies.set('b', formatPolicy({ action: 'sqs:*', resource: '*' }));
    const before = iamStateOf(house.emulator.world);
    const fix = fixOf(
      await resolve(house, only(house, 'type:unused-role resource:*partner-1')),
      'delete-role',
    );
    house.emulator.faults.add({ kind: 'denied', operation: 'DeleteRole' });
    const entry = await apply(house, fix);
    assert.equal(entry.state, 'partial');
    assert.deepEqual(
      entry.operations.map(({ state }) => state),
      ['done', 'done', 'failed'],
    );
    assert.match(entry.operations[2]?.error ?? '', /may not iam:DeleteRole/);
    assert.equal(partner.inlinePolicies.size, 0);
    assert.equal(house.store.fixedMarks().size, 0, 'no proof is awaited of half a fix');
    assert.equal((await undo(house)).state, 'done');
    assert.equal(iamStateOf(house.emulator.world), before);
  }));

test('a step whose answer is lost with the line is not called failed, and goes back if it came through', () =>
  withEmulated(US, async (house) => {
    const before = iamStateOf(house.emulator.world);
    const fix = fixOf(
      await resolve(house, only(house, 'type:unused-role resource:*partner-1')),
      'delete-role',
    );
    house.emulator.faults.add({ kind: 'drop', operation: 'DeleteRole', executed: true });
    house.emulator.faults.add({ kind: 'drop', operation: 'GetRole', after: 2 });
    const entry = await apply(house, fix);
    const last = entry.operations.at(-1);
    assert.deepEqual([entry.state, last?.state], ['partial', 'sent']);
    assert.match(last?.error ?? '', /could not be read back/);
    assert.ok(!home(house).roles.has('partner-1'));
    house.emulator.faults.clear();
    assert.equal((await undo(house)).state, 'done');
    assert.equal(iamStateOf(house.emulator.world), before);
  }));

test('the resource is gone: said, with what resolves the finding', () =>
  withEmulated(US, async (house) => {
    const finding = only(house, 'type:unused-role resource:*partner-1');
    const planned = fixOf(await resolve(house, finding), 'delete-role');
    home(house).roles.delete('partner-1');
    const { blocked } = fixOf(await resolve(house, finding), 'delete-role');
    assert.equal(blocked?.kind, 'not-found');
    assert.match(blocked?.message ?? '', /does not exist any more/);
    const entry = await apply(house, planned);
    assert.equal(entry.state, 'done', 'what was to go is gone');
    const plan = need(await prepareUndo(house.deps));
    assert.equal(plan.operations.length, 0, 'and somebody else took it: undo does not bring it back');
  }));

test('the line drops after a step was carried out: read back, it is done and the fix goes on', () =>
  withEmulated(US, async (house) => {
    const before = iamStateOf(house.emulator.world);
    const finding = only(house, 'type:unused-perms resource:*app');
    const fix = fixOf(await resolve(house, finding), 'apply-recommendation');
    house.emulator.faults.add({ kind: 'drop', operation: 'CreatePolicy', executed: true });
    const entry = await apply(house, fix);
    assert.equal(entry.state, 'done', JSON.stringify(entry.operations.map(({ error }) => error)));
    assert.equal((await undo(house)).state, 'done');
    assert.equal(iamStateOf(house.emulator.world), before);
  }));

test('the line drops for good between two calls: stopped, nothing half-made is hidden, undone when it is back', () =>
  withEmulated(US, async (house) => {
    const before = iamStateOf(house.emulator.world);
    const fix = fixOf(
      await resolve(house, only(house, 'type:unused-perms resource:*app')),
      'apply-recommendation',
    );
    const fault = house.emulator.faults.add({ kind: 'drop', operation: 'AttachRolePolicy' });
    const entry = await apply(house, fix);
    assert.equal(entry.state, 'partial');
    const states = entry.operations.map(({ state }) => state);
    assert.deepEqual(states.slice(0, 2), ['done', 'failed']);
    assert.ok(states.slice(2).every((state) => state === 'skipped'));
    house.emulator.faults.remove(fault);
    assert.equal((await undo(house)).state, 'done');
    assert.equal(iamStateOf(house.emulator.world), before);
  }));

test('a caller in another account is told how to get there; with a role to assume it works, and only there', () =>
  withEmulated(US, async (house) => {
    const neighbour = house.emulator.world.accounts.get(NEIGHBOUR);
    assert.ok(neighbour !== undefined);
    const finding = {
      ...only(house, 'type:unused-role resource:*partner-1'),
      resourceOwnerAccount: NEIGHBOUR,
    };
    const moved = { ...finding, resource: finding.resource.replace(HOME, NEIGHBOUR) };
    const { blocked, commands } = fixOf(await resolve(house, moved), 'delete-role');
    assert.equal(blocked?.kind, 'denied');
    assert.match(blocked?.hint ?? '', /fixRoleName/);
    assert.ok(commands.some((command) => command.startsWith('aws iam delete-role')));

    const template = role(house, 'partner-2');
    neighbour.roles.set('partner-1', {
      ...template,
      name: 'partner-1',
      arn: moved.resource,
      account: NEIGHBOUR,
    });
    const fixer = {
      ...template,
      name: 'fixer',
      path: '/security/',
      account: NEIGHBOUR,
      attachedPolicies: [],
    };
    neighbour.roles.set('fixer', {
      ...fixer,
      arn: `arn:aws:iam::${NEIGHBOUR}:role/security/fixer`,
      trustPolicy: trustAccount(HOME),
      inlinePolicies: new Map([['iam', formatPolicy({ action: 'iam:*', resource: '*' })]]),
    });
    const fix = fixOf(await resolve(house, moved, { fixRoleName: 'security/fixer' }), 'delete-role');
    const elsewhere = / --profile PROFILE # PROFILE: .* arn:aws:iam::\d+:role\/security\/fixer$/;
    assert.ok(fix.commands.length > 0 && fix.commands.every((command) => elsewhere.test(command)));
    assert.equal((await apply(house, fix)).state, 'done');
    assert.equal(neighbour.roles.has('partner-1'), false);
    assert.ok(home(house).roles.has('partner-1'), 'the one of the same name at home is untouched');
    assert.equal((await undo(house)).state, 'done');
    assert.ok(neighbour.roles.has('partner-1'));
  }));

test('read-only mode refuses the fix before anything is journalled', () =>
  withEmulated(US, async (house) => {
    const fix = fixOf(await resolve(house, only(house, 'type:unused-password')), 'delete-password');
    assert.ok(fix.plan !== undefined);
    const refused = await runPlan({ ...house.deps, readOnly: true, plan: fix.plan });
    assert.ok(!refused.ok && refused.problem.kind === 'read-only');
    assert.equal(house.store.entries().length, 0);
    assert.equal(sent(house, 'DeleteLoginProfile'), 0);
  }));

test('no password is ever in the journal, and undo says what it cannot bring back', () =>
  withEmulated(US, async (house) => {
    const fix = fixOf(await resolve(house, only(house, 'type:unused-password')), 'delete-password');
    assert.equal(fix.plan?.typedWord, 'delete');
    assert.match((fix.plan?.notes ?? []).join(), /cannot be restored/);
    await apply(house, fix);
    const undone = await undo(house);
    assert.equal(
      undone.operations[0]?.change.kind === 'iam' && undone.operations[0].change.call,
      'CreateLoginProfile',
    );
    assert.doesNotMatch(JSON.stringify(house.store.entries()), /"Password":/);
  }));

test('a deleted key is not promised back', () =>
  withEmulated(US, async (house) => {
    const resolution = await resolve(house, only(house, 'type:unused-key resource:*human'));
    assert.deepEqual(
      resolution.fixes.map(({ name }) => name),
      ['deactivate-key', 'delete-key'],
    );
    await apply(house, fixOf(resolution, 'delete-key'));
    const before = iamStateOf(house.emulator.world);
    const entry = house.store.entries()[0];
    assert.ok(entry !== undefined);
    const plan = need(await prepareUndo(house.deps, entry.id));
    assert.equal(plan.operations.length, 0);
    assert.match((plan.notes ?? []).join(), /cannot be brought back/);
    assert.equal(iamStateOf(house.emulator.world), before);
  }));

test('resources that only their own service can change get exact commands, and S3 its block', () =>
  withEmulated(US, async (house) => {
    const { fixes } = await resolve(house, only(house, 'public:yes type:external'));
    assert.deepEqual(
      fixes.map(({ name }) => name),
      ['block-public-access', 'edit-policy'],
    );
    assert.ok(fixes.every(({ plan, commands }) => plan === undefined && commands.length > 0));
    assert.ok(
      fixes[0]?.commands.some((line) => line.includes('s3api put-public-access-block --bucket public-site')),
    );
    assert.match(fixes[0]?.link ?? '', /public-site/);
    const internal = house.find('type:internal')[0];
    if (internal !== undefined)
      assert.ok((await resolve(house, internal)).fixes.every(({ plan }) => plan === undefined));
  }));

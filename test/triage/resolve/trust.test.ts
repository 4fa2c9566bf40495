import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPolicy, trustAccount } from '../../../src/emulator/world/statement.ts';
import { prepareUndo } from '../../../src/triage/undo.ts';
import { NEIGHBOUR, VENDOR } from '../../emulator/small-world.ts';
import { withEmulated } from '../emulated.ts';
import { need } from '../setup.ts';
import { apply, fixOf, iamStateOf, only, resolve, role, sent, undo, US } from './house.ts';

test('a policy that changed between preview and apply is left alone: nothing is sent', () =>
  withEmulated(US, async (house) => {
    const finding = only(house, 'type:external resource:*partner-1');
    const fix = fixOf(await resolve(house, finding), 'remove-trust');
    role(house, 'partner-1').trustPolicy = trustAccount(VENDOR, { StringEquals: { 'sts:ExternalId': 'x' } });
    const before = iamStateOf(house.emulator.world);
    const entry = await apply(house, fix);
    assert.equal(entry.state, 'failed');
    assert.match(entry.operations[0]?.error ?? '', /changed since the plan/);
    assert.equal(iamStateOf(house.emulator.world), before);
    assert.equal(sent(house, 'UpdateAssumeRolePolicy'), 0);
    assert.equal(house.store.fixedMarks().size, 0);
  }));

test('access that no statement names is not called gone: a wider one may give it', () =>
  withEmulated(US, async (house) => {
    const finding = only(house, 'type:external resource:*partner-1');
    role(house, 'partner-1').trustPolicy = formatPolicy({
      principal: '*',
      action: 'sts:AssumeRole',
      condition: { StringEquals: { 'aws:PrincipalAccount': VENDOR } },
    });
    const { blocked, commands } = fixOf(await resolve(house, finding), 'remove-trust');
    assert.equal(blocked?.kind, 'conflict');
    assert.match(blocked?.message ?? '', /or a wider statement lets it in/);
    assert.doesNotMatch(blocked?.hint ?? '', /RESOLVED/);
    assert.ok(commands.length > 0);
  }));

test('a trust policy that names a deleted user is changed, deleted and made again without it', () =>
  withEmulated(US, async (house) => {
    const gone = 'AIDAQ3EGDELETED000001';
    const partner = role(house, 'partner-1');
    const trust = JSON.parse(partner.trustPolicy) as { Statement: { Principal: unknown }[] };
    const [statement] = trust.Statement;
    assert.ok(statement !== undefined);
    trust.Statement.push({ ...statement, Principal: { AWS: gone } });
    partner.trustPolicy = JSON.stringify(trust);
    const trustFix = fixOf(
      await resolve(house, only(house, 'type:external resource:*partner-1')),
      'remove-trust',
    );
    assert.ok(trustFix.risks.some((risk) => risk.includes(gone)));
    assert.equal((await apply(house, trustFix)).state, 'done');
    assert.equal((await undo(house)).state, 'done');
    const deletion = fixOf(
      await resolve(house, only(house, 'type:unused-role resource:*partner-1')),
      'delete-role',
    );
    assert.equal((await apply(house, deletion)).state, 'done');
    assert.equal((await undo(house)).state, 'done');
    assert.doesNotMatch(role(house, 'partner-1').trustPolicy, /AIDA/);
    assert.match(role(house, 'partner-1').trustPolicy, new RegExp(VENDOR));
  }));

test('what somebody changed since the fix is left alone by undo, and named', () =>
  withEmulated(US, async (house) => {
    await apply(
      house,
      fixOf(await resolve(house, only(house, 'type:external resource:*partner-1')), 'remove-trust'),
    );
    role(house, 'partner-1').trustPolicy = trustAccount(NEIGHBOUR);
    const plan = need(await prepareUndo(house.deps));
    assert.equal(plan.operations.length, 0);
    assert.match((plan.notes ?? []).join(), /left alone: it was changed since/);
  }));

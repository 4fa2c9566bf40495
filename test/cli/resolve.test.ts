import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DAY } from '../emulator/small-world.ts';
import { iamStateOf } from '../triage/resolve/house.ts';
import { type House, withHouse } from './in-process.ts';

const US = ['--region', 'us-east-1'] as const;

async function idOf(house: House, ...filter: readonly string[]): Promise<string> {
  const listed = await house.run('list', ...filter, '--format', 'json', ...US);
  const [first] = JSON.parse(listed.out) as { id: string }[];
  assert.ok(first !== undefined, filter.join(' '));
  return first.id;
}

const synced = async (house: House): Promise<void> => {
  const { code, err } = await house.run('sync', '--full', ...US);
  assert.equal(code, 0, err);
};

test('recommend: the difference, the price before it is paid, and files in four formats', () =>
  withHouse({}, async (house) => {
    await synced(house);
    const id = await idOf(house, 'type:unused-perms', 'resource:*app');
    const shown = await house.run('recommend', id, ...US);
    assert.equal(shown.code, 0, shown.err);
    assert.match(shown.out, /app-access \(customer-managed\)/);
    assert.match(shown.out, /- action {4}sqs:\*/);
    assert.match(shown.out, /nothing of it is used: detach it/);

    const refused = await house.run('recommend', id, '--check', ...US);
    assert.equal(refused.code, 2);
    assert.match(refused.err, /1 check at \$0\.0020 each/);
    assert.equal(house.emulator.log.report().operations['CheckNoNewAccess'], undefined, 'nothing was paid');
    const checked = await house.type(['check'], 'recommend', id, '--check', ...US);
    assert.match(checked.out, /CheckNoNewAccess PASS/);

    const folder = join(house.home, 'out');
    const written = await house.run('recommend', id, '--out', folder, ...US);
    assert.equal(written.code, 0, written.err);
    const files = readdirSync(folder).sort();
    assert.deepEqual(files, [
      'app-access-app-recommended.json',
      'apply.sh',
      'policies.template.json',
      'policies.tf',
    ]);
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    assert.ok('Statement' in (JSON.parse(read('app-access-app-recommended.json')) as object));
    assert.match(read('policies.tf'), /data "aws_iam_policy_document" "app_access_app_recommended"/);
    const template = JSON.parse(read('policies.template.json')) as {
      Resources: Record<string, { Type: string }>;
    };
    assert.equal(Object.values(template.Resources)[0]?.Type, 'AWS::IAM::ManagedPolicy');
    const order = ['create-policy', 'attach-role-policy', 'detach-role-policy', 'delete-role-policy'];
    const places = order.map((word) => read('apply.sh').indexOf(word));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
      'the narrow policy is there before the wide one goes',
    );
    assert.equal(
      (await house.run('recommend', id, '--out', folder, ...US)).code,
      1,
      'nothing is overwritten',
    );
    const wrong = await house.run('recommend', id, '--format', 'yaml', ...US);
    assert.equal(wrong.code, 2);
  }));

test('resolve --plan changes nothing, --apply asks for the word, scan proves it, undo takes it back', () =>
  withHouse({}, async (house) => {
    await synced(house);
    const before = iamStateOf(house.emulator.world);
    const id = await idOf(house, 'type:external', 'resource:*partner-1');
    const plan = await house.run('resolve', id, '--plan', ...US);
    assert.equal(plan.code, 0, plan.err);
    assert.match(plan.out, /access preview says that the finding will be RESOLVED/);
    assert.match(plan.out, /aws iam update-assume-role-policy/);
    const wrongWord = await house.type(['yes'], 'resolve', id, '--apply', ...US);
    assert.equal(wrongWord.code, 1);
    assert.equal(iamStateOf(house.emulator.world), before);
    const readOnly = await house.run('resolve', id, '--apply', '--yes', '--read-only', ...US);
    assert.equal(readOnly.code, 2);

    const applied = await house.type(['apply'], 'resolve', id, '--apply', ...US);
    assert.equal(applied.code, 0, applied.err + applied.out);
    assert.match(applied.out, /iam-triage scan/);
    const scanned = await house.run('scan', id, '--json', ...US);
    assert.equal(scanned.code, 0, scanned.err);
    assert.deepEqual(
      (JSON.parse(scanned.out) as { proof: string }[]).map(({ proof }) => proof),
      ['resolved'],
    );

    const journal = JSON.parse((await house.run('journal', '--json')).out) as { id: number; kind: string }[];
    const fix = journal.find(({ kind }) => kind === 'fix');
    const undone = await house.run('undo', String(fix?.id), '--yes', ...US);
    assert.equal(undone.code, 0, undone.err);
    assert.equal(iamStateOf(house.emulator.world), before);
  }));

test('scan of what was not fixed says so at once; unused access says when it is looked at', () =>
  withHouse({}, async (house) => {
    await synced(house);
    house.emulator.advance(60_000);
    const still = await house.run(
      'scan',
      await idOf(house, 'type:external', 'resource:*partner-2'),
      '--json',
      ...US,
    );
    assert.equal(still.code, 3);
    assert.match(still.out, /"proof":"still-there"/);
    const due = await house.run('scan', await idOf(house, 'type:unused-password'), '--json', ...US);
    assert.equal(due.code, 0, due.err);
    const [answer] = JSON.parse(due.out) as { proof: string; dueAt: string }[];
    assert.equal(answer?.proof, 'due');
    assert.ok(Date.parse(answer?.dueAt ?? '') > 0);
  }));

test('a fix of unused access waits for its proof until the sync that sees it RESOLVED', () =>
  withHouse({}, async (house) => {
    await synced(house);
    const id = await idOf(house, 'type:unused-password');
    const applied = await house.run('resolve', id, '--apply', '--yes', '--json', ...US);
    assert.equal(applied.code, 0, applied.err);
    assert.match(applied.out, /"fix":"delete-password"/);
    assert.doesNotMatch(applied.out, /"Password"/);
    house.emulator.advance(DAY);
    house.emulator.runDailyPass();
    await synced(house);
    const shown = JSON.parse((await house.run('show', id, '--json')).out) as { status: string };
    assert.equal(shown.status, 'RESOLVED');
    const nothing = await house.run('resolve', id, '--apply', '--yes', ...US);
    assert.equal(nothing.code, 1);
    assert.match(nothing.err, /RESOLVED already/);
  }));

test('resolved once more, a key that is inactive already is not deleted unless that is asked for by name', () =>
  withHouse({}, async (house) => {
    await synced(house);
    const id = await idOf(house, 'type:unused-key', 'resource:*human');
    const apply = (...more: readonly string[]) =>
      house.run('resolve', id, '--apply', '--yes', ...more, ...US);
    assert.equal((await apply()).code, 0);
    const again = await apply();
    assert.equal(again.code, 1);
    assert.match(again.err, /inactive already/);
    assert.equal((await apply('--fix', 'delete-key')).code, 0);
  }));

test('a fix that there is not, and wrong options, are named', () =>
  withHouse({}, async (house) => {
    await synced(house);
    const id = await idOf(house, 'type:unused-key', 'resource:*human');
    const unknown = await house.run('resolve', id, '--apply', '--fix', 'delete-everything', '--yes', ...US);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /There are: deactivate-key, delete-key/);
    assert.equal((await house.run('resolve', id, '--plan', '--apply', ...US)).code, 2);
    assert.equal((await house.run('resolve', 'no-such-id', ...US)).code, 1);
    const recommend = await house.run('recommend', id, ...US);
    assert.equal(recommend.code, 2);
    assert.match(recommend.err, /unused permissions only/);
  }));

test('in another account of the demo: refused with the way there, done with the role of the settings', () =>
  withHouse({ world: 'demo' }, async (house) => {
    await house.run('sync', ...US);
    const id = await idOf(house, 'type:unused-role', 'account:567890123456');
    const blocked = await house.run('resolve', id, '--apply', '--yes', ...US);
    assert.equal(blocked.code, 1);
    assert.match(blocked.err, /fixRoleName/);
    const state = join(house.home, 'state');
    mkdirSync(state, { recursive: true });
    writeFileSync(
      join(state, 'settings.json'),
      JSON.stringify({ fixRoleName: 'security/triage-remediation' }),
    );
    const policy = await house.run('permissions', 'resolve', '--region', 'us-gov-west-1');
    assert.match(policy.out, /"arn:aws-us-gov:iam::\*:role\/security\/triage-remediation"/);
    const before = iamStateOf(house.emulator.world);
    const applied = await house.run('resolve', id, '--apply', '--yes', ...US);
    assert.equal(applied.code, 0, applied.err + applied.out);
    assert.notEqual(iamStateOf(house.emulator.world), before);
    const undone = await house.run('undo', '--yes', ...US);
    assert.equal(undone.code, 0, undone.err);
    assert.equal(iamStateOf(house.emulator.world), before);
  }));

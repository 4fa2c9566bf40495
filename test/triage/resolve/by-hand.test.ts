import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/domain/finding.ts';
import { fixesByHand } from '../../../src/triage/resolve/by-hand.ts';
import { cutInternalAccess } from '../../../src/triage/resolve/internal-access.ts';
import { prepareResolution } from '../../../src/triage/resolve/prepare-resolution.ts';
import type { PrepareDeps } from '../../../src/triage/resolve/ports.ts';
import { unreachableFixes } from '../../../src/triage/resolve/unreachable-fixes.ts';
import { finding, stored } from '../fakes.ts';

const OTHER = '222233334444';
const of = (changes: Partial<Finding>) => stored(finding('f', { profile: 'audit', ...changes }));
const commandsOf = (changes: Partial<Finding>): readonly string[] =>
  fixesByHand(of(changes)).flatMap(({ commands }) => commands);
const fits = (commands: readonly string[], pattern: RegExp): void => {
  assert.ok(commands.length > 0);
  for (const command of commands) if (!command.startsWith('#')) assert.match(command, pattern);
};

test('commands take the profile of the finding only in its own account: names are the same in many', () => {
  fits(commandsOf({ isPublic: true }), /--profile audit$/);
  fits(
    commandsOf({ isPublic: true, resourceOwnerAccount: OTHER }),
    / --profile PROFILE # PROFILE: .*account 222233334444$/,
  );
  const internal = of({
    findingType: 'InternalAccess',
    principal: { AWS: `arn:aws:iam::${OTHER}:role/app` },
  });
  const [atResource, atPrincipal] = cutInternalAccess(internal);
  fits(atResource?.commands ?? [], /--profile audit$/);
  fits(atPrincipal?.commands ?? [], /--profile PROFILE # /);
});

test('what a user may do may come from his groups, too', () => {
  const principal = { AWS: 'arn:aws:iam::111122223333:user/staff/ann' };
  const [, atUser] = cutInternalAccess(of({ findingType: 'InternalAccess', principal }));
  assert.ok(atUser?.commands.some((command) => command.includes('list-groups-for-user --user-name ann')));
});

test('what cannot be reached is asked of the analyzer in its account, of the resource in its own', () => {
  const problem = { kind: 'denied', message: 'no' } as const;
  const role = { resource: `arn:aws:iam::${OTHER}:role/app`, resourceOwnerAccount: OTHER };
  const commands = (findingType: Finding['findingType']) =>
    unreachableFixes(of({ ...role, findingType }), problem).flatMap((fix) => fix.commands);
  fits(commands('UnusedPermission'), /^aws accessanalyzer .*--profile audit$/);
  fits(commands('UnusedIAMRole'), /^aws iam .*--profile PROFILE # /);
});

test('blocking public access says that accounts which the policy names are refused as well', () => {
  const [block] = fixesByHand(of({ isPublic: true }));
  assert.equal(block?.name, 'block-public-access');
  assert.doesNotMatch(block?.changes.join() ?? '', /named accounts keep/);
  assert.match(block?.risks.join() ?? '', /Other accounts that the policy names are refused/);
});

test('the policy of a directory bucket is read where its service has it', () => {
  const commands = commandsOf({
    resourceType: 'AWS::S3Express::DirectoryBucket',
    resource: 'arn:aws:s3express:us-east-1:111122223333:bucket/fast--use1-az4--x-s3',
  });
  assert.match(commands[0] ?? '', /^aws s3api get-bucket-policy --bucket fast--use1-az4--x-s3 /);
  assert.ok(commands.every((command) => !command.includes('s3control')));
});

test('an access point is shown and changed in the account that has it, a Multi-Region one by its name', () => {
  const commands = commandsOf({
    sources: [
      { type: 'S3_ACCESS_POINT', accessPointArn: `arn:aws:s3:eu-west-1:${OTHER}:accesspoint/team` },
      { type: 'S3_ACCESS_POINT', accessPointArn: 'arn:aws:s3::111122223333:accesspoint/alias1.mrap' },
    ],
  });
  const points = commands.filter((command) => command.includes('access-point-policy'));
  fits(
    points.slice(0, 2),
    /-access-point-policy --account-id 222233334444 --name team .*--profile PROFILE # /,
  );
  assert.match(points[1] ?? '', /put-access-point-policy .*--policy file:/);
  fits(
    points.slice(2),
    /multi-region-access-point-policy --account-id 111122223333 .*--region us-west-2 --profile audit$/,
  );
});

test('an ACL is shown before it is replaced', () => {
  const commands = commandsOf({ sources: [{ type: 'BUCKET_ACL' }] });
  const at = (part: string): number => commands.findIndex((command) => command.includes(part));
  assert.ok(at('get-bucket-acl') >= 0 && at('get-bucket-acl') < at('put-bucket-acl'));
});

test('a control policy that may refuse the access already is named, whether it was not looked at or could not be', async () => {
  const notesOf = async (resourceControlPolicyRestriction: string): Promise<string> => {
    const resolution = await prepareResolution(of({ resourceControlPolicyRestriction }), {} as PrepareDeps);
    return resolution.ok ? resolution.value.notes.join() : resolution.problem.message;
  };
  assert.match(await notesOf('APPLICABLE'), /resource control policy/);
  assert.match(await notesOf('FAILED_TO_EVALUATE_RCP'), /resource control policy/);
  assert.equal(await notesOf('NOT_APPLICABLE'), '');
});

test('roles that AWS manages get no fix and no command: IAM refuses both, and administrators come in by them', async () => {
  const arn =
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef';
  const role = { resource: arn, resourceType: 'AWS::IAM::Role' };
  for (const findingType of ['ExternalAccess', 'UnusedIAMRole', 'UnusedPermission'] as const) {
    const resolution = await prepareResolution(of({ ...role, findingType }), {} as PrepareDeps);
    const fixes = resolution.ok ? resolution.value.fixes : [];
    assert.equal(fixes.length, 1, findingType);
    assert.match(fixes[0]?.blocked?.hint ?? '', /permission set/);
    assert.deepEqual([fixes[0]?.plan, fixes[0]?.commands], [undefined, []]);
  }
  const internal = of({ findingType: 'InternalAccess', principal: { AWS: arn } });
  const [, atPrincipal] = cutInternalAccess(internal);
  assert.match(atPrincipal?.blocked?.message ?? '', /managed by AWS/);
  assert.deepEqual(atPrincipal?.commands, []);
});

test('a snapshot has no policy: it is no longer shared, and its copies are named', () => {
  const snapshot = { resource: 'arn:aws:ec2:us-east-1::snapshot/snap-1', resourceType: 'AWS::EC2::Snapshot' };
  const [fix] = fixesByHand(of(snapshot));
  assert.equal(fix?.title, 'Stop sharing snapshot snap-1');
  assert.match(fix?.changes.join() ?? '', /^444455556666 may no longer/);
  assert.match(fix?.risks.join() ?? '', /Copies/);
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateInstanceProfileCommand,
  CreateLoginProfileCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachRolePolicyCommand,
  GetAccessKeyLastUsedCommand,
  GetInstanceProfileCommand,
  GetLoginProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListAccountAliasesCommand,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  paginateListRoles,
  paginateListUsers,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAccessKeyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import type { Emulator } from '../../../src/emulator/server.ts';
import { formatPolicy, trustAccount, trustService } from '../../../src/emulator/world/statement.ts';
import { everyPage, iam, rejectsWith, withEmulator } from '../harness.ts';
import { DAY, HOME, START } from '../small-world.ts';

const POLICY_ARN = `arn:aws:iam::${HOME}:policy/app-access`;
const DOCUMENT = formatPolicy({ action: 's3:GetObject', resource: 'arn:aws:s3:::a/*' });

const withIam = (use: (client: IAMClient, emulator: Emulator) => Promise<void>): Promise<void> =>
  withEmulator({}, (emulator) => use(iam(emulator), emulator));

describe('a role', () => {
  test('is shown with its trust policy percent-encoded, tags and last use', () =>
    withIam(async (client) => {
      const { Role } = await client.send(new GetRoleCommand({ RoleName: 'app' }));
      assert.ok(Role);
      assert.equal(Role.Arn, `arn:aws:iam::${HOME}:role/app`);
      assert.match(Role.RoleId ?? '', /^AROA[A-Z2-7]{17}$/);
      assert.equal(Role.AssumeRolePolicyDocument?.includes('%22Version%22'), true);
      assert.equal(
        decodeURIComponent(Role.AssumeRolePolicyDocument ?? ''),
        trustService('ecs-tasks.amazonaws.com'),
      );
      assert.equal(Role.RoleLastUsed?.LastUsedDate?.getTime(), START - DAY);
      assert.equal(Role.RoleLastUsed?.Region, 'us-east-1');
    }));

  test('can be made, described, tagged, bounded and deleted', () =>
    withIam(async (client) => {
      const made = await client.send(
        new CreateRoleCommand({
          RoleName: 'new',
          Path: '/a/b/',
          AssumeRolePolicyDocument: trustAccount(HOME),
          Description: 'for a test',
          MaxSessionDuration: 7200,
          Tags: [{ Key: 'team', Value: 'x & y' }],
        }),
      );
      assert.equal(made.Role?.Arn, `arn:aws:iam::${HOME}:role/a/b/new`);
      assert.equal(made.Role?.CreateDate?.getTime(), START);
      await client.send(new TagRoleCommand({ RoleName: 'new', Tags: [{ Key: 'env', Value: '本番' }] }));
      await client.send(new UntagRoleCommand({ RoleName: 'new', TagKeys: ['team'] }));
      await client.send(
        new PutRolePermissionsBoundaryCommand({ RoleName: 'new', PermissionsBoundary: POLICY_ARN }),
      );
      await client.send(
        new UpdateRoleCommand({ RoleName: 'new', Description: 'changed', MaxSessionDuration: 3600 }),
      );
      const { Role } = await client.send(new GetRoleCommand({ RoleName: 'new' }));
      assert.deepEqual(Role?.Tags, [{ Key: 'env', Value: '本番' }]);
      assert.equal(Role?.PermissionsBoundary?.PermissionsBoundaryArn, POLICY_ARN);
      assert.deepEqual([Role?.Description, Role?.MaxSessionDuration], ['changed', 3600]);
      await client.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'new' }));
      await client.send(new DeleteRoleCommand({ RoleName: 'new' }));
      await assert.rejects(
        client.send(new GetRoleCommand({ RoleName: 'new' })),
        rejectsWith('NoSuchEntityException', 404),
      );
    }));

  test('keeps an inline policy as the text that was put', () =>
    withIam(async (client) => {
      const text = `{\n "Version": "2012-10-17",\n "Statement": [{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::äöü*'()!"}]}`;
      await client.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'b', PolicyDocument: text }));
      const got = await client.send(new GetRolePolicyCommand({ RoleName: 'app', PolicyName: 'b' }));
      assert.equal(decodeURIComponent(got.PolicyDocument ?? ''), text);
      assert.match(got.PolicyDocument ?? '', /^[\w.~%-]+$/);
      const { PolicyNames } = await client.send(new ListRolePoliciesCommand({ RoleName: 'app' }));
      assert.deepEqual(PolicyNames, ['b', 'extra']);
      await client.send(new DeleteRolePolicyCommand({ RoleName: 'app', PolicyName: 'b' }));
      const again = client.send(new DeleteRolePolicyCommand({ RoleName: 'app', PolicyName: 'b' }));
      await assert.rejects(again, rejectsWith('NoSuchEntityException', 404));
    }));

  test('is not deleted while something hangs on it', () =>
    withIam(async (client) => {
      const remove = (): Promise<unknown> => client.send(new DeleteRoleCommand({ RoleName: 'app' }));
      await client.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'app' }));
      await client.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'app', RoleName: 'app' }));
      await assert.rejects(remove, rejectsWith('DeleteConflictException', 409, /detach all policies/));
      await client.send(new DetachRolePolicyCommand({ RoleName: 'app', PolicyArn: POLICY_ARN }));
      await assert.rejects(remove, rejectsWith('DeleteConflictException', 409, /delete policies/));
      await client.send(new DeleteRolePolicyCommand({ RoleName: 'app', PolicyName: 'extra' }));
      await assert.rejects(remove, rejectsWith('DeleteConflictException', 409, /instance profile/));
      const { InstanceProfiles } = await client.send(
        new ListInstanceProfilesForRoleCommand({ RoleName: 'app' }),
      );
      assert.deepEqual(
        InstanceProfiles?.map((profile) => profile.Roles?.map(({ RoleName }) => RoleName)),
        [['app']],
      );
      await client.send(
        new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: 'app', RoleName: 'app' }),
      );
      const { InstanceProfile } = await client.send(
        new GetInstanceProfileCommand({ InstanceProfileName: 'app' }),
      );
      assert.deepEqual(InstanceProfile?.Roles, []);
      await remove();
    }));

  test('attaches a policy once, ten at most', () =>
    withIam(async (client, { world }) => {
      const attach = (PolicyArn: string): Promise<unknown> =>
        client.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn }));
      await attach(POLICY_ARN);
      const { AttachedPolicies } = await client.send(
        new ListAttachedRolePoliciesCommand({ RoleName: 'app' }),
      );
      assert.deepEqual(AttachedPolicies, [{ PolicyName: 'app-access', PolicyArn: POLICY_ARN }]);
      await assert.rejects(
        attach(`arn:aws:iam::${HOME}:policy/none`),
        rejectsWith('NoSuchEntityException', 404),
      );
      world.accounts
        .get(HOME)
        ?.roles.get('partner-1')
        ?.attachedPolicies.push(...Array.from({ length: 10 }, (_, i) => `arn:${i}`));
      const eleventh = client.send(
        new AttachRolePolicyCommand({ RoleName: 'partner-1', PolicyArn: POLICY_ARN }),
      );
      await assert.rejects(eleventh, rejectsWith('LimitExceededException', 409));
    }));

  test('takes a trust policy only, and no other document', () =>
    withIam(async (client) => {
      const update = (PolicyDocument: string): Promise<unknown> =>
        client.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'app', PolicyDocument }));
      await update(trustAccount(HOME));
      for (const [text, message] of [
        [DOCUMENT, /Principal/],
        ['{', /JSON/],
        [formatPolicy({ principal: '*', action: 's3:GetObject' }), /STS/],
        [formatPolicy({ principal: '*', action: 'sts:AssumeRole', resource: '*' }), /Resource/],
      ] as const) {
        await assert.rejects(update(text), rejectsWith('MalformedPolicyDocumentException', 400, message));
      }
    }));
});

describe('a user', () => {
  test('has access keys that can be turned off, on and deleted', () =>
    withIam(async (client) => {
      const list = async () =>
        (await client.send(new ListAccessKeysCommand({ UserName: 'human' }))).AccessKeyMetadata ?? [];
      const [key] = await list();
      const AccessKeyId = key?.AccessKeyId ?? '';
      assert.deepEqual(
        (await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))).AccessKeyLastUsed,
        { ServiceName: 'N/A', Region: 'N/A' },
      );
      await client.send(new UpdateAccessKeyCommand({ UserName: 'human', AccessKeyId, Status: 'Inactive' }));
      assert.deepEqual(
        (await list()).map(({ Status }) => Status),
        ['Inactive'],
      );
      const second = await client.send(new CreateAccessKeyCommand({ UserName: 'human' }));
      assert.match(second.AccessKey?.AccessKeyId ?? '', /^AKIA[A-Z2-7]{16}$/);
      assert.equal(second.AccessKey?.SecretAccessKey?.length, 40);
      await assert.rejects(
        client.send(new CreateAccessKeyCommand({ UserName: 'human' })),
        rejectsWith('LimitExceededException', 409),
      );
      await client.send(new DeleteAccessKeyCommand({ UserName: 'human', AccessKeyId }));
      const again = client.send(new DeleteAccessKeyCommand({ UserName: 'human', AccessKeyId }));
      await assert.rejects(again, rejectsWith('NoSuchEntityException', 404));
    }));

  test('has a password that can be taken away and given back', () =>
    withIam(async (client) => {
      const { LoginProfile } = await client.send(new GetLoginProfileCommand({ UserName: 'human' }));
      assert.equal(LoginProfile?.CreateDate?.getTime(), START - 400 * DAY);
      const create = () =>
        client.send(
          new CreateLoginProfileCommand({
            UserName: 'human',
            Password: 'Correct-horse-1',
            PasswordResetRequired: true,
          }),
        );
      await assert.rejects(create, rejectsWith('EntityAlreadyExistsException', 409));
      await client.send(new DeleteLoginProfileCommand({ UserName: 'human' }));
      await assert.rejects(
        client.send(new GetLoginProfileCommand({ UserName: 'human' })),
        rejectsWith('NoSuchEntityException', 404),
      );
      assert.equal((await create()).LoginProfile?.PasswordResetRequired, true);
    }));

  test('has inline policies, and is not deleted with them', () =>
    withIam(async (client) => {
      await client.send(new CreateUserCommand({ UserName: 'new', Path: '/x/' }));
      await client.send(
        new PutUserPolicyCommand({ UserName: 'new', PolicyName: 'p', PolicyDocument: DOCUMENT }),
      );
      const got = await client.send(new GetUserPolicyCommand({ UserName: 'new', PolicyName: 'p' }));
      assert.equal(decodeURIComponent(got.PolicyDocument ?? ''), DOCUMENT);
      assert.deepEqual((await client.send(new ListUserPoliciesCommand({ UserName: 'new' }))).PolicyNames, [
        'p',
      ]);
      await assert.rejects(
        client.send(new DeleteUserCommand({ UserName: 'new' })),
        rejectsWith('DeleteConflictException', 409),
      );
      const large = formatPolicy({ action: 's3:GetObject', resource: `arn:aws:s3:::${'x'.repeat(2100)}` });
      const tooLarge = client.send(
        new PutUserPolicyCommand({ UserName: 'new', PolicyName: 'q', PolicyDocument: large }),
      );
      await assert.rejects(tooLarge, rejectsWith('LimitExceededException', 409));
      await client.send(new DeleteUserPolicyCommand({ UserName: 'new', PolicyName: 'p' }));
      await client.send(new DeleteUserCommand({ UserName: 'new' }));
      await assert.rejects(
        client.send(new GetUserCommand({ UserName: 'new' })),
        rejectsWith('NoSuchEntityException', 404),
      );
    }));
});

test('the account has its name for an alias', () =>
  withIam(async (client) => {
    assert.deepEqual((await client.send(new ListAccountAliasesCommand({}))).AccountAliases, ['home']);
  }));

test('lists are paged and lose nothing', () =>
  withEmulator({ world: 'demo' }, async (emulator) => {
    const client = iam(emulator);
    const all = await everyPage(paginateListRoles({ client }, {}), ({ Roles }) => Roles);
    const small = await everyPage(paginateListRoles({ client, pageSize: 7 }, {}), ({ Roles }) => Roles);
    assert.ok(all.length > 40);
    assert.deepEqual(
      small.map(({ Arn }) => Arn),
      all.map(({ Arn }) => Arn),
    );
    const staff = await everyPage(
      paginateListUsers({ client, pageSize: 3 }, { PathPrefix: '/staff/' }),
      ({ Users }) => Users,
    );
    assert.ok(staff.length > 10 && staff.every(({ Path }) => Path === '/staff/'));
  }));

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import type { Emulator } from '../../../src/emulator/server.ts';
import { addAwsPolicy } from '../../../src/emulator/world/build.ts';
import { formatPolicy } from '../../../src/emulator/world/statement.ts';
import { iam, rejectsWith, withEmulator } from '../harness.ts';
import { DAY, HOME, START } from '../small-world.ts';

const PolicyArn = `arn:aws:iam::${HOME}:policy/app-access`;
const document = (action: string): string => formatPolicy({ action, resource: '*' });

const withIam = (use: (client: IAMClient, emulator: Emulator) => Promise<void>): Promise<void> =>
  withEmulator({}, (emulator) => use(iam(emulator), emulator));

describe('a managed policy', () => {
  test('is shown with its default version and how often it is attached', () =>
    withIam(async (client) => {
      const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
      assert.equal(Policy?.DefaultVersionId, 'v1');
      assert.equal(Policy?.AttachmentCount, 1);
      const got = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
      assert.equal(got.PolicyVersion?.IsDefaultVersion, true);
      assert.match(decodeURIComponent(got.PolicyVersion?.Document ?? ''), /sqs:\*/);
    }));

  test('takes five versions; the default one stays', () =>
    withIam(async (client, emulator) => {
      const create = (SetAsDefault: boolean) =>
        client.send(
          new CreatePolicyVersionCommand({
            PolicyArn,
            PolicyDocument: document('s3:GetObject'),
            SetAsDefault,
          }),
        );
      emulator.advance(DAY);
      assert.equal((await create(true)).PolicyVersion?.VersionId, 'v2');
      const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
      assert.deepEqual([Policy?.DefaultVersionId, Policy?.UpdateDate?.getTime()], ['v2', START + DAY]);
      for (let i = 3; i <= 5; i += 1) await create(false);
      await assert.rejects(create(false), rejectsWith('LimitExceededException', 409, /5 versions/));
      const remove = (VersionId: string) =>
        client.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
      await assert.rejects(remove('v2'), rejectsWith('DeleteConflictException', 409));
      await remove('v1');
      assert.equal((await create(false)).PolicyVersion?.VersionId, 'v6');
      const { Versions } = await client.send(new ListPolicyVersionsCommand({ PolicyArn }));
      assert.deepEqual(
        Versions?.map(({ VersionId }) => VersionId),
        ['v6', 'v5', 'v4', 'v3', 'v2'],
      );
      await client.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v6' }));
      assert.equal((await client.send(new GetPolicyCommand({ PolicyArn }))).Policy?.DefaultVersionId, 'v6');
      await assert.rejects(remove('v99'), rejectsWith('NoSuchEntityException', 404));
    }));

  test('can be made, found by who has it, and deleted when nobody has it', () =>
    withIam(async (client) => {
      const made = await client.send(
        new CreatePolicyCommand({
          PolicyName: 'new',
          Path: '/t/',
          PolicyDocument: document('sqs:*'),
          Tags: [{ Key: 'a', Value: 'b' }],
        }),
      );
      const arn = made.Policy?.Arn ?? '';
      assert.equal(arn, `arn:aws:iam::${HOME}:policy/t/new`);
      const twice = client.send(
        new CreatePolicyCommand({ PolicyName: 'new', PolicyDocument: document('sqs:*') }),
      );
      await assert.rejects(twice, rejectsWith('EntityAlreadyExistsException', 409));
      await client.send(new AttachUserPolicyCommand({ UserName: 'human', PolicyArn: arn }));
      const holders = await client.send(new ListEntitiesForPolicyCommand({ PolicyArn: arn }));
      assert.deepEqual(
        holders.PolicyUsers?.map(({ UserName }) => UserName),
        ['human'],
      );
      assert.deepEqual(holders.PolicyRoles, []);
      assert.deepEqual(
        (await client.send(new ListEntitiesForPolicyCommand({ PolicyArn: arn, EntityFilter: 'Role' })))
          .PolicyUsers,
        [],
      );
      await assert.rejects(
        client.send(new DeletePolicyCommand({ PolicyArn: arn })),
        rejectsWith('DeleteConflictException', 409),
      );
      await client.send(new DetachUserPolicyCommand({ UserName: 'human', PolicyArn: arn }));
      await client.send(new DeletePolicyCommand({ PolicyArn: arn }));
      await assert.rejects(
        client.send(new GetPolicyCommand({ PolicyArn: arn })),
        rejectsWith('NoSuchEntityException', 404),
      );
    }));

  test('grants and resources are demanded, principals refused', () =>
    withIam(async (client) => {
      const create = (PolicyDocument: string) =>
        client.send(new CreatePolicyCommand({ PolicyName: 'bad', PolicyDocument }));
      await assert.rejects(
        create(formatPolicy({ action: 's3:*' })),
        rejectsWith('MalformedPolicyDocumentException', 400, /resources/),
      );
      await assert.rejects(
        create(formatPolicy({ action: 's3:*', resource: '*', principal: '*' })),
        rejectsWith('MalformedPolicyDocumentException', 400, /principal/),
      );
      await assert.rejects(
        create(`{"Version":"2012-10-17","Statement":[]}`),
        rejectsWith('MalformedPolicyDocumentException', 400),
      );
      const named = (...sids: readonly string[]) =>
        formatPolicy(...sids.map((sid) => ({ sid, action: 's3:*', resource: '*' })));
      await assert.rejects(
        create(named('with-dash')),
        rejectsWith('MalformedPolicyDocumentException', 400, /alpha-numeric/),
      );
      await assert.rejects(
        create(named('Same', 'Same')),
        rejectsWith('MalformedPolicyDocumentException', 400, /unique/),
      );
      const large = formatPolicy({ action: 's3:GetObject', resource: `arn:aws:s3:::${'x'.repeat(6200)}` });
      await assert.rejects(create(large), rejectsWith('LimitExceededException', 409));
    }));

  test('of AWS can be read and attached, not changed', () =>
    withIam(async (client, { world }) => {
      const { arn } = addAwsPolicy(world, { name: 'ReadOnly', document: document('s3:Get*') });
      assert.equal(
        (await client.send(new GetPolicyCommand({ PolicyArn: arn }))).Policy?.PolicyName,
        'ReadOnly',
      );
      const change = client.send(
        new CreatePolicyVersionCommand({ PolicyArn: arn, PolicyDocument: document('s3:*') }),
      );
      await assert.rejects(change, rejectsWith('AccessDenied', 403));
      const { Policies } = await client.send(new ListPoliciesCommand({ Scope: 'Local', OnlyAttached: true }));
      assert.deepEqual(
        Policies?.map(({ Arn }) => Arn),
        [PolicyArn],
      );
    }));
});

describe('a request', () => {
  test('with a wrong parameter is refused by name', () =>
    withIam(async (client) => {
      await assert.rejects(
        client.send(new GetPolicyCommand({ PolicyArn: 'nonsense-that-is-long-enough' })),
        rejectsWith('ValidationError', 400, /policyArn/),
      );
      const limit = client.send(new ListPoliciesCommand({ MaxItems: 5000 }));
      await assert.rejects(limit, rejectsWith('ValidationError', 400, /maxItems/));
      const marker = client.send(new ListPoliciesCommand({ Marker: 'made-up' }));
      await assert.rejects(marker, rejectsWith('InvalidInputException', 400));
    }));

  test('from somebody whose policies do not allow it is denied', () =>
    withIam(async (_, emulator) => {
      const human = emulator.world.accounts.get(HOME)?.users.get('human');
      assert.ok(human);
      const client = iam(emulator, { accessKeyId: human.accessKeys[0]?.id ?? '' });
      const detach = (): Promise<unknown> =>
        client.send(new DetachRolePolicyCommand({ RoleName: 'app', PolicyArn }));
      await assert.rejects(
        detach,
        rejectsWith('AccessDenied', 403, /iam:DetachRolePolicy on resource: arn:aws:iam::\d+:role\/app/),
      );
      human.inlinePolicies.set(
        'admin',
        formatPolicy(
          { action: 'iam:*', resource: '*' },
          { effect: 'Deny', action: 'iam:Detach*', resource: '*' },
        ),
      );
      await assert.rejects(detach, rejectsWith('AccessDenied', 403, /explicit deny/));
      human.inlinePolicies.set(
        'admin',
        formatPolicy({ action: 'iam:Detach*', resource: `arn:aws:iam::${HOME}:role/*` }),
      );
      await detach();
    }));
});

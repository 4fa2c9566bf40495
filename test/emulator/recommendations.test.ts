import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AccessAnalyzerClient,
  GenerateFindingRecommendationCommand,
  GetFindingRecommendationCommand,
  ListFindingsV2Command,
  paginateGetFindingRecommendation,
} from '@aws-sdk/client-accessanalyzer';
import { accessAnalyzer, everyPage, rejectsWith, withEmulator } from './harness.ts';
import { HOME, UNUSED } from './small-world.ts';

const findingOf = async (client: AccessAnalyzerClient, findingType: string): Promise<string> => {
  const filter = { findingType: { eq: [findingType] } };
  const { findings } = await client.send(new ListFindingsV2Command({ analyzerArn: UNUSED, filter }));
  return findings?.[0]?.id ?? '';
};

test('A recommendation is a 404, then IN_PROGRESS, then steps that leave what is used', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const id = await findingOf(client, 'UnusedPermission');
    const get = () => client.send(new GetFindingRecommendationCommand({ analyzerArn: UNUSED, id }));
    await assert.rejects(get(), rejectsWith('ResourceNotFoundException', 404));
    await client.send(new GenerateFindingRecommendationCommand({ analyzerArn: UNUSED, id }));
    const begun = await get();
    assert.deepEqual([begun.status, begun.recommendedSteps], ['IN_PROGRESS', undefined]);
    assert.equal(begun.recommendationType, 'UnusedPermissionRecommendation');
    const done = await get();
    assert.equal(done.status, 'SUCCEEDED');
    assert.equal(done.resourceArn, `arn:aws:iam::${HOME}:role/app`);
    assert.ok(done.completedAt);
    const pages = paginateGetFindingRecommendation({ client, pageSize: 1 }, { analyzerArn: UNUSED, id });
    const steps = (await everyPage(pages, (page) => page.recommendedSteps)).map(
      (step) => step.unusedPermissionsRecommendedStep,
    );
    const [replaced, narrowed, detached] = steps;
    assert.deepEqual(
      [replaced?.recommendedAction, replaced?.existingPolicyId],
      ['DETACH_POLICY', narrowed?.existingPolicyId],
    );
    assert.equal(narrowed?.recommendedAction, 'CREATE_POLICY');
    assert.equal(narrowed?.existingPolicyId, `arn:aws:iam::${HOME}:policy/app-access`);
    assert.ok(narrowed?.policyUpdatedAt);
    assert.deepEqual(JSON.parse(narrowed?.recommendedPolicy ?? ''), {
      Version: '2012-10-17',
      Statement: [{ Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' }],
    });
    assert.deepEqual(detached, { recommendedAction: 'DETACH_POLICY', existingPolicyId: 'extra' });
  }));

test('Only open findings of unused permissions have recommendations', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    for (const id of [await findingOf(client, 'UnusedIAMUserAccessKey'), 'unknown']) {
      await assert.rejects(
        client.send(new GenerateFindingRecommendationCommand({ analyzerArn: UNUSED, id })),
        rejectsWith('ValidationException', 400),
      );
    }
  }));

test('A recommendation FAILED when the service fails or its role has gone, and says why', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const id = await findingOf(client, 'UnusedPermission');
    const failure = async () => {
      await client.send(new GenerateFindingRecommendationCommand({ analyzerArn: UNUSED, id }));
      const get = () => client.send(new GetFindingRecommendationCommand({ analyzerArn: UNUSED, id }));
      assert.equal((await get()).status, 'IN_PROGRESS');
      const { status, error } = await get();
      return [status, error?.code];
    };
    const roles = emulator.world.accounts.get(HOME)?.roles;
    const app = roles?.get('app');
    assert.ok(app);
    app.recommendationFails = true;
    assert.deepEqual(await failure(), ['FAILED', 'INTERNAL_ERROR']);
    app.inlinePolicies.set('extra', 'not a policy');
    app.recommendationFails = false;
    assert.deepEqual(await failure(), ['FAILED', 'INVALID_POLICY']);
    roles?.delete('app');
    assert.deepEqual(await failure(), ['FAILED', 'RESOURCE_NOT_FOUND']);
  }));

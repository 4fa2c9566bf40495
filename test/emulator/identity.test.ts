import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListAnalyzersCommand } from '@aws-sdk/client-accessanalyzer';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { accessAnalyzer, rejectsWith, sts, withEmulator } from './harness.ts';
import { HOME, NEIGHBOUR, START } from './small-world.ts';

const identity = new GetCallerIdentityCommand({});
const REVIEWER = `arn:aws:iam::${HOME}:role/reviewer`;

test('A guest, a named account and a user of the world are who they say', () =>
  withEmulator({}, async (emulator) => {
    const guest = await sts(emulator).send(identity);
    assert.equal(guest.Account, HOME);
    assert.equal(guest.Arn, `arn:aws:iam::${HOME}:user/iam-triage`);
    const named = await sts(emulator, { accessKeyId: `AKIA${NEIGHBOUR}` }).send(identity);
    assert.equal(named.Account, NEIGHBOUR);
    const user = emulator.world.accounts.get(HOME)?.users.get('human');
    const [key] = user?.accessKeys ?? [];
    assert.ok(user && key);
    const human = await sts(emulator, { accessKeyId: key.id }).send(identity);
    assert.deepEqual([human.Arn, human.UserId], [user.arn, user.uniqueId]);
    key.status = 'Inactive';
    await assert.rejects(
      sts(emulator, { accessKeyId: key.id }).send(identity),
      rejectsWith('InvalidClientTokenId', 403),
    );
  }));

test('AssumeRole asks the trust policy, and for a second factor where it does', () =>
  withEmulator({}, async (emulator) => {
    const assume = (input: Partial<AssumeRoleCommandInput>, accessKeyId = `AKIA${NEIGHBOUR}`) =>
      sts(emulator, { accessKeyId }).send(
        new AssumeRoleCommand({ RoleArn: REVIEWER, RoleSessionName: 'review', ...input }),
      );
    const mfa = { SerialNumber: `arn:aws:iam::${NEIGHBOUR}:mfa/phone`, TokenCode: '123456' };
    const denied = rejectsWith('AccessDenied', 403);
    await assert.rejects(assume({}), denied);
    await assert.rejects(assume({ ...mfa, TokenCode: '12345x' }), denied);
    await assert.rejects(assume({ ...mfa, RoleArn: `arn:aws:iam::${HOME}:role/nobody` }), denied);
    await assert.rejects(assume({ ...mfa, RoleArn: `arn:aws:iam::${HOME}:role/partner/partner-1` }), denied);
    await assert.rejects(assume({ ...mfa, RoleSessionName: '!' }), rejectsWith('ValidationError', 400));
    await assert.rejects(assume({ ...mfa, DurationSeconds: 60 }), rejectsWith('ValidationError', 400));
    const { Credentials, AssumedRoleUser } = await assume(mfa);
    assert.equal(AssumedRoleUser?.Arn, `arn:aws:sts::${HOME}:assumed-role/reviewer/review`);
    assert.equal(Credentials?.Expiration?.getTime(), START + 3600_000);
    const session = sts(emulator, { accessKeyId: Credentials?.AccessKeyId ?? '' });
    const { Account, Arn } = await session.send(identity);
    assert.deepEqual([Account, Arn], [HOME, AssumedRoleUser?.Arn]);
    emulator.advance(3600_000);
    await assert.rejects(session.send(identity), rejectsWith('ExpiredToken', 403));
  }));

test('A Region that is off knows nobody; an opt-in Region that is on does; a denied one refuses by name', () =>
  withEmulator({}, async (emulator) => {
    const list = (region: string, accessKeyId?: string) =>
      accessAnalyzer(emulator, { region, ...(accessKeyId && { accessKeyId }) }).send(
        new ListAnalyzersCommand({}),
      );
    const off = rejectsWith(
      'UnrecognizedClientException',
      403,
      /security token included in the request is invalid/,
    );
    await assert.rejects(list('me-south-1'), off);
    await assert.rejects(list('cn-north-1'), off);
    await assert.rejects(list('mars-north-1'), off);
    await assert.rejects(
      sts(emulator, { region: 'me-south-1' }).send(identity),
      rejectsWith('InvalidClientTokenId', 403),
    );
    assert.deepEqual((await list('ap-east-1')).analyzers, []);
    await assert.rejects(list('ap-east-1', `AKIA${NEIGHBOUR}`), off);
    await assert.rejects(
      list('eu-south-1'),
      rejectsWith(
        'AccessDeniedException',
        403,
        /access-analyzer:ListAnalyzers.*explicit deny in a service control policy/,
      ),
    );
    await assert.rejects(list('eu-north-1'), rejectsWith('AccessDeniedException', 403));
    assert.deepEqual((await list('eu-north-1', `AKIA${NEIGHBOUR}`)).analyzers, []);
  }));

test('STS says which operations it has not', () =>
  withEmulator({}, async (emulator) => {
    const response = await fetch(emulator.url, {
      method: 'POST',
      headers: { authorization: authorization('sts'), 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=GetFederationToken&Version=2011-06-15',
    });
    assert.equal(response.status, 400);
    assert.match(await response.text(), /<Code>InvalidAction<\/Code>/);
  }));

const authorization = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=AKIAEMULATORTEST0000/20260301/us-east-1/${service}/aws4_request, ` +
  `SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;

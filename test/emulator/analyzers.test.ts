import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateAnalyzerCommand,
  CreateArchiveRuleCommand,
  DeleteAnalyzerCommand,
  GetAnalyzerCommand,
  ListAnalyzersCommand,
  ListArchiveRulesCommand,
  ListFindingsCommand,
  ListTagsForResourceCommand,
  paginateListAnalyzers,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAnalyzerCommand,
} from '@aws-sdk/client-accessanalyzer';
import { accessAnalyzer, everyPage, rejectsWith, withEmulator } from './harness.ts';
import { arnOf, DAY, EXTERNAL, HOME, NEIGHBOUR, START } from './small-world.ts';

test('ListAnalyzers gives those of the caller and Region, without their configuration', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const pages = paginateListAnalyzers({ client, pageSize: 1 }, {});
    const analyzers = await everyPage(pages, (page) => page.analyzers);
    assert.deepEqual(
      analyzers.map(({ name }) => name),
      ['external', 'internal', 'organization', 'unused'],
    );
    assert.equal(analyzers.find(({ name }) => name === 'unused')?.configuration, undefined);
    assert.equal(analyzers.find(({ name }) => name === 'external')?.createdAt?.getTime(), START - 60 * DAY);
    const unused = await client.send(new ListAnalyzersCommand({ type: 'ACCOUNT_UNUSED_ACCESS' }));
    assert.equal(unused.analyzers?.length, 1);
    const elsewhere = await accessAnalyzer(emulator, { region: 'us-west-2' }).send(
      new ListAnalyzersCommand({}),
    );
    assert.deepEqual(elsewhere.analyzers, []);
  }));

test('GetAnalyzer has the configuration, and a DISABLED one its reason', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const unused = await client.send(new GetAnalyzerCommand({ analyzerName: 'unused' }));
    assert.equal(unused.analyzer?.configuration?.unusedAccess?.unusedAccessAge, 90);
    const { analyzer } = await client.send(new GetAnalyzerCommand({ analyzerName: 'organization' }));
    assert.equal(analyzer?.status, 'DISABLED');
    assert.equal(analyzer?.statusReason?.code, 'DELEGATED_ADMINISTRATOR_DEREGISTERED');
    await assert.rejects(
      client.send(new GetAnalyzerCommand({ analyzerName: 'nobody' })),
      rejectsWith('ResourceNotFoundException', 404),
    );
  }));

test('An analyzer of another account is denied, one of another Region is not found', () =>
  withEmulator({}, async (emulator) => {
    const list = (analyzerArn: string) =>
      accessAnalyzer(emulator).send(new ListFindingsCommand({ analyzerArn }));
    await assert.rejects(
      list(arnOf('external', 'us-east-1', NEIGHBOUR)),
      rejectsWith('AccessDeniedException', 403, /not authorized/),
    );
    await assert.rejects(list(arnOf('external', 'eu-west-1')), rejectsWith('ResourceNotFoundException', 404));
    const neighbour = accessAnalyzer(emulator, { accessKeyId: `AKIA${NEIGHBOUR}` });
    const { findings } = await neighbour.send(
      new ListFindingsCommand({ analyzerArn: arnOf('external', 'us-east-1', NEIGHBOUR) }),
    );
    assert.ok(findings?.some(({ isPublic }) => isPublic));
  }));

test('A new analyzer finds what is there, its own rules archive it, and deleting it takes both', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator, { region: 'us-west-2' });
    const { arn } = await client.send(
      new CreateAnalyzerCommand({
        analyzerName: 'west',
        type: 'ACCOUNT',
        tags: { team: 'west' },
        archiveRules: [{ ruleName: 'partners', filter: { resource: { contains: [':role/partner/'] } } }],
      }),
    );
    assert.equal(arn, arnOf('west', 'us-west-2'));
    const { findings = [] } = await client.send(new ListFindingsCommand({ analyzerArn: arn }));
    const ids = findings.map(({ id }) => id);
    const statuses = findings.map(({ resource, status }) => `${resource?.split('/').at(-1)} ${status}`);
    assert.deepEqual(statuses, [
      'partner-1 ARCHIVED',
      'partner-2 ARCHIVED',
      'partner-3 ARCHIVED',
      'reviewer ACTIVE',
    ]);
    await client.send(new DeleteAnalyzerCommand({ analyzerName: 'west' }));
    await assert.rejects(
      client.send(new ListArchiveRulesCommand({ analyzerName: 'west' })),
      rejectsWith('ResourceNotFoundException', 404),
    );
    const { analyzers } = await client.send(new ListAnalyzersCommand({}));
    assert.deepEqual(analyzers, []);
    await client.send(new CreateAnalyzerCommand({ analyzerName: 'west', type: 'ACCOUNT' }));
    const again = await client.send(new ListFindingsCommand({ analyzerArn: arn }));
    assert.equal(again.findings?.length, ids.length);
    assert.ok(
      again.findings?.every(({ id }) => !ids.includes(id)),
      'an analyzer made again finds with new ids',
    );
  }));

test('Creating is bound by names, quotas and kinds', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const create = (input: Partial<ConstructorParameters<typeof CreateAnalyzerCommand>[0]>) =>
      client.send(new CreateAnalyzerCommand({ analyzerName: 'second', type: 'ACCOUNT', ...input }));
    await assert.rejects(create({ analyzerName: 'external' }), rejectsWith('ConflictException', 409));
    await assert.rejects(create({}), rejectsWith('ServiceQuotaExceededException', 402));
    await assert.rejects(
      create({ analyzerName: '9lives' }),
      rejectsWith('ValidationException', 400, /regular expression/),
    );
    await assert.rejects(create({ analyzerName: '_linked' }), rejectsWith('ValidationException', 400));
    await assert.rejects(
      create({ type: 'ORGANIZATION', configuration: { unusedAccess: { unusedAccessAge: 30 } } }),
      rejectsWith('ValidationException', 400, /does not fit/),
    );
    await assert.rejects(
      create({ type: 'ACCOUNT_UNUSED_ACCESS', configuration: { unusedAccess: { unusedAccessAge: 400 } } }),
      rejectsWith('ValidationException', 400, /less than or equal to 365/),
    );
  }));

test('UpdateAnalyzer narrows unused access and leaves external analyzers alone', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const exclusions = [{ accountIds: [HOME] }];
    await client.send(
      new UpdateAnalyzerCommand({
        analyzerName: 'unused',
        configuration: { unusedAccess: { analysisRule: { exclusions } } },
      }),
    );
    const { analyzer } = await client.send(new GetAnalyzerCommand({ analyzerName: 'unused' }));
    assert.deepEqual(analyzer?.configuration?.unusedAccess?.analysisRule?.exclusions, exclusions);
    assert.equal(analyzer?.configuration?.unusedAccess?.unusedAccessAge, 90);
    await assert.rejects(
      client.send(
        new UpdateAnalyzerCommand({
          analyzerName: 'external',
          configuration: { unusedAccess: { unusedAccessAge: 90 } },
        }),
      ),
      rejectsWith('ValidationException', 400),
    );
  }));

test('Tags of an analyzer come and go; nothing else can be tagged', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const tags = async () =>
      (await client.send(new ListTagsForResourceCommand({ resourceArn: EXTERNAL }))).tags;
    assert.deepEqual(await tags(), { team: 'security' });
    await client.send(
      new TagResourceCommand({ resourceArn: EXTERNAL, tags: { stage: 'prod', owner: '担当' } }),
    );
    assert.deepEqual(await tags(), { team: 'security', stage: 'prod', owner: '担当' });
    await client.send(new UntagResourceCommand({ resourceArn: EXTERNAL, tagKeys: ['team', 'owner'] }));
    assert.deepEqual(await tags(), { stage: 'prod' });
    await assert.rejects(
      client.send(new TagResourceCommand({ resourceArn: EXTERNAL, tags: { 'aws:x': 'y' } })),
      rejectsWith('ValidationException', 400),
    );
    await assert.rejects(
      client.send(new ListTagsForResourceCommand({ resourceArn: 'arn:aws:s3:::public-site' })),
      rejectsWith('ResourceNotFoundException', 404),
    );
  }));

test('A request sent again with its client token happens once', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const rule = {
      analyzerName: 'external',
      ruleName: 'once',
      filter: { isPublic: { eq: ['false'] } },
      clientToken: 'token-1',
    };
    await client.send(new CreateArchiveRuleCommand(rule));
    await client.send(new CreateArchiveRuleCommand(rule));
    await assert.rejects(
      client.send(new CreateArchiveRuleCommand({ ...rule, ruleName: 'twice' })),
      rejectsWith('ConflictException', 409),
    );
    await assert.rejects(
      client.send(new CreateArchiveRuleCommand({ ...rule, clientToken: 'token-2' })),
      rejectsWith('ConflictException', 409),
    );
  }));

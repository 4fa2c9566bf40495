import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AccessAnalyzerClient,
  ApplyArchiveRuleCommand,
  type Criterion,
  CreateArchiveRuleCommand,
  DeleteArchiveRuleCommand,
  GetArchiveRuleCommand,
  ListArchiveRulesCommand,
  ListFindingsCommand,
  paginateListArchiveRules,
  StartResourceScanCommand,
  UpdateArchiveRuleCommand,
  UpdateFindingsCommand,
} from '@aws-sdk/client-accessanalyzer';
import { formatPolicy, trustAccount } from '../../src/emulator/world/statement.ts';
import { accessAnalyzer, everyPage, rejectsWith, withEmulator } from './harness.ts';
import { EXTERNAL, HOME, PUBLIC_BUCKET, SHARED_BUCKET, VENDOR } from './small-world.ts';

const idsOf = async (client: AccessAnalyzerClient, filter: Record<string, Criterion>): Promise<string[]> => {
  const { findings = [] } = await client.send(new ListFindingsCommand({ analyzerArn: EXTERNAL, filter }));
  return findings.map(({ id }) => id ?? '');
};

const PARTNERS = { resource: { contains: [':role/partner/'] } };
const ARCHIVED = { status: { eq: ['ARCHIVED'] } };

test('UpdateFindings archives and brings back, by ids and by resource', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const ids = await idsOf(client, PARTNERS);
    assert.equal(ids.length, 3);
    const update = (input: { status: 'ACTIVE' | 'ARCHIVED'; ids?: string[]; resourceArn?: string }) =>
      client.send(new UpdateFindingsCommand({ analyzerArn: EXTERNAL, ...input }));
    await update({ status: 'ARCHIVED', ids });
    assert.deepEqual(await idsOf(client, ARCHIVED), ids);
    await update({ status: 'ACTIVE', ids: ids.slice(1) });
    assert.deepEqual(await idsOf(client, ARCHIVED), ids.slice(0, 1));
    await update({ status: 'ARCHIVED', resourceArn: PUBLIC_BUCKET });
    assert.equal((await idsOf(client, { ...ARCHIVED, isPublic: { eq: ['true'] } })).length, 1);
  }));

test('One unknown id fails the whole call, and nothing is changed', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const ids = await idsOf(client, PARTNERS);
    await assert.rejects(
      client.send(
        new UpdateFindingsCommand({ analyzerArn: EXTERNAL, status: 'ARCHIVED', ids: [...ids, 'unknown'] }),
      ),
      rejectsWith('ResourceNotFoundException', 404),
    );
    assert.deepEqual(await idsOf(client, ARCHIVED), []);
  }));

test('A RESOLVED finding cannot be archived; ids and resourceArn exclude each other', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const ids = await idsOf(client, { resource: { eq: [PUBLIC_BUCKET] } });
    emulator.world.accounts.get(HOME)?.resources.delete(PUBLIC_BUCKET);
    await client.send(new StartResourceScanCommand({ analyzerArn: EXTERNAL, resourceArn: PUBLIC_BUCKET }));
    const refused = rejectsWith('ValidationException', 400);
    const update = (input: object) =>
      client.send(new UpdateFindingsCommand({ analyzerArn: EXTERNAL, status: 'ARCHIVED', ...input }));
    assert.deepEqual(await idsOf(client, { status: { eq: ['RESOLVED'] } }), ids);
    await assert.rejects(update({ ids }), refused);
    await assert.rejects(update({ ids, resourceArn: PUBLIC_BUCKET }), refused);
    await assert.rejects(update({}), refused);
  }));

test('The six operations of archive rules', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const analyzerName = 'external';
    for (const ruleName of ['b', 'a', 'c']) {
      await client.send(new CreateArchiveRuleCommand({ analyzerName, ruleName, filter: PARTNERS }));
    }
    const pages = paginateListArchiveRules({ client, pageSize: 2 }, { analyzerName });
    const rules = await everyPage(pages, ({ archiveRules }) => archiveRules);
    assert.deepEqual(
      rules.map(({ ruleName }) => ruleName),
      ['a', 'b', 'c'],
    );
    const filter = { isPublic: { eq: ['false'] }, resourceType: { neq: ['AWS::S3::Bucket'] } };
    await client.send(new UpdateArchiveRuleCommand({ analyzerName, ruleName: 'a', filter }));
    const { archiveRule } = await client.send(new GetArchiveRuleCommand({ analyzerName, ruleName: 'a' }));
    assert.deepEqual(archiveRule?.filter, filter);
    assert.deepEqual(await idsOf(client, ARCHIVED), [], 'a rule leaves what exists alone');
    await client.send(new ApplyArchiveRuleCommand({ analyzerArn: EXTERNAL, ruleName: 'a' }));
    assert.equal((await idsOf(client, ARCHIVED)).length, 4);
    await client.send(new DeleteArchiveRuleCommand({ analyzerName, ruleName: 'a' }));
    assert.equal((await idsOf(client, ARCHIVED)).length, 4, 'deleting a rule brings nothing back');
    await assert.rejects(
      client.send(new GetArchiveRuleCommand({ analyzerName, ruleName: 'a' })),
      rejectsWith('ResourceNotFoundException', 404),
    );
  }));

test('A rule archives what is new, and only what it means', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    await client.send(
      new CreateArchiveRuleCommand({
        analyzerName: 'external',
        ruleName: 'vendor',
        filter: { 'principal.AWS': { contains: [VENDOR] }, isPublic: { eq: ['false'] } },
      }),
    );
    const role = emulator.world.accounts.get(HOME)?.roles.get('app');
    assert.ok(role);
    role.trustPolicy = trustAccount(VENDOR);
    await client.send(new StartResourceScanCommand({ analyzerArn: EXTERNAL, resourceArn: role.arn }));
    const { findings = [] } = await client.send(
      new ListFindingsCommand({ analyzerArn: EXTERNAL, filter: { resource: { eq: [role.arn] } } }),
    );
    assert.deepEqual(
      findings.map(({ status }) => status),
      ['ARCHIVED'],
    );
    role.trustPolicy = trustAccount('999988887777');
    await client.send(new StartResourceScanCommand({ analyzerArn: EXTERNAL, resourceArn: role.arn }));
    assert.equal(
      (await idsOf(client, { resource: { eq: [role.arn] }, status: { eq: ['ACTIVE'] } })).length,
      1,
    );
  }));

test('A changed permission resolves the finding and gives another id', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const [before] = await idsOf(client, { resource: { eq: [SHARED_BUCKET] } });
    const bucket = emulator.world.accounts.get(HOME)?.resources.get(SHARED_BUCKET);
    assert.ok(bucket);
    bucket.policy = formatPolicy({
      principal: { AWS: `arn:aws:iam::${VENDOR}:root` },
      action: ['s3:GetObject', 's3:PutObject'],
      resource: `${SHARED_BUCKET}/*`,
    });
    emulator.runDailyPass();
    const { findings = [] } = await client.send(
      new ListFindingsCommand({ analyzerArn: EXTERNAL, filter: { resource: { eq: [SHARED_BUCKET] } } }),
    );
    const byStatus = new Map(findings.map(({ id, status }) => [status, id]));
    assert.equal(byStatus.get('RESOLVED'), before);
    assert.notEqual(byStatus.get('ACTIVE'), before);
    assert.equal(findings.length, 2);
  }));

test('Filters that no rule can have are refused, naming the key', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const create = (filter: Record<string, Criterion>) =>
      client.send(new CreateArchiveRuleCommand({ analyzerName: 'external', ruleName: 'x', filter }));
    for (const [filter, field] of [
      [{}, 'filter'],
      [{ status: { eq: ['ACTIVE'] } }, 'filter.status'],
      [{ colour: { eq: ['red'] } }, 'filter.colour'],
      [{ error: {} }, 'filter.error'],
      [{ resource: { eq: [] } }, 'filter.resource.member.eq'],
      [{ resource: { eq: Array.from({ length: 21 }, String) } }, 'filter.resource.member.eq'],
    ] as const) {
      await assert.rejects(create(filter as Record<string, Criterion>), (error: unknown) => {
        assert.ok(rejectsWith('ValidationException', 400)(error));
        const { fieldList = [], reason } = error as { fieldList?: { name: string }[]; reason: string };
        assert.deepEqual([reason, fieldList.map(({ name }) => name)], ['fieldValidationFailed', [field]]);
        return true;
      });
    }
    const { archiveRules } = await client.send(new ListArchiveRulesCommand({ analyzerName: 'external' }));
    assert.deepEqual(archiveRules, []);
  }));

test('The hundred and first rule is over the quota', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const create = (n: number) =>
      client.send(
        new CreateArchiveRuleCommand({ analyzerName: 'external', ruleName: `rule-${n}`, filter: PARTNERS }),
      );
    for (let n = 1; n <= 100; n += 1) await create(n);
    await assert.rejects(create(101), rejectsWith('ServiceQuotaExceededException', 402));
  }));

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analyzer } from '../../src/domain/analyzer.ts';
import type { FindingPage, Gateway } from '../../src/sync/ports.ts';
import type { TriageGateway } from '../../src/triage/ports.ts';
import { EXTERNAL, HOME, INTERNAL, PUBLIC_BUCKET, UNUSED } from '../emulator/small-world.ts';
import { collect, HERE, openGateway, problemOf, withGateway } from './gateway-harness.ts';

const analyzerOf = async (gateway: Gateway, arn: string): Promise<Analyzer> => {
  const analyzer = (await gateway.at(HERE).listAnalyzers()).find((each) => each.arn === arn);
  assert.ok(analyzer);
  return analyzer;
};
const listAll = async (gateway: Gateway, analyzer: Analyzer, pageSize?: number) => {
  const pages = await collect(
    gateway.at(HERE).listFindings(analyzer, pageSize === undefined ? {} : { pageSize }),
  );
  return pages.flatMap(({ findings }) => findings);
};

test('One gateway fills the ports of sync and of triage', () => {
  const gateway: Gateway & TriageGateway = openGateway({
    env: { AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' },
  });
  assert.equal(gateway.targets.length, 34);
  assert.equal(gateway.requests, 0);
});

test('The caller’s account is asked once', async () => {
  await withGateway(async (gateway) => {
    const accounts = await Promise.all([gateway.callerAccount('default'), gateway.callerAccount('default')]);
    assert.deepEqual(accounts, [HOME, HOME]);
    assert.equal(gateway.requests, 1);
  });
});

test('Analyzers come with status and reason; the configuration comes with GetAnalyzer', async () => {
  await withGateway(async (gateway) => {
    const analyzers = await gateway.at(HERE).listAnalyzers();
    assert.deepEqual(
      analyzers.map(({ name, type, status, statusReason }) => [name, type, status, statusReason]),
      [
        ['external', 'ACCOUNT', 'ACTIVE', undefined],
        ['internal', 'ACCOUNT_INTERNAL_ACCESS', 'ACTIVE', undefined],
        ['organization', 'ORGANIZATION', 'DISABLED', 'DELEGATED_ADMINISTRATOR_DEREGISTERED'],
        ['unused', 'ACCOUNT_UNUSED_ACCESS', 'ACTIVE', undefined],
      ],
    );
    const unused = analyzers.find(({ arn }) => arn === UNUSED);
    assert.ok(unused);
    assert.equal((await gateway.at(HERE).getAnalyzer(unused)).unusedAccessAge, 90);
  });
});

test('External findings come from v1 with everything, the others from v2', async () => {
  await withGateway(async (gateway, emulator) => {
    const external = await listAll(gateway, await analyzerOf(gateway, EXTERNAL));
    const open = external.find(({ resource }) => resource === PUBLIC_BUCKET);
    assert.equal(open?.isPublic, true);
    assert.deepEqual(open.principal, { AWS: '*' });
    assert.deepEqual(open.action, ['s3:GetObject']);
    const unused = await listAll(gateway, await analyzerOf(gateway, UNUSED));
    assert.deepEqual([...new Set(unused.map(({ findingType }) => findingType))].sort(), [
      'UnusedIAMRole',
      'UnusedIAMUserAccessKey',
      'UnusedIAMUserPassword',
      'UnusedPermission',
    ]);
    assert.ok(unused.every((finding) => finding.principal === undefined && finding.updatedAt > 0));
    const { operations } = emulator.log.report() as { operations?: Record<string, number> };
    if (operations !== undefined)
      assert.ok(Object.keys(operations).some((name) => name.endsWith('ListFindings')));
  });
});

test('Pages are asked for one by one, as they are used', async () => {
  await withGateway(async (gateway) => {
    const analyzer = await analyzerOf(gateway, UNUSED);
    const before = gateway.requests;
    const pages = gateway.at(HERE).listFindings(analyzer, { pageSize: 2 })[Symbol.asyncIterator]();
    assert.equal(gateway.requests, before);
    const { value: first } = (await pages.next()) as { value: FindingPage };
    assert.equal(gateway.requests, before + 1);
    assert.equal(first.findings.length, 2);
    await pages.return?.();
    assert.equal(gateway.requests, before + 1);
    const rest = await collect(
      gateway.at(HERE).listFindings(analyzer, { pageSize: 2, startToken: first.nextToken ?? '' }),
    );
    const whole = await listAll(gateway, analyzer);
    assert.deepEqual([...first.findings, ...rest.flatMap(({ findings }) => findings)], whole);
  });
});

test('Filter and sort reach the service', async () => {
  await withGateway(async (gateway) => {
    const analyzer = await analyzerOf(gateway, UNUSED);
    const pages = await collect(
      gateway.at(HERE).listFindings(analyzer, {
        filter: { findingType: { eq: ['UnusedIAMRole'] } },
        sort: { attributeName: 'resource', orderBy: 'DESC' },
      }),
    );
    const resources = pages.flatMap(({ findings }) => findings.map(({ resource }) => resource));
    assert.ok(resources.length > 1);
    assert.deepEqual(resources, resources.toSorted().reverse());
  });
});

test('The detail of an unused permission has all its services, over all pages', async () => {
  await withGateway(async (gateway) => {
    const unused = await listAll(gateway, await analyzerOf(gateway, UNUSED));
    const finding = unused.find(({ findingType }) => findingType === 'UnusedPermission');
    assert.ok(finding);
    let sent = 0;
    const answer = await gateway.at(HERE).getFinding(finding, undefined, () => (sent += 1));
    assert.deepEqual(answer?.finding, finding);
    assert.equal(answer?.detail?.kind, 'unused-permission');
    const services = answer.detail.services.map(({ serviceNamespace }) => serviceNamespace);
    for (const service of ['bedrock', 'dynamodb', 'sqs']) assert.ok(services.includes(service), service);
    assert.equal(new Set(services).size, services.length);
    assert.equal(sent, 1);
  });
});

test('A detail brings the facts that the list leaves out', async () => {
  await withGateway(async (gateway) => {
    const [internal] = await listAll(gateway, await analyzerOf(gateway, INTERNAL));
    assert.ok(internal);
    assert.equal(internal.principal, undefined);
    const detailed = await gateway.at(HERE).getFinding(internal);
    assert.equal(detailed?.detail?.kind, 'internal');
    assert.deepEqual(detailed.finding.principal, detailed.detail.principal);
    const unused = await listAll(gateway, await analyzerOf(gateway, UNUSED));
    const key = unused.find(({ findingType }) => findingType === 'UnusedIAMUserAccessKey');
    assert.ok(key);
    assert.match((await gateway.at(HERE).getFinding(key))?.finding.accessKeyId ?? '', /^AKIA/);
    const external = await listAll(gateway, await analyzerOf(gateway, EXTERNAL));
    for (const finding of external)
      assert.deepEqual((await gateway.at(HERE).getFinding(finding))?.finding, finding);
  });
});

test('A finding that is not there is undefined, not a problem', async () => {
  await withGateway(async (gateway) => {
    const ref = { ...HERE, analyzerArn: EXTERNAL, id: '00000000-0000-4000-8000-000000000000' };
    assert.equal(await gateway.at(HERE).getFinding(ref), undefined);
    assert.equal(await gateway.at(HERE).readFinding(ref), undefined);
  });
});

test('Findings are archived and read back as the list has them', async () => {
  await withGateway(async (gateway) => {
    for (const arn of [EXTERNAL, UNUSED]) {
      const findings = await listAll(gateway, await analyzerOf(gateway, arn));
      const ids = findings.slice(0, 2).map(({ id }) => id);
      const at = gateway.at(HERE);
      await at.updateFindings(arn, ids, 'ARCHIVED', { clientToken: `token-${arn}` });
      const back = await at.readFindings(arn, 'default', [...ids, '00000000-0000-4000-8000-000000000000']);
      assert.deepEqual(
        back.map(({ id, status }) => [id, status]).sort(),
        ids.map((id) => [id, 'ARCHIVED']).sort(),
      );
      const [first] = findings;
      assert.ok(first);
      const again = await at.readFinding(first);
      assert.deepEqual(again && { ...again, updatedAt: 0 }, { ...first, status: 'ARCHIVED', updatedAt: 0 });
    }
  });
});

test('More findings than one filter may name are read back in several requests', async () => {
  await withGateway(async (gateway) => {
    const ids = Array.from(
      { length: 45 },
      (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    );
    const before = gateway.requests;
    assert.deepEqual(await gateway.at(HERE).readFindings(EXTERNAL, 'default', ids), []);
    // One to learn the analyzer's type.
    assert.equal(gateway.requests - before, 4);
  });
});

test('Archive rules: created, listed as criteria, replaced, applied and deleted', async () => {
  await withGateway(async (gateway) => {
    const at = gateway.at(HERE);
    const analyzer = await analyzerOf(gateway, EXTERNAL);
    let tokens = 0;
    const options = () => ({ clientToken: `token-${(tokens += 1)}` });
    const filter = {
      isPublic: { eq: ['false'] },
      'principal.AWS': { contains: ['4444'] },
      error: { exists: false },
    };
    await at.createArchiveRule(EXTERNAL, 'partner', filter, options());
    const [rule] = await at.listArchiveRules(analyzer);
    assert.deepEqual([rule?.ruleName, rule?.filter, rule?.analyzerArn], ['partner', filter, EXTERNAL]);
    await at.applyArchiveRule(EXTERNAL, 'partner', options());
    const archived = (await listAll(gateway, analyzer)).filter(({ status }) => status === 'ARCHIVED');
    assert.ok(archived.length > 0 && archived.every(({ isPublic }) => isPublic === false));
    await at.updateArchiveRule(EXTERNAL, 'partner', { resource: { neq: ['x'] } }, options());
    assert.deepEqual((await at.listArchiveRules(analyzer))[0]?.filter, { resource: { neq: ['x'] } });
    await at.deleteArchiveRule(EXTERNAL, 'partner', options());
    assert.deepEqual(await at.listArchiveRules(analyzer), []);
  });
});

test('A scan is asked for with the owner of the resource', async () => {
  await withGateway(async (gateway) => {
    await gateway.at(HERE).startResourceScan(EXTERNAL, PUBLIC_BUCKET, HOME);
    const refused = await problemOf(gateway.at(HERE).startResourceScan(UNUSED, PUBLIC_BUCKET, HOME));
    assert.equal(refused.kind, 'invalid');
  });
});

test('A call that is cancelled ends as cancelled, also while it waits for its turn', async () => {
  await withGateway(
    async (gateway, emulator) => {
      const cancel = new AbortController();
      emulator.faults.add({ kind: 'slow', operation: 'ListAnalyzers', ms: 30_000 });
      const call = problemOf(gateway.at(HERE).listAnalyzers(cancel.signal));
      cancel.abort();
      assert.equal((await call).kind, 'cancelled');
      const ref = { ...HERE, analyzerArn: UNUSED, id: 'x' };
      const turns = Array.from({ length: 30 }, () => gateway.at(HERE).getFinding(ref, cancel.signal));
      for (const turn of turns) assert.equal((await problemOf(turn)).kind, 'cancelled');
    },
    { gateway: { detailsPerSecond: 1 } },
  );
});

test('A profile that was not asked for is refused', async () => {
  await withGateway(async (gateway) => {
    assert.throws(() => gateway.at({ profile: 'other', region: 'us-east-1' }), /profile other/);
  });
});

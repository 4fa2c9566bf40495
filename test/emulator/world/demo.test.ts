import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesCriteria } from '../../../src/domain/criteria.ts';
import { FINDING_TYPES } from '../../../src/domain/finding.ts';
import { createDemo, createDemoWorld } from '../../../src/emulator/world/demo.ts';
import { DEMO_REGIONS } from '../../../src/emulator/world/demo/setting.ts';
import type { WorldFinding } from '../../../src/emulator/world/finding.ts';
import { NOW } from './small-world.ts';

const demo = createDemo(1, NOW);
const prod = demo.source.analyzers.filter(({ account }) => account === '123456789012');
const findings = prod.flatMap((analyzer) =>
  analyzer.status === 'DISABLED'
    ? []
    : [...demo.source.findings(analyzer)].map((finding) => ({ analyzer, finding })),
);
const some = (fits: (finding: WorldFinding) => boolean): number =>
  findings.filter(({ finding }) => fits(finding)).length;

test('the same seed and time give the same world', () => {
  assert.deepEqual(createDemoWorld(5, NOW), createDemoWorld(5, NOW));
  assert.notDeepEqual(createDemoWorld(5, NOW), createDemoWorld(6, NOW));
});

test('a demo that starts later finds the same: its store knows them from the time before', () => {
  const later = createDemo(1, NOW + 25 * 3_600_000 + 7);
  const keysOf = ({ source }: typeof demo) =>
    source.analyzers.flatMap((analyzer) => [...source.findings(analyzer)].map(({ key }) => key));
  assert.deepEqual(keysOf(later).toSorted(), keysOf(demo).toSorted());
});

test('there are some 400 findings, of all six types', () => {
  assert.ok(findings.length >= 340 && findings.length <= 460, String(findings.length));
  for (const type of FINDING_TYPES) assert.ok(some(({ findingType }) => findingType === type) >= 10, type);
});

test('keys are unique within an analyzer', () => {
  for (const analyzer of prod) {
    const keys = [...demo.source.findings(analyzer)].map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length, analyzer.arn);
  }
});

test('six Regions have analyzers; one is disabled with a reason, one is run by a service', () => {
  assert.deepEqual(new Set(prod.map(({ region }) => region)), new Set(DEMO_REGIONS));
  assert.equal(
    prod.filter(({ status, statusReason }) => status === 'DISABLED' && statusReason !== undefined).length,
    1,
  );
  assert.equal(
    prod.filter(({ managedBy, name }) => managedBy !== undefined && name.startsWith('_')).length,
    1,
  );
  assert.deepEqual(new Set(prod.map(({ type }) => type)).size, 5);
});

test('what is worth looking at is there', () => {
  assert.ok(some(({ isPublic }) => isPublic === true) >= 10, 'public');
  assert.ok(some(({ error }) => error === 'ACCESS_DENIED') >= 2, 'access denied');
  assert.ok(some(({ error }) => error === 'INTERNAL_ERROR') >= 2, 'internal error');
  assert.ok(some((finding) => finding.resourceControlPolicyRestriction === 'APPLICABLE') >= 2, 'RCP');
  assert.ok(
    some(({ condition }) => Object.values(condition ?? {}).some((value) => value.includes('\u202e'))) >= 1,
    'hostile',
  );
  assert.ok(
    some(({ condition }) => Object.values(condition ?? {}).some((value) => /決済/.test(value))) >= 1,
    'wide letters',
  );
  assert.ok(
    some(
      ({ resource, principal }) =>
        resource.includes(':role/partner/') && principal?.['AWS'] === '444455556666',
    ) >= 14,
    'vendor',
  );
});

test('one global role is seen from every Region with an analyzer', () => {
  const seen = findings.filter(
    ({ finding }) =>
      finding.resource.endsWith('/global-security-auditor') && finding.findingType === 'ExternalAccess',
  );
  assert.deepEqual(new Set(seen.map(({ analyzer }) => analyzer.region)), new Set(DEMO_REGIONS));
});

test('the service-linked analyzer finds what the account’s own one finds', () => {
  const [own, linked] = ['external-access', '_SecurityHubV2ExternalAccess'].map((name) => {
    const analyzer = prod.find((each) => each.name === name && each.region === 'us-east-1');
    assert.ok(analyzer);
    return [...demo.source.findings(analyzer)].map(({ key }) => key);
  });
  assert.deepEqual(own, linked);
});

test('every archive rule but the one for an audit to find holds for something, and none hides what is public', () => {
  for (const analyzer of prod.filter(({ archiveRules }) => archiveRules !== undefined)) {
    const all = [...demo.source.findings(analyzer)].map((finding) => ({
      ...finding,
      id: 'x',
      status: 'ACTIVE' as const,
    }));
    for (const { ruleName, filter, createdAt } of analyzer.archiveRules ?? []) {
      const archived = all.filter(
        (finding) => matchesCriteria(filter, finding) && createdAt <= finding.createdAt,
      );
      assert.equal(
        archived.length > 0,
        ruleName !== 'temporary-migration',
        `${ruleName} of ${analyzer.name} in ${analyzer.region}`,
      );
      assert.deepEqual(
        archived.filter(({ isPublic }) => isPublic === true),
        [],
      );
    }
  }
});

test('what was fixed lately is found no more; what was only changed has another key', () => {
  const { source } = createDemo(2, NOW);
  const keys = (): ReadonlySet<string> =>
    new Set(source.analyzers.flatMap((analyzer) => [...source.findings(analyzer)].map(({ key }) => key)));
  const history = source.history ?? [];
  assert.ok(history.length >= 5);
  let last = 0;
  for (const { at, apply } of history) {
    const before = keys();
    apply();
    const after = keys();
    assert.ok(
      [...before].some((key) => !after.has(key)),
      new Date(at).toISOString(),
    );
    assert.ok(at > last && at < NOW);
    last = at;
  }
});

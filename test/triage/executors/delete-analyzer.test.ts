import assert from 'node:assert/strict';
import test from 'node:test';
import type { Analyzer } from '../../../src/domain/analyzer.ts';
import { planDeleteAnalyzer } from '../../../src/triage/analyzers/plan-delete-analyzer.ts';
import { ANALYZER, finding } from '../fakes.ts';
import { setUp } from '../setup.ts';

const BUCKETS = { resourceType: { eq: ['AWS::S3::Bucket'] } };
const analyzer: Analyzer = {
  profile: 'default',
  region: 'eu-west-1',
  arn: ANALYZER,
  name: 'external',
  type: 'ACCOUNT',
  status: 'ACTIVE',
  createdAt: 1,
};

/** An analyzer with a rule, and the plan to delete it. */
function house() {
  const all = setUp([finding('a')]);
  const rule = { ...analyzer, analyzerArn: ANALYZER, ruleName: 'r', filter: BUCKETS, updatedAt: 1 };
  all.gateway.rules.set(`${ANALYZER} r`, rule);
  all.gateway.analyzers.set(ANALYZER, { analyzer, configuration: undefined });
  const counts = { active: 1, archived: 0, resolved: 0, public: 0 };
  const truth = { analyzer, configuration: undefined, rules: [rule] };
  return { ...all, rule, plan: planDeleteAnalyzer({ truth, counts, exportedTo: undefined }) };
}

test('what is not any more as it was planned is left alone', async () => {
  const spoils: readonly (readonly [(at: ReturnType<typeof house>) => void, RegExp])[] = [
    [
      ({ gateway }) =>
        gateway.analyzers.set(ANALYZER, {
          analyzer: { ...analyzer, createdAt: 2 },
          configuration: undefined,
        }),
      /changed since the plan/,
    ],
    [
      ({ gateway, rule }) =>
        gateway.rules.set(`${ANALYZER} r`, { ...rule, filter: { error: { exists: true } } }),
      /changed since the plan/,
    ],
    [
      ({ gateway, rule }) => {
        gateway.rules.clear();
        gateway.rules.set(`${ANALYZER} s`, { ...rule, ruleName: 's' });
      },
      /changed since the plan/,
    ],
    [
      ({ gateway }) =>
        gateway.analyzers.set(ANALYZER, {
          analyzer: { ...analyzer, managedBy: 'securityhub' },
          configuration: undefined,
        }),
      /only that service can delete it/,
    ],
  ];
  for (const [spoil, error] of spoils) {
    const at = house();
    spoil(at);
    const [operation] = (await at.run(at.plan)).operations;
    assert.equal(operation?.state, 'failed');
    assert.match(operation.error ?? '', error);
    assert.equal(at.gateway.sent('deleteAnalyzer').length, 0);
  }
});

test('looks again at an analyzer that is still listed', async () => {
  const at = house();
  const before = at.gateway.analyzers.get(ANALYZER);
  assert.ok(before !== undefined);
  at.gateway.fault = ({ method }) => {
    const looks = at.gateway.sent('readAnalyzer').length;
    if (method === 'readAnalyzer' && looks === 2) at.gateway.analyzers.set(ANALYZER, before);
    if (method === 'readAnalyzer' && looks === 4) at.gateway.analyzers.delete(ANALYZER);
    return undefined;
  };
  const started = at.clock.now();
  assert.equal((await at.run(at.plan)).state, 'done');
  assert.ok(at.clock.now() > started);
  assert.notEqual(at.store.finding(finding('a'))?.goneAt, undefined);
});

test('whether it is gone is not known where nobody says so', async () => {
  const at = house();
  at.gateway.fault = ({ method }) => {
    if (method === 'deleteAnalyzer') return 'lost';
    return at.gateway.sent('deleteAnalyzer').length > 0
      ? { kind: 'unreachable', message: 'No route to host.' }
      : undefined;
  };
  const entry = await at.run(at.plan);
  assert.equal(
    entry.operations[0]?.error,
    'No answer came in 20 s. Whether the analyzer is still there could not be read: No route to host.',
  );
  assert.equal(at.store.finding(finding('a'))?.goneAt, undefined);
});

test('all of its findings go, however many at a time', async () => {
  const at = house();
  const left = [1000, 1000, 0];
  at.store.dropAnalyzer = () => left.shift() ?? assert.fail('asked once too often');
  assert.equal((await at.run(at.plan)).state, 'done');
  assert.deepEqual(left, []);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import '../domain/fixed-seed.ts';
import type { Criteria, Criterion } from '../../src/domain/archive-rule.ts';
import { criteriaValue } from '../../src/domain/criteria.ts';
import type { StoredFinding } from '../../src/domain/listing.ts';
import { proposeCriteria } from '../../src/domain/rules/propose-criteria.ts';
import { proposeRuleName } from '../../src/domain/rules/rule-name.ts';
import { planSetRules } from '../../src/triage/rules/plan-rules.ts';
import { prepareUndo } from '../../src/triage/undo.ts';
import { EXTERNAL } from '../emulator/small-world.ts';
import { type Emulated, withEmulated } from './emulated.ts';
import { need } from './setup.ts';

const KEYS = [
  'resource',
  'resourceType',
  'resourceOwnerAccount',
  'isPublic',
  'findingType',
  'principal.AWS',
  'error',
];

/** Random rules around one of the findings: most mean it and others, some mean nothing. */
function rulesFor(findings: readonly StoredFinding[]): fc.Arbitrary<Criteria> {
  const valuesOf = (key: string) => [
    ...new Set(findings.map((finding) => criteriaValue(key, finding)).filter((value) => value !== undefined)),
  ];
  const others = new Map(KEYS.map((key) => [key, fc.constantFrom(...valuesOf(key), 'no-such-value')]));
  const criterionFor = (key: string, own: string | undefined): fc.Arbitrary<Criterion> => {
    const other = others.get(key) ?? fc.constant('');
    const text = own ?? 'no-such-value';
    return fc.oneof(
      fc.uniqueArray(other, { maxLength: 2 }).map((rest) => ({ eq: [...new Set([text, ...rest])] })),
      fc.tuple(fc.nat(8), fc.integer({ min: 1, max: 9 })).map(([from, length]) => ({
        contains: [text.slice(from, from + length) || text],
      })),
      other.map((value) => ({ neq: [value] })),
      fc.constant({ exists: own !== undefined }),
    );
  };
  return fc
    .tuple(
      fc.constantFrom(...findings),
      fc.uniqueArray(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 3 }),
    )
    .chain(([finding, keys]) =>
      fc
        .tuple(...keys.map((key) => criterionFor(key, criteriaValue(key, finding))))
        .map((criteria) => Object.fromEntries(keys.map((key, index) => [key, criteria[index] ?? {}]))),
    );
}

const ledger = async ({ gateway, ruleTargets }: Emulated): Promise<Map<string, string>> => {
  const statuses = new Map<string, string>();
  for (const { analyzer } of ruleTargets()) {
    if (analyzer.status !== 'ACTIVE') continue;
    for await (const { findings } of gateway.at(analyzer).listFindings(analyzer)) {
      for (const { id, status } of findings) statuses.set(`${analyzer.arn} ${id}`, status);
    }
  }
  return statuses;
};

async function holdDryRunAgainstAws(house: Emulated, runs: number): Promise<void> {
  const findings = house.find('type:external');
  const targets = () =>
    house.ruleTargets().filter(({ analyzer }) => analyzer.status === 'ACTIVE' && analyzer.type === 'ACCOUNT');
  let archived = 0;
  await fc.assert(
    fc.asyncProperty(rulesFor(findings), async (filter) => {
      const before = await ledger(house);
      const plan = need(
        planSetRules({ rules: [{ name: 'r', filter }], targets: targets(), apply: true, onTaken: 'refuse' }),
      );
      const foreseen = plan.operations.flatMap(({ analyzerArn, change }) =>
        'foreseen' in change ? (change.foreseen ?? []).map((id) => `${analyzerArn} ${id}`) : [],
      );
      const entry = await house.run(plan);
      assert.equal(entry.state, 'done', JSON.stringify(entry.operations.map(({ error }) => error)));
      const after = await ledger(house);
      const moved = [...after.keys()].filter((key) => before.get(key) !== after.get(key));
      assert.deepEqual(moved.toSorted(), foreseen.toSorted());
      archived += moved.length;
      await house.run(need(await prepareUndo(house.deps)));
      assert.deepEqual(await ledger(house), before, 'undo puts everything back');
    }),
    { numRuns: runs },
  );
  assert.ok(archived > 0, 'no rule archived anything: nothing was put to the test');
}

test('the dry run foresees what the emulator archives: a small world', async () => {
  await withEmulated({}, (house) => holdDryRunAgainstAws(house, 10));
});

test('the dry run foresees what the emulator archives: a plain world', async () => {
  await withEmulated({ emulator: { world: { findings: 300 } } }, (house) => holdDryRunAgainstAws(house, 4));
});

test('a rule proposed from marks takes in the marks; created over the wire, it is read back into the store', async () => {
  await withEmulated({}, async (house) => {
    const marks = house.find('status:active kind:role type:external region:us-east-1');
    const [narrowest] = proposeCriteria(marks, house.find(''));
    assert.ok(narrowest !== undefined);
    const name = proposeRuleName(narrowest.criteria);
    const targets = house.ruleTargets().filter(({ analyzer }) => analyzer.arn === EXTERNAL);
    const plan = need(
      planSetRules({
        rules: [{ name, filter: narrowest.criteria }],
        targets,
        apply: true,
        onTaken: 'refuse',
      }),
    );
    const entry = await house.run(plan);
    assert.equal(entry.state, 'done');
    assert.deepEqual(
      house.store.archiveRules().map(({ ruleName }) => ruleName),
      [name],
    );
    assert.deepEqual(
      house
        .find('status:archived')
        .map(({ id }) => id)
        .toSorted(),
      marks.map(({ id }) => id).toSorted(),
    );
  });
});

test('what the service refuses is said in its words, and the rest of a fan-out is done', async () => {
  await withEmulated({}, async (house) => {
    house.emulator.faults.add({ kind: 'denied', operation: 'CreateArchiveRule', region: 'eu-west-1' });
    const targets = house.ruleTargets().filter(({ analyzer }) => analyzer.type === 'ACCOUNT');
    const filter: Criteria = { resourceType: { eq: ['AWS::IAM::Role'] }, isPublic: { eq: ['false'] } };
    const entry = await house.run(
      need(planSetRules({ rules: [{ name: 'roles', filter }], targets, apply: false, onTaken: 'refuse' })),
    );
    assert.equal(entry.state, 'partial');
    assert.deepEqual(
      house.store.archiveRules().map(({ region }) => region),
      ['us-east-1'],
    );
    const odd = { 'principal.Nobody': { eq: ['x'] } };
    const refused = await house.run(
      need(
        planSetRules({
          rules: [{ name: 'odd', filter: odd }],
          targets: targets.slice(-1),
          apply: false,
          onTaken: 'refuse',
        }),
      ),
    );
    assert.equal(refused.state, 'failed');
    assert.match(refused.operations[0]?.error ?? '', /principal\.Nobody/);
  });
});

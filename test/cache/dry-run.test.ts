/** The store's dry run against the one that reads every finding: the same numbers, whatever rule and world. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Criteria, Criterion } from '../../src/domain/archive-rule.ts';
import { criteriaValue } from '../../src/domain/criteria.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { dryRunRule, findDeadValues } from '../../src/domain/rules/dry-run.ts';
import { arbitraryDetail, arbitraryFinding, NOW } from './arbitraries.ts';
import { opened, query } from './open.ts';
import { finding } from './samples.ts';

const KEYS = [
  'resource',

  'status',
  'resourceType',
  'resourceOwnerAccount',
  'isPublic',
  'findingType',
  'error',
  'resourceControlPolicyRestriction',
  'principal.AWS',
  'principal.federated',
  'condition.aws:SourceIp',
  'condition.unheard:of',
  'no.such',
];

const textOf = (key: string, findings: readonly Finding[]): fc.Arbitrary<string> =>
  fc.constantFrom('no-such', 'a', 'arn:', ...findings.flatMap((each) => criteriaValue(key, each) ?? []));

function arbitraryCriterion(key: string, findings: readonly Finding[]): fc.Arbitrary<Criterion> {
  const text = textOf(key, findings);
  const part = fc
    .tuple(text, fc.nat(12), fc.integer({ min: 1, max: 9 }))
    .map(([whole, from, length]) => whole.slice(from, from + length) || whole);
  const values = (one: fc.Arbitrary<string>) => fc.array(one, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    values(text).map((eq) => ({ eq })),
    values(text).map((neq) => ({ neq })),
    values(part).map((contains) => ({ contains })),
    fc.boolean().map((exists) => ({ exists })),
    fc.tuple(values(text), values(part)).map(([neq, contains]) => ({ neq, contains })),
  );
}

interface Case {
  readonly findings: readonly Finding[];
  readonly criteria: Criteria;
}

const arbitraryCase: fc.Arbitrary<Case> = fc
  .array(arbitraryFinding, { minLength: 1, maxLength: 25 })
  .chain((findings) =>
    fc
      .uniqueArray(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 3 })
      .chain((keys) =>
        fc
          .tuple(...keys.map((key) => arbitraryCriterion(key, findings)))
          .map((criteria) => Object.fromEntries(keys.map((key, index) => [key, criteria[index] ?? {}]))),
      )
      .map((criteria) => ({ findings, criteria })),
  );

test('counts what reading every finding counts, for all analyzers and for some', () => {
  fc.assert(
    fc.property(
      arbitraryCase,
      fc.array(fc.option(arbitraryDetail, { nil: undefined }), { minLength: 25, maxLength: 25 }),
      fc.boolean(),
      fc.boolean(),
      ({ findings, criteria }, details, isIndexed, some) => {
        const store = opened();
        findings.forEach((each, index) => {
          store.saveFinding(each, NOW);
          const detail = details[index];
          if (detail !== undefined && index % 2 === 0) store.saveDetail(each, each.updatedAt, detail);
          if (index % 7 === 3) store.markGone(each, NOW);
        });
        if (isIndexed) store.advanceSearchIndex(15);
        const chosen = findings.slice(0, 1).map(({ profile, analyzerArn }) => ({ profile, analyzerArn }));
        const all = [...store.findingsOf(query(''))].filter(
          ({ profile, analyzerArn }) =>
            !some || (profile === chosen[0]?.profile && analyzerArn === chosen[0].analyzerArn),
        );
        const expected = dryRunRule(criteria, all);
        const { first, ...counts } = store.dryRun(criteria, {
          limit: 5,
          ...(some ? { analyzers: chosen } : {}),
        });
        assert.deepEqual(counts, {
          wouldArchive: expected.wouldArchive.length,
          publicOnes: expected.publicOnes.length,
          caught: expected.caught,
          uncertain: expected.uncertain,
          dead: findDeadValues(criteria, all),
        });
        assert.equal(first.length, Math.min(5, expected.wouldArchive.length));
        const meant = new Set(
          expected.wouldArchive.map(({ id, analyzerArn, profile }) => `${profile} ${analyzerArn} ${id}`),
        );
        assert.ok(
          first.every(({ id, analyzerArn, profile }) => meant.has(`${profile} ${analyzerArn} ${id}`)),
        );
        store.close();
      },
    ),
    { numRuns: 150 },
  );
});

test('a change of the store is seen at once, after numbers were remembered', () => {
  const store = opened();
  const run = () => store.dryRun({ resource: { contains: ['bucket'] } }, { limit: 0 }).wouldArchive;
  store.saveFinding(finding('00000000-0000-4000-8000-000000000001'), NOW);
  assert.equal(run(), 1);
  store.saveFinding(finding('00000000-0000-4000-8000-000000000002'), NOW);
  assert.equal(run(), 2);
  store.saveFinding(finding('00000000-0000-4000-8000-000000000002', { status: 'ARCHIVED' }), NOW);
  assert.equal(run(), 1);
  store.close();
});

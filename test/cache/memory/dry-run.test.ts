/** The store's dry run against the one that reads every finding: the same numbers, whatever rule and world. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../../domain/fixed-seed.ts';
import type { Criteria } from '../../../src/domain/archive-rule.ts';
import { criteriaValue } from '../../../src/domain/criteria.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { dryRunRule, findDeadValues } from '../../../src/domain/rules/dry-run.ts';
import { arbitraryDetail, arbitraryFinding, NOW } from '../arbitraries.ts';
import { arbitraryCriteria } from '../arbitrary-criteria.ts';
import { opened, query } from '../open.ts';
import { finding } from '../samples.ts';

interface Placed {
  readonly profile: string;
  readonly analyzerArn: string;
}

const placeOf = ({ profile, analyzerArn }: Placed): string => `${profile} ${analyzerArn}`;
const nameOf = (each: Placed & { readonly id: string }): string => `${placeOf(each)} ${each.id}`;

function countBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of items.flatMap((item) => keyOf(item) ?? [])) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

interface Case {
  readonly findings: readonly Finding[];
  readonly criteria: Criteria;
}

const arbitraryCase: fc.Arbitrary<Case> = fc
  .array(arbitraryFinding, { minLength: 1, maxLength: 25 })
  .chain((findings) => arbitraryCriteria(findings).map((criteria) => ({ findings, criteria })));

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
          // What is in memory from here on must follow what comes.
          if (index % 5 === 2) store.dryRun({}, {});
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
        const options = some ? { analyzers: chosen } : {};
        const { byAnalyzer, ...counts } = store.dryRun(criteria, options);
        assert.deepEqual(counts, {
          wouldArchive: expected.wouldArchive.length,
          publicOnes: expected.publicOnes.length,
          caught: expected.caught,
          uncertain: expected.uncertain,
          dead: findDeadValues(criteria, all),
        });
        const everywhere = dryRunRule(criteria, store.findingsOf(query(''))).wouldArchive;
        assert.deepEqual(
          new Map(byAnalyzer.map((each) => [placeOf(each), each.wouldArchive])),
          countBy(everywhere, placeOf),
        );
        const windows = [0, 3, 6, 9, 12, 15, 18, 21, 24].map((offset) =>
          store.ruleWindow(criteria, { ...options, offset, limit: 3 }),
        );
        const shown = windows.flat();
        assert.deepEqual(shown.map(nameOf).toSorted(), expected.wouldArchive.map(nameOf).toSorted());
        const risks = shown.map(({ risk }) => risk);
        assert.deepEqual(
          risks,
          risks.toSorted((a, b) => b - a),
        );
        assert.ok(
          windows.every(({ length }, index) => length === Math.min(3, Math.max(0, shown.length - 3 * index))),
        );
        store.close();
      },
    ),
    { numRuns: 150 },
  );
});

test('a change of the store is seen at once, after numbers were remembered', () => {
  const store = opened();
  const run = () => store.dryRun({ resource: { contains: ['bucket'] } }, {}).wouldArchive;
  store.saveFinding(finding('00000000-0000-4000-8000-000000000001'), NOW);
  assert.equal(run(), 1);
  store.saveFinding(finding('00000000-0000-4000-8000-000000000002'), NOW);
  assert.equal(run(), 2);
  store.saveFinding(finding('00000000-0000-4000-8000-000000000002', { status: 'ARCHIVED' }), NOW);
  assert.equal(run(), 1);
  store.close();
});

const ASKED = ['resource', 'principal.AWS', 'condition.aws:SourceIp', 'error', 'isPublic', 'resourceType'];

test('completion counts the active findings that carry a value, or a key', () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryFinding, { minLength: 1, maxLength: 25 }),
      fc.constantFrom(...ASKED),
      fc.constantFrom('', 'a', 'arn:aws', 'ALS', '4'),
      fc.boolean(),
      (findings, key, typed, some) => {
        const store = opened();
        for (const each of findings) store.saveFinding(each, NOW);
        const analyzers = findings.slice(0, 1).map(({ profile, analyzerArn }) => ({ profile, analyzerArn }));
        const [chosen] = analyzers.map(placeOf);
        const active = [...store.findingsOf(query('status:active'))].filter(
          (each) => !some || placeOf(each) === chosen,
        );
        const options = { typed, limit: 100, ...(some ? { analyzers } : {}) };
        const expected = countBy(active, (each) => {
          const value = criteriaValue(key, each);
          const isThere =
            key === 'resource' ? value?.includes(typed) : value?.toLowerCase().includes(typed.toLowerCase());
          return isThere === true ? value : undefined;
        });
        const values = store.criteriaValues({ key, ...options });
        assert.deepEqual(new Map(values.map(({ value, count }) => [value, count])), expected);
        const counts = values.map(({ count }) => count);
        assert.deepEqual(
          counts,
          counts.toSorted((a, b) => b - a),
        );
        const keys = store.criteriaValues({ ...options, typed: '' });
        const carrying = active.filter((each) => criteriaValue(key, each) !== undefined).length;
        assert.equal(keys.find(({ value }) => value === key)?.count ?? 0, carrying);
        store.close();
      },
    ),
    { numRuns: 150 },
  );
});

test('a window begins in the middle of an exposure that has many findings', () => {
  const store = opened();
  const ids = Array.from({ length: 7 }, (_, at) => `00000000-0000-4000-8000-00000000000${at}`);
  for (const id of ids) store.saveFinding(finding(id, { resource: 'arn:aws:s3:::bucket' }), NOW);
  assert.equal(new Set([...store.findingsOf(query(''))].map(({ exposureId }) => exposureId)).size, 1);
  const criteria = { resource: { contains: ['bucket'] } };
  const shown = [0, 2, 4, 6].flatMap((offset) => store.ruleWindow(criteria, { offset, limit: 2 }));
  assert.deepEqual(
    shown.map(({ id }) => id),
    ids,
  );
  store.close();
});

import { unpackExposureIds } from '../../src/domain/exposure.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../domain/fixed-seed.ts';
import type { Store } from '../../src/cache/store.ts';
import type { ArchiveRule, Criteria } from '../../src/domain/archive-rule.ts';
import { matchesCriteria } from '../../src/domain/criteria.ts';
import { type MatchFacts, matchesFilter, searchTextOf } from '../../src/domain/filter/match.ts';
import type { Finding, FindingDetail } from '../../src/domain/finding.ts';
import { SORT_KEYS, type StoredFinding } from '../../src/domain/listing.ts';
import { arbitraryDetail, arbitraryFilterText, arbitraryFinding, NOW, parsed } from './arbitraries.ts';
import { opened, query } from './open.ts';

interface World {
  readonly findings: readonly Finding[];
  readonly details: readonly (FindingDetail | undefined)[];
  readonly rules: readonly { readonly name: string; readonly filter: Criteria }[];
  readonly goneEvery: number;
}

const arbitraryWorld: fc.Arbitrary<World> = fc.record({
  findings: fc.array(arbitraryFinding, { minLength: 1, maxLength: 25 }),
  details: fc.array(fc.option(arbitraryDetail, { nil: undefined }), { minLength: 25, maxLength: 25 }),
  rules: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('PublicOff', 'own', 'public_2'),
      filter: fc.constantFrom<Criteria>(
        { isPublic: { eq: ['false'] }, resource: { contains: ['s3', 'role'] } },
        { resourceType: { eq: ['AWS::S3::Bucket'] }, error: { exists: false } },
        { 'principal.AWS': { neq: ['*'] }, resourceOwnerAccount: { eq: ['111122223333'] } },
        { 'condition.aws:SourceIp': { exists: true }, findingType: { neq: ['UnusedPermission'] } },
        { resource: { neq: ['arn:aws:s3:::backup'] }, status: { eq: ['ACTIVE'] } },
      ),
    }),
    { selector: (rule) => rule.name },
  ),
  goneEvery: fc.integer({ min: 2, max: 9 }),
});

/** Fills a store the way a sync and a person do. */
function fill(store: Store, world: World): void {
  const seen = new Set<string>();
  world.findings.forEach((finding, index) => {
    store.saveFinding(finding, index % 3);
    const detail = world.details[index];
    if (detail !== undefined) store.saveDetail(finding, finding.updatedAt, detail);
    if (index % world.goneEvery === 1) store.markGone(finding, NOW);
    const { profile, region, analyzerArn } = finding;
    if (seen.has(`${profile}${analyzerArn}`)) return;
    seen.add(`${profile}${analyzerArn}`);
    const rules = world.rules.map((rule): ArchiveRule => ({
      profile,
      region,
      analyzerArn,
      ruleName: rule.name,
      filter: rule.filter,
      createdAt: 1,
      updatedAt: 1,
    }));
    store.saveArchiveRules(analyzerArn, profile, rules);
  });
  const [first, second] = stored(store);
  if (first)
    store.saveDecisions([
      { exposureId: first.exposureId, reason: 'Monthly BACKUP job', owner: 'team-a', decidedAt: 1 },
    ]);
  if (second) store.saveDecisions([{ exposureId: second.exposureId, decidedAt: 1 }]);
}

const stored = (store: Store): StoredFinding[] => [...store.findingsOf(query(''))];

function factsOf(store: Store, finding: StoredFinding): MatchFacts {
  const decision = store.decision(finding.exposureId);
  const ruleNames = store
    .archiveRules()
    .filter((rule) => rule.profile === finding.profile && rule.analyzerArn === finding.analyzerArn)
    .filter((rule) => matchesCriteria(rule.filter, finding))
    .map((rule) => rule.ruleName);
  return {
    ...finding,
    analyzerName: finding.analyzerArn.slice(finding.analyzerArn.lastIndexOf('/') + 1),
    ruleNames,
    ...(decision === undefined ? {} : { decision }),
    text: searchTextOf(finding),
  };
}

const idOf = (finding: Finding): string => `${finding.profile} ${finding.analyzerArn} ${finding.id}`;
const sorted = (values: Iterable<string>): string[] => [...values].sort();

function check(store: Store, text: string): void {
  const marked = new Set(
    stored(store)
      .slice(0, 3)
      .map((finding) => finding.exposureId),
  );
  const asked = query(text, { marked });
  const meant = stored(store).filter((finding) =>
    matchesFilter(parsed(text), factsOf(store, finding), asked.context),
  );
  const exposures = new Set(meant.map((finding) => finding.exposureId));
  const first = [3, 100].map((limit) => store.window(asked, 0, limit).map((row) => row.exposureId));

  assert.deepEqual(sorted([...store.findingsOf(asked)].map(idOf)), sorted(meant.map(idOf)), text);
  assert.deepEqual(
    sorted([...store.findingsOf(asked, { order: 'store' })].map(idOf)),
    sorted(meant.map(idOf)),
    text,
  );
  assert.deepEqual(
    store.counts(asked),
    {
      exposures: exposures.size,
      findings: meant.length,
      publicFindings: meant.filter((finding) => finding.isPublic === true).length,
    },
    text,
  );
  assert.deepEqual(sorted(unpackExposureIds(store.exposureIds(asked))), sorted(exposures), text);
  for (const key of SORT_KEYS) {
    for (const descending of [true, false]) {
      const inOrder = { ...asked, sort: { key, descending } };
      const rows = store.window(inOrder, 0, 100);
      assert.deepEqual(sorted(rows.map((row) => row.exposureId)), sorted(exposures), `${text} by ${key}`);
      const pages = [0, 3, 6, 9, 12, 15, 18, 21, 24].flatMap((offset) => store.window(inOrder, offset, 3));
      assert.deepEqual(
        pages.map((row) => row.exposureId),
        rows.map((row) => row.exposureId),
        `${text} by ${key}, paged`,
      );
      const ids = rows.map((row) => row.exposureId);
      if (key === 'risk' && descending)
        assert.deepEqual(first, [ids.slice(0, 3), ids], `${text}, first window`);
      rows.forEach((row, index) =>
        assert.equal(store.indexOf(inOrder, row.exposureId), index, `${text} by ${key}, place`),
      );
    }
  }
}

test('a filter means in SQL what it means in the reference', () => {
  fc.assert(
    fc.property(
      arbitraryWorld,
      fc.array(arbitraryFilterText, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      (world, texts, indexed) => {
        const store = opened();
        fill(store, world);
        if (indexed) store.advanceSearchIndex(10);
        for (const text of texts) check(store, text);
        store.close();
      },
    ),
    { numRuns: 40 },
  );
});

test('a filter means the same of findings in memory, also of those that were written later', () => {
  fc.assert(
    fc.property(
      arbitraryWorld,
      arbitraryWorld,
      fc.array(arbitraryFilterText, { minLength: 1, maxLength: 6 }),
      (world, later, texts) => {
        const store = opened();
        fill(store, world);
        while (store.readAhead(7) > 0);
        for (const text of texts) check(store, text);
        fill(store, later);
        for (const text of texts) check(store, text);
        store.close();
      },
    ),
    { numRuns: 15 },
  );
});

test('every key of the language is understood', () => {
  const store = opened();
  fill(store, fc.sample(arbitraryWorld, { numRuns: 1, seed: 7 })[0] as World);
  store.advanceSearchIndex(100);
  const [some] = stored(store);
  for (const text of [
    `id:${some?.id}`,
    `${some?.id.slice(0, 13)}`,
    `id:${some?.exposureId}`,
    `${some?.id.slice(0, 7)}`,
  ])
    check(store, text);
  store.close();
});

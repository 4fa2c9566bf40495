import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Store } from '../../src/cache/store.ts';
import type { Finding } from '../../src/domain/finding.ts';
import '../domain/fixed-seed.ts';
import { arbitraryFinding } from './arbitraries.ts';
import { opened, query, temporaryPath } from './open.ts';

const keyOf = ({ profile, analyzerArn, id }: Finding): string => `${profile} ${analyzerArn} ${id}`;

/** What AWS lists at one moment. */
const arbitraryListing = fc.uniqueArray(arbitraryFinding, {
  selector: (finding) => keyOf(finding),
  minLength: 1,
  maxLength: 40,
});
const pageSize = fc.integer({ min: 1, max: 12 });
const everySome = fc.integer({ min: 2, max: 5 });

/** A full pass over each analyzer, page by page; some findings come twice, when pages move while they are read. */
function sync(
  store: Store,
  findings: readonly Finding[],
  { at, page, twice = Infinity }: { at: number; page: number; twice?: number },
): void {
  const analyzers = Map.groupBy(findings, ({ profile, analyzerArn }) => `${profile}\n${analyzerArn}`);
  for (const [{ profile, region, analyzerArn }, listed] of [...analyzers.values()].map(
    (group) => [group[0] as Finding, group] as const,
  )) {
    const pass = store.beginPass({ profile, region, analyzerArn, mode: 'full', startedAt: at });
    for (let start = 0; start < listed.length; start += page) {
      const again = listed.slice(0, start).filter((_, index) => (index + 1) % twice === 0);
      pass.savePage([...again, ...listed.slice(start, start + page)], `${start}`);
    }
    pass.finish(at);
  }
}

/** Everything that can be seen of the findings, in an order of its own. */
function contentOf(store: Store) {
  const findings = [...store.findingsOf(query(''))].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const rows = store.window(query(''), 0, 1_000).toSorted((a, b) => (a.exposureId < b.exposureId ? -1 : 1));
  return { findings, rows, counts: store.counts(query('')) };
}

function withStores(check: (first: Store, second: Store) => void): void {
  const stores = [opened(), opened()] as const;
  try {
    check(...stores);
  } finally {
    for (const store of stores) store.close();
  }
}

test('the same findings make the same store, in whatever order and on whatever pages they come', () => {
  fc.assert(
    fc.property(arbitraryListing, fc.gen(), pageSize, everySome, (findings, gen, page, twice) => {
      const shuffled = gen(fc.shuffledSubarray, findings, {
        minLength: findings.length,
        maxLength: findings.length,
      });
      withStores((first, second) => {
        sync(first, findings, { at: 100, page: 1_000 });
        sync(second, shuffled, { at: 100, page, twice });
        const content = contentOf(first);
        assert.deepEqual(contentOf(second), content);
        assert.equal(content.counts.findings, findings.length);
        assert.equal(content.counts.exposures, content.rows.length);
      });
    }),
    { numRuns: 60 },
  );
});

test('a second pass over the same findings changes nothing', () => {
  fc.assert(
    fc.property(arbitraryListing, pageSize, everySome, (findings, page, twice) => {
      withStores((store) => {
        sync(store, findings, { at: 100, page: 1_000 });
        const content = contentOf(store);
        sync(store, findings, { at: 200, page, twice });
        assert.deepEqual(contentOf(store), content);
      });
    }),
    { numRuns: 40 },
  );
});

/** What a listing may say of a finding later; what an id was once known by stays true of it, so it keeps its kind. */
const changed = (finding: Finding, at: number): Finding => ({
  ...finding,
  status: finding.status === 'ACTIVE' ? 'ARCHIVED' : 'ACTIVE',
  action: [`s3:Put${at}`],
  principal: { AWS: `${111122223333 + (at % 3)}` },
  updatedAt: finding.updatedAt + at,
});

test('a store that was brought up to date is like one that was filled anew', () => {
  fc.assert(
    fc.property(arbitraryListing, pageSize, everySome, (findings, page, every) => {
      const later = findings.map((finding, index) =>
        index % every === 0 ? changed(finding, index) : finding,
      );
      withStores((first, second) => {
        sync(first, findings, { at: 100, page });
        sync(first, later, { at: 100, page });
        sync(second, later, { at: 100, page });
        assert.deepEqual(contentOf(first), contentOf(second));
      });
    }),
    { numRuns: 60 },
  );
});

test('of a finding that changed between two pages the later counts', () => {
  fc.assert(
    fc.property(arbitraryListing, pageSize, everySome, (findings, page, every) => {
      const later = findings.flatMap((finding, index) =>
        index % every === 0 ? [changed(finding, index)] : [],
      );
      withStores((first, second) => {
        sync(first, [...findings, ...later], { at: 100, page });
        const ends = new Map([...findings, ...later].map((finding) => [keyOf(finding), finding]));
        sync(second, [...ends.values()], { at: 100, page });
        assert.deepEqual(contentOf(first), contentOf(second));
      });
    }),
    { numRuns: 40 },
  );
});

test('every reference in the store leads somewhere, although SQLite does not check them as they are written', (t) => {
  const path = temporaryPath(t);
  const store = opened(path);
  for (const [index, findings] of fc.sample(arbitraryListing, 12).entries()) {
    sync(store, findings, { at: 100 + index, page: 7, twice: 3 });
    store.finishSync(100 + index + (index % 4 === 3 ? 91 * 86_400_000 : 0));
  }
  const { profile, analyzerArn } = fc.sample(arbitraryFinding, 1)[0] as Finding;
  store.saveArchiveRules(analyzerArn, profile, []);
  store.close();
  const db = new DatabaseSync(path, { readOnly: true });
  assert.deepEqual(db.prepare('PRAGMA foreign_key_check').all(), []);
  assert.notEqual(db.prepare('SELECT count(*) AS n FROM finding').get()?.['n'], 0);
  db.close();
});

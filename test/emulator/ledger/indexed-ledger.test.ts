import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IndexedLedger } from '../../../src/emulator/ledger/indexed-ledger.ts';
import { listFindings } from '../../../src/emulator/ledger/listing.ts';
import type { Place } from '../../../src/emulator/ledger/ledger.ts';
import type { Criteria } from '../../../src/domain/archive-rule.ts';
import type { LedgerFinding } from '../../../src/emulator/ledger/ledger-finding.ts';
import type { IndexedFindings } from '../../../src/emulator/world/source.ts';

const ARN = 'arn:aws:access-analyzer:us-east-1:111122223333:analyzer/plain';

/** Counts how many findings were made: the proof of laziness. */
function countingSource(count: number) {
  const made = { count: 0 };
  const source: IndexedFindings = {
    kind: 'indexed',
    analyzers: [],
    count: () => count,
    at: (_, index) => {
      made.count += 1;
      return {
        key: `k${index}`,
        id: `id-${index}`,
        findingType: 'ExternalAccess',
        resource: `arn:aws:s3:::bucket-${index % 1000}`,
        resourceType: 'AWS::S3::Bucket',
        resourceOwnerAccount: '111122223333',
        status: 'ACTIVE',
        createdAt: index,
        analyzedAt: index,
        updatedAt: (index * 7919) % count,
        detail: { kind: 'external' },
      };
    },
    indexOf: (_, id) =>
      /^id-\d+$/.test(id) && Number(id.slice(3)) < count ? Number(id.slice(3)) : undefined,
  };
  return { source, made };
}

const collect = (ledger: IndexedLedger, request: Omit<Parameters<typeof listFindings>[1], 'after'>) => {
  const findings: LedgerFinding[] = [];
  let after: Place | undefined;
  let pages = 0;
  do {
    const page = listFindings(ledger, { ...request, after });
    findings.push(...page.findings);
    after = page.next;
    pages += 1;
  } while (after !== undefined);
  return { findings, pages };
};

test('A page costs what it shows, at any depth of a million', () => {
  const { source, made } = countingSource(1_000_000);
  const ledger = new IndexedLedger(source, ARN);
  const page = listFindings(ledger, { limit: 100, after: { slot: 899_999 } });
  assert.equal(page.findings[0]?.id, 'id-900000');
  assert.deepEqual(page.next, { slot: 900_099 });
  assert.equal(made.count, 100);
});

test('Ids are looked up, not searched for', () => {
  const { source, made } = countingSource(1_000_000);
  const ledger = new IndexedLedger(source, ARN);
  const filter = { id: { eq: ['id-999999', 'nobody', 'id-5', 'id-5'] } };
  const { findings } = listFindings(ledger, { filter, limit: 100 });
  assert.deepEqual(
    findings.map(({ id }) => id),
    ['id-5', 'id-999999'],
  );
  assert.equal(made.count, 2);
});

test('A filter looks at a bounded number of findings a page, and misses none', () => {
  const { source, made } = countingSource(100_000);
  const ledger = new IndexedLedger(source, ARN);
  const filter = { resource: { eq: ['arn:aws:s3:::bucket-999'] } };
  const first = listFindings(ledger, { filter, limit: 1000 });
  assert.ok(first.next);
  assert.ok(made.count <= 25_000);
  assert.equal(collect(ledger, { filter, limit: 1000 }).findings.length, 100);
});

test('Listing in many shares looks at everything once, and then at what each share shows', () => {
  const { source, made } = countingSource(20_000);
  const ledger = new IndexedLedger(source, ARN);
  const share = (filter: Criteria) => collect(ledger, { filter, limit: 1000 }).findings.length;
  assert.equal(share({ status: { eq: ['ARCHIVED'] } }), 0);
  assert.equal(made.count, 20_000);
  assert.equal(share({ resourceType: { neq: ['AWS::S3::Bucket'] } }), 0);
  assert.equal(share({ error: { exists: true }, isPublic: { eq: ['true'] } }), 0);
  assert.equal(made.count, 20_000);
  ledger.setStatus(7, 'ARCHIVED', 1);
  assert.equal(share({ status: { eq: ['ARCHIVED'] } }), 1);
  assert.equal(share({ status: { eq: ['ACTIVE'] } }), 19_999);
});

test('A sorted list is sorted once for all its pages, and again after a change', () => {
  const { source, made } = countingSource(5000);
  const ledger = new IndexedLedger(source, ARN);
  const order = { attribute: 'updatedAt', descending: true } as const;
  const { findings, pages } = collect(ledger, { order, limit: 1000 });
  assert.equal(pages, 5);
  assert.equal(new Set(findings.map(({ id }) => id)).size, 5000);
  assert.ok(findings.every(({ updatedAt }, i) => i === 0 || updatedAt <= (findings[i - 1]?.updatedAt ?? 0)));
  assert.ok(made.count < 3 * 5000, 'one sort and one walk');
  ledger.setStatus(42, 'ARCHIVED', 1_000_000);
  assert.equal(listFindings(ledger, { order, limit: 1 }).findings[0]?.id, 'id-42');
});

test('Changes are kept, everything else is as the source has it', () => {
  const ledger = new IndexedLedger(countingSource(10).source, ARN);
  const before = ledger.at(3);
  ledger.setStatus(3, 'ARCHIVED', 77);
  assert.deepEqual(ledger.at(3), { ...before, status: 'ARCHIVED', updatedAt: 77 });
  assert.equal(ledger.at(4)?.status, 'ACTIVE');
  assert.equal(ledger.at(10), undefined);
  assert.deepEqual(ledger.slotsOf('arn:aws:s3:::bucket-7'), [7]);
});

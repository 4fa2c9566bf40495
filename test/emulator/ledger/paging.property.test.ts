import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../../domain/fixed-seed.ts';
import { DerivedLedger } from '../../../src/emulator/ledger/derived-ledger.ts';
import { listFindings } from '../../../src/emulator/ledger/listing.ts';
import { SORT_ATTRIBUTES } from '../../../src/emulator/ledger/order.ts';
import type { Place } from '../../../src/emulator/ledger/ledger.ts';
import type { AnalyzerView, WorldFinding } from '../../../src/emulator/world/finding.ts';

const VIEW: AnalyzerView = {
  arn: 'arn:aws:access-analyzer:us-east-1:111122223333:analyzer/a',
  type: 'ACCOUNT',
  account: '111122223333',
  region: 'us-east-1',
  createdAt: 0,
};

const finding = (n: number): WorldFinding => ({
  key: `k${n}`,
  findingType: 'ExternalAccess',
  resource: `arn:aws:s3:::b${n % 7}`,
  resourceType: 'AWS::S3::Bucket',
  resourceOwnerAccount: '111122223333',
  createdAt: n % 5,
  detail: { kind: 'external' },
});

/** A ledger whose world is a set of numbers. */
function ledgerOver(present: Set<number>): DerivedLedger {
  const findings = () => [...present].map(finding);
  const source = { kind: 'derived', analyzers: [], findings, findingsOf: findings } as const;
  const ledger = new DerivedLedger({ source, view: () => VIEW, archivesNew: () => false, idSeed: [1] });
  ledger.seed(100, () => false);
  return ledger;
}

const numbers = fc.uniqueArray(fc.nat(200), { maxLength: 40 });
const order = fc.option(
  fc.record({ attribute: fc.constantFrom(...SORT_ATTRIBUTES), descending: fc.boolean() }),
  {
    nil: undefined,
  },
);

test('Paging shows each finding once, whatever comes and goes between two pages', () => {
  fc.assert(
    fc.property(
      numbers,
      numbers,
      numbers,
      fc.integer({ min: 1, max: 9 }),
      order,
      (start, gone, fresh, limit, order) => {
        const present = new Set(start);
        const ledger = ledgerOver(present);
        // What stays as it is must be seen exactly once; sorting by a value that a look changes may move a finding.
        const staying = start.filter((n) => !gone.includes(n)).map((n) => `k${n}`);
        const stable = order?.attribute !== 'analyzedAt';
        const seen: string[] = [];
        let after: Place | undefined;
        let looks = 0;
        do {
          const page = listFindings(ledger, { limit, order, after });
          seen.push(...page.findings.map(({ key }) => key));
          after = page.next;
          if (looks++ === 0) {
            for (const n of gone) present.delete(n);
            for (const n of fresh) present.add(n);
            if (stable) ledger.pass(200);
          }
        } while (after !== undefined);
        for (const key of staying) assert.equal(seen.filter((each) => each === key).length, 1, key);
      },
    ),
  );
});

test('A pass over a world that did not change changes nothing but the time of the look', () => {
  fc.assert(
    fc.property(numbers, (start) => {
      const ledger = ledgerOver(new Set(start));
      const before = start.map((_, slot) => ledger.at(slot));
      ledger.pass(300);
      assert.equal(ledger.size, start.length);
      assert.deepEqual(
        start.map((_, slot) => ledger.at(slot)),
        before.map((each) => ({ ...each, analyzedAt: 300 })),
      );
    }),
  );
});

test('What goes and comes back is another finding, with another id', () => {
  const present = new Set([1, 2]);
  const ledger = ledgerOver(present);
  const first = ledger.at(0)?.id;
  present.delete(1);
  ledger.pass(200);
  present.add(1);
  ledger.pass(300);
  assert.deepEqual(
    [0, 1, 2].map((slot) => ledger.at(slot)?.status),
    ['RESOLVED', 'ACTIVE', 'ACTIVE'],
  );
  assert.notEqual(ledger.at(2)?.id, first);
  assert.equal(ledger.at(2)?.createdAt, 300);
});

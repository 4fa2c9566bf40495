/** The same store asked from the disk and from memory: with many findings that are alike, as real stores have them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../../src/cache/store.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { type ListQuery, SORT_KEYS } from '../../../src/domain/listing.ts';
import { packExposureIds, unpackExposureIds } from '../../../src/domain/exposure.ts';
import { type PlannedFinding, unpackPlannedFindings } from '../../../src/domain/planned-findings.ts';
import { NOW } from '../arbitraries.ts';
import { opened, query } from '../open.ts';
import { finding } from '../samples.ts';

const DAY = 86_400_000;
const STATUSES = ['ACTIVE', 'ACTIVE', 'ARCHIVED', 'RESOLVED'] as const;
const REGIONS = ['us-east-1', 'eu-west-1', 'ap-south-1'] as const;

const resourceOf = (index: number): string =>
  [
    `arn:aws:s3:::Data-${index % 40}`,
    `arn:aws:iam::111122223333:role/svc/App-${String(index).padStart(5, '0')}`,
    `arn:aws:lambda:eu-west-1:111122223333:function:worker-${index}`,
    `arn:aws:iam::111122223333:user/ÄRGER-${index % 30}`,
  ][index % 4] ?? '';

const findings = (count: number): Finding[] =>
  Array.from({ length: count }, (_, index) => {
    const region = REGIONS[index % 3] ?? 'us-east-1';
    return finding(
      `${String(index * 7919).padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`,
      {
        region,
        analyzerArn: `arn:aws:access-analyzer:${region}:111122223333:analyzer/main`,
        resource: resourceOf(index),
        status: STATUSES[index % 5] ?? 'ACTIVE',
        createdAt: NOW - (index % 60) * DAY,
        isPublic: index % 6 === 0,
        principal: { AWS: index % 6 === 0 ? '*' : `44445555${String(index % 7).padStart(4, '0')}` },
      },
    );
  });

const FILTERS = [
  '',
  'status:active',
  'a',
  'wor',
  'WORKER-1',
  'svc/app',
  'role/svc',
  'ärger',
  '4444',
  '444455550003 status:active',
  '-worker',
  'worker or ärger',
  'wor*1',
  'resource:*app*',
  'resource:worker-2*',
  'resource:Data-3',
  'age:>30d',
  'age:<=7d worker',
  'public:yes age:>10d',
  'principal:4444* -age:>20d',
  'region:eu-* data',
  '00007919',
  'no-such-word',
];

/** What a plan reads of the rows at some places, each as one text. */
function planned(store: Store, text: string, ids: readonly string[]): string[] {
  const found = unpackPlannedFindings(store.plannedFindings(query(text), packExposureIds(ids)), ids);
  return Array.from({ length: found.length }, (_, place) => asPlanned(found.at(place))).sort();
}

const asPlanned = ({
  profile,
  region,
  analyzerArn,
  id,
  exposureId,
  status,
  ...rest
}: PlannedFinding): string =>
  JSON.stringify({
    profile,
    region,
    analyzerArn,
    id,
    exposureId,
    status,
    resource: rest.isPublic === true ? rest.resource : '',
    isPublic: rest.isPublic === true,
  });

function assertPlanned(memory: Store, disk: Store, text: string): void {
  const asMemoryHasThem = unpackExposureIds(memory.exposureIds(query(text)));
  const asTheDisk = unpackExposureIds(disk.exposureIds(query(text)));
  for (const ids of [asMemoryHasThem, asMemoryHasThem.slice(3, 40), asTheDisk, asTheDisk.slice(0, 5)]) {
    const expected = [...disk.findingsOf(query(text), { exposureIds: ids })].map(asPlanned).sort();
    assert.deepEqual(planned(memory, text, ids), expected, text);
    assert.deepEqual(planned(disk, text, ids), expected, text);
  }
}

/** One answer says what three questions would have. */
function assertAround(store: Store, asked: ListQuery, follow: string | undefined): void {
  const place = { row: 3, line: 5, page: 10 };
  const { counts, found, heir, offset, rows } = store.around(asked, { ...place, follow, heirs: [] });
  assert.deepEqual(counts, store.counts(asked));
  assert.equal(found, follow === undefined ? undefined : 41);
  assert.equal(offset, follow === undefined ? 0 : 26);
  assert.deepEqual(rows, store.window(asked, offset, follow === undefined ? 20 : 30));
  assert.equal(heir, undefined);
  if (follow === undefined) return;
  const left = store.around(asked, { ...place, follow: 'gone', heirs: ['gone, too', follow] });
  assert.deepEqual([left.found, left.heir, left.offset], [undefined, 41, 26]);
}

function assertSame(memory: Store, disk: Store, text: string): void {
  const asked = query(text);
  assert.deepEqual(memory.counts(asked), disk.counts(asked), text);
  const sortedIds = (store: Store) => [...unpackExposureIds(store.exposureIds(asked))].sort();
  assert.deepEqual(sortedIds(memory), sortedIds(disk), text);
  assertPlanned(memory, disk, text);
  for (const key of SORT_KEYS) {
    for (const descending of [true, false]) {
      const sorted = { ...asked, sort: { key, descending } };
      const what = `${text} by ${key} ${descending}`;
      for (const [offset, limit] of [
        [0, 20],
        [37, 15],
        [150, 400],
      ] as const)
        assert.deepEqual(memory.window(sorted, offset, limit), disk.window(sorted, offset, limit), what);
      const [row] = disk.window(sorted, 41, 1);
      if (row !== undefined) assert.equal(memory.indexOf(sorted, row.exposureId), 41, what);
      assertAround(memory, sorted, row?.exposureId);
    }
  }
}

test('lists from memory are those from the disk, also after findings changed, came and went', () => {
  const [memory, disk] = [opened(), opened()];
  const all = findings(600);
  for (const store of [memory, disk]) for (const each of all) store.saveFinding(each, NOW);
  while (memory.readAhead(100) > 0);
  while (memory.prepareList());
  for (const text of FILTERS) assertSame(memory, disk, text);
  for (const store of [memory, disk]) {
    for (const each of all.slice(0, 90)) store.saveFinding({ ...each, status: 'ARCHIVED' }, NOW);
    for (const each of all.slice(100, 130)) store.markGone(each, NOW);
    for (const each of findings(640).slice(600)) store.saveFinding(each, NOW);
  }
  for (const text of FILTERS) assertSame(memory, disk, text);
  memory.close();
  disk.close();
});

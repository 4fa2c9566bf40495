import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  consoleHost,
  isKnownRegion,
  nearestRegion,
  partitionOf,
  PARTITIONS,
  REGIONS_OF_PARTITION,
} from '../../src/domain/region.ts';

test('Access Analyzer is in 34 commercial Regions, two of China, two of GovCloud, one of the sovereign cloud', () => {
  const counts = PARTITIONS.map((partition) => REGIONS_OF_PARTITION[partition].length);
  assert.deepEqual(counts, [34, 2, 2, 1]);
  const all = PARTITIONS.flatMap((partition) => REGIONS_OF_PARTITION[partition]);
  assert.equal(new Set(all).size, all.length);
});

test('every Region has its partition, by name and by how its name begins', () => {
  for (const partition of PARTITIONS) {
    for (const region of REGIONS_OF_PARTITION[partition]) {
      assert.equal(partitionOf(region), partition, region);
      assert.equal(isKnownRegion(region), true);
      assert.equal(partitionOf(region.replace(/\d+$/, '97')), partition, 'a Region that is not open yet');
    }
  }
});

test('what is no Region has no partition', () => {
  for (const text of ['', 'moon-1', 'us-east', 'us-east-1a', 'US-EAST-1', 'us-east-1/..']) {
    assert.equal(partitionOf(text), undefined, text);
    assert.equal(isKnownRegion(text), false);
  }
});

test('a mistyped Region has a near one', () => {
  assert.equal(nearestRegion('us-eats-1'), 'us-east-1');
  assert.equal(nearestRegion('eu-centrall-1'), 'eu-central-1');
  assert.equal(nearestRegion('EU-WEST-3'), 'eu-west-3');
  assert.equal(nearestRegion('xyz'), undefined);
});

test('every partition has its console', () => {
  const hosts = PARTITIONS.map(consoleHost);
  assert.equal(new Set(hosts).size, PARTITIONS.length);
  assert.equal(consoleHost('aws-iso'), undefined);
});

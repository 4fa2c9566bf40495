import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import './fixed-seed.ts';
import {
  exposureIdBeforeDetail,
  exposureIdOf,
  packedExposureIdAt,
  packExposureIds,
  unpackExposureIds,
} from '../../src/domain/exposure.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { anyFinding } from './filter/arbitraries.ts';

const withId = (finding: Finding, id: string): Finding => ({ ...finding, id });

test('twins of other Regions and analyzers, and a finding with its new id, are one exposure', () => {
  fc.assert(
    fc.property(
      anyFinding.filter(({ findingType }) => findingType !== 'UnusedIAMUserAccessKey'),
      (finding) => {
        const twin = {
          ...withId(finding, 'another'),
          region: 'eu-west-1',
          analyzerArn: 'x',
          status: 'ARCHIVED' as const,
        };
        assert.equal(exposureIdOf(twin), exposureIdOf(finding));
        assert.match(exposureIdOf(finding), /^[0-9a-f]{16}$/);
      },
    ),
  );
});

test('another resource, type, principal or condition is another exposure', () => {
  const [finding] = fc.sample(anyFinding, { numRuns: 1, seed: 1 });
  assert.ok(finding);
  const { error: _error, ...rest } = finding;
  const base: Finding = { ...rest, findingType: 'ExternalAccess' };
  const others: readonly Finding[] = [
    { ...base, resource: 'arn:aws:s3:::other' },
    { ...base, findingType: 'UnusedIAMRole' },
    { ...base, principal: { AWS: '999900001111' } },
    { ...base, condition: { 'aws:SourceVpc': 'vpc-9' } },
    { ...base, error: 'ACCESS_DENIED' },
  ];
  const ids = new Set([base, ...others].map(exposureIdOf));
  assert.equal(ids.size, others.length + 1);
});

test('the order of the keys of a condition does not matter', () => {
  const [finding] = fc.sample(anyFinding, { numRuns: 1, seed: 2 });
  assert.ok(finding);
  const { error: _error, ...rest } = finding;
  const external = { ...rest, findingType: 'ExternalAccess' as const };
  assert.equal(
    exposureIdOf({ ...external, condition: { a: '1', b: '2' } }),
    exposureIdOf({ ...external, condition: { b: '2', a: '1' } }),
  );
});

test('two access keys of a user stay apart, known or not', () => {
  const [finding] = fc.sample(anyFinding, { numRuns: 1, seed: 3 });
  assert.ok(finding);
  const { error: _error, ...rest } = finding;
  const key: Finding = { ...rest, findingType: 'UnusedIAMUserAccessKey' };
  assert.notEqual(exposureIdOf(withId(key, 'a')), exposureIdOf(withId(key, 'b')));
  const known = { ...key, accessKeyId: 'AKIA1' };
  assert.equal(exposureIdOf(withId(known, 'a')), exposureIdOf(withId(known, 'b')));
});

test('internal access whose principal is not known yet stands alone; known, it is one with its twins', () => {
  const [finding] = fc.sample(anyFinding, { numRuns: 1, seed: 3 });
  assert.ok(finding);
  const { error: _error, principal: _principal, ...rest } = finding;
  const listed: Finding = { ...rest, findingType: 'InternalAccess' };
  assert.notEqual(exposureIdOf(withId(listed, 'a')), exposureIdOf(withId(listed, 'b')));
  const known: Finding = { ...listed, principal: { AWS: '444455556666' } };
  assert.equal(exposureIdOf(withId(known, 'a')), exposureIdOf(withId(known, 'b')));
  assert.equal(exposureIdBeforeDetail(withId(known, 'a')), exposureIdOf(withId(listed, 'a')));
});

test('ids that were packed come out again, all or the one at a place', () => {
  fc.assert(
    fc.property(fc.array(anyFinding.map(exposureIdOf), { maxLength: 5 }), (ids) => {
      const packed = packExposureIds(ids);
      assert.deepEqual(unpackExposureIds(packed), ids);
      assert.deepEqual(
        ids.map((_, place) => packedExposureIdAt(packed, place)),
        ids,
      );
    }),
  );
});

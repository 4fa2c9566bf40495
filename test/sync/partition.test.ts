import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ANALYZER_TYPES, analyzerKind, type AnalyzerType } from '../../src/domain/analyzer.ts';
import { matchesCriteria } from '../../src/domain/criteria.ts';
import { FINDING_TYPES, type Finding } from '../../src/domain/finding.ts';
import { planPartition } from '../../src/sync/partition.ts';
import { aFinding, anAnalyzer } from './fake-gateway.ts';

const TYPES = [
  'AWS::IAM::Role',
  'AWS::S3::Bucket',
  'AWS::KMS::Key',
  'AWS::New::Thing',
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
];
const finding = fc.record({
  resourceType: fc.constantFrom(...TYPES),
  resourceOwnerAccount: fc.constantFrom('111122223333', '222233334444', '333344445555'),
  findingType: fc.constantFrom(...FINDING_TYPES),
});
const toFinding = (more: Partial<Finding>, index: number): Finding =>
  aFinding(anAnalyzer('us-east-1', 'a'), String(index), more);

test('Every finding is in exactly one share, whatever the first page showed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ANALYZER_TYPES),
      fc.array(finding),
      fc.array(finding),
      (type, sample, others) => {
        const shares = planPartition(type, sample.map(toFinding));
        for (const each of [...sample, ...others].map(toFinding)) {
          assert.equal(shares.filter((criteria) => matchesCriteria(criteria, each)).length, 1);
        }
      },
    ),
  );
});

test('Only attributes that never change divide, and none that the list of the kind does not know', () => {
  fc.assert(
    fc.property(fc.constantFrom<AnalyzerType>(...ANALYZER_TYPES), fc.array(finding), (type, sample) => {
      const keys = new Set(
        planPartition(type, sample.map(toFinding)).flatMap((criteria) => Object.keys(criteria)),
      );
      for (const key of keys) {
        assert.ok(['resourceType', 'resourceOwnerAccount', 'findingType'].includes(key));
        if (analyzerKind(type) === 'external') assert.notEqual(key, 'findingType');
      }
    }),
  );
});

test('The evenest attribute of the first page divides', () => {
  const accounts = Array.from({ length: 30 }, (_, index) =>
    toFinding({ resourceOwnerAccount: `10000000000${index % 3}` }, index),
  );
  const shares = planPartition('ORGANIZATION', accounts);
  assert.equal(shares.length, 4);
  assert.deepEqual(shares.at(-1), {
    resourceOwnerAccount: { neq: ['100000000000', '100000000001', '100000000002'] },
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../domain/fixed-seed.ts';
import { ANALYZER_TYPES, analyzerKind, type AnalyzerType } from '../../src/domain/analyzer.ts';
import { matchesCriteria } from '../../src/domain/criteria.ts';
import { FINDING_STATUSES, FINDING_TYPES, type Finding } from '../../src/domain/finding.ts';
import { dividesByStatus, planPartition } from '../../src/sync/partition.ts';
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
  status: fc.constantFrom(...FINDING_STATUSES),
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

test('Known attributes divide, and none that the list of the kind does not know', () => {
  fc.assert(
    fc.property(fc.constantFrom<AnalyzerType>(...ANALYZER_TYPES), fc.array(finding), (type, sample) => {
      const keys = new Set(
        planPartition(type, sample.map(toFinding)).flatMap((criteria) => Object.keys(criteria)),
      );
      for (const key of keys) {
        assert.ok(['resourceType', 'resourceOwnerAccount', 'findingType', 'status'].includes(key));
        if (analyzerKind(type) === 'external') assert.notEqual(key, 'findingType');
      }
    }),
  );
});

test('The evenest attribute of the first page divides', () => {
  const accounts = Array.from({ length: 30 }, (_, index) =>
    toFinding({ resourceOwnerAccount: `10000000000${index % 5}` }, index),
  );
  const shares = planPartition('ORGANIZATION', accounts);
  assert.equal(dividesByStatus(shares), false);
  assert.deepEqual(shares.at(-1), {
    resourceOwnerAccount: { neq: [0, 1, 2, 3, 4].map((digit) => `10000000000${digit}`) },
  });
});

test('A large share is divided once more, by another attribute', () => {
  const findings = Array.from({ length: 40 }, (_, index) =>
    toFinding(
      { resourceType: TYPES[index % 4 === 0 ? 1 : 0] ?? '', status: index % 8 < 4 ? 'ACTIVE' : 'ARCHIVED' },
      index,
    ),
  );
  const shares = planPartition('ACCOUNT', findings);
  assert.equal(dividesByStatus(shares), true);
  const greatest = Math.max(
    ...shares.map((share) => findings.filter((each) => matchesCriteria(share, each)).length),
  );
  assert.ok(greatest <= 16, `${greatest} of 40 in one share`);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  completeCriteriaLine,
  fromCriteriaLines,
  toCriteriaLines,
} from '../../../src/domain/rules/criteria-lines.ts';

test('criteria go to lines and back', () => {
  const criteria = {
    resourceType: { eq: ['AWS::S3::Bucket', 'AWS::KMS::Key'] },
    resource: { contains: ['acme-logs'], neq: ['arn:aws:s3:::acme-logs-1'] },
    error: { exists: false },
    isPublic: { eq: ['false'] },
  };
  const read = fromCriteriaLines([...toCriteriaLines(criteria), '']);
  assert.deepEqual(read, { ok: true, value: criteria });
});

test('lines of one key are joined, other spellings are taken, and what says nothing is named', () => {
  assert.deepEqual(fromCriteriaLines(['  a.b != x|y ', 'a.b ≠ y', 'a.b contains z']), {
    ok: true,
    value: { 'a.b': { neq: ['x', 'y'], contains: ['z'] } },
  });
  for (const line of ['resource', 'resource =', 'resource = |', 'resource is it']) {
    const read = fromCriteriaLines([line]);
    assert.ok(!read.ok && read.problem.message.includes(line.trim()), line);
  }
});

test('completes keys, operators and the values of closed sets', () => {
  assert.deepEqual(completeCriteriaLine('resourceT'), ['resourceType']);
  assert.deepEqual(completeCriteriaLine('isPublic '), [
    'isPublic =',
    'isPublic ≠',
    'isPublic contains',
    'isPublic exists',
  ]);
  assert.deepEqual(completeCriteriaLine('isPublic = f'), ['isPublic = false']);
  assert.deepEqual(completeCriteriaLine('resource contains x'), []);
  assert.ok(!completeCriteriaLine('').includes('status'), 'a rule cannot look at the status');
});

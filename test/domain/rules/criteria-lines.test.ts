import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../fixed-seed.ts';
import { criterionAt, fromCriteriaLines, toCriteriaLines } from '../../../src/domain/rules/criteria-lines.ts';

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

/** The caret is where the bar stands. */
function at(line: string) {
  const caret = line.indexOf('^');
  const text = line.replace('^', '');
  const { part, key, typed, from, to, others } = criterionAt(text, caret);
  return { part, key, typed, replaced: text.slice(from, to), others };
}

test('knows what the caret of a half-written line stands in', () => {
  assert.deepEqual(at('resourceT^'), {
    part: 'key',
    key: '',
    typed: 'resourceT',
    replaced: 'resourceT',
    others: [],
  });
  assert.deepEqual(at('^').part, 'key');
  assert.deepEqual(at('isPub^lic = false').typed, 'isPub');
  assert.deepEqual(at('isPub^lic = false').replaced, 'isPublic');
  assert.deepEqual(at('isPublic ^'), {
    part: 'operator',
    key: 'isPublic',
    typed: '',
    replaced: '',
    others: [],
  });
  assert.deepEqual(at('error does no^').typed, 'does no');
  assert.deepEqual(at('error does no^').replaced, 'does no');
  assert.deepEqual(at('error =^').part, 'operator');
  assert.deepEqual(at('isPublic = f^'), {
    part: 'value',
    key: 'isPublic',
    typed: 'f',
    replaced: 'f',
    others: [],
  });
  assert.deepEqual(at('principal.AWS != one | tw^o|three'), {
    part: 'value',
    key: 'principal.AWS',
    typed: 'tw',
    replaced: 'two',
    others: ['one', 'three'],
  });
  assert.deepEqual(at('resource contains a | ^').typed, '');
  assert.deepEqual(at('resource contains a | ^').others, ['a']);
});

test('a completion taken anywhere leaves the rest of the line as it was', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'B:', ' ', '  ', '=', '≠', '!=', 'contains', '|', '.'), {
        maxLength: 12,
      }),
      fc.nat(40),
      (pieces, place) => {
        const text = pieces.join('');
        const caret = Math.min(place, text.length);
        const { from, to, typed } = criterionAt(text, caret);
        assert.ok(
          0 <= from && from <= caret && from <= to && to <= text.length,
          `${text} ${caret} ${from} ${to}`,
        );
        assert.ok(text.slice(from).startsWith(typed));
      },
    ),
  );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import '../fixed-seed.ts';
import type { Criteria } from '../../../src/domain/archive-rule.ts';
import { matchesCriteria } from '../../../src/domain/criteria.ts';
import {
  areDisjoint,
  canonicalCriteria,
  covers,
  isUnsatisfiable,
  relate,
  sameCriteria,
} from '../../../src/domain/rules/criteria-algebra.ts';
import { formatCriteria, diffCriteria } from '../../../src/domain/rules/criteria-text.ts';
import { canHidePublic, withPublicGuard } from '../../../src/domain/rules/public-access.ts';
import { criteria, finding } from './arbitraries.ts';

test('covering is sound: what the narrow one means, the wide one means', () => {
  let proofs = 0;
  fc.assert(
    fc.property(
      criteria,
      criteria,
      fc.array(finding, { minLength: 20, maxLength: 40 }),
      (wide, narrow, findings) => {
        if (!covers(wide, narrow)) return;
        proofs += 1;
        for (const each of findings)
          if (matchesCriteria(narrow, each)) assert.ok(matchesCriteria(wide, each));
      },
    ),
    { numRuns: 3000 },
  );
  assert.ok(proofs > 100, `only ${proofs} proofs were put to the test`);
});

test('disjoint and unsatisfiable are sound', () => {
  fc.assert(
    fc.property(criteria, criteria, fc.array(finding, { minLength: 20, maxLength: 40 }), (a, b, findings) => {
      const disjoint = areDisjoint(a, b);
      const never = isUnsatisfiable(a);
      for (const each of findings) {
        assert.ok(!(disjoint && matchesCriteria(a, each) && matchesCriteria(b, each)));
        assert.ok(!(never && matchesCriteria(a, each)));
      }
    }),
    { numRuns: 3000 },
  );
});

test('covering knows the usual cases', () => {
  const cases: [Criteria, Criteria, boolean][] = [
    [{ a: { eq: ['x', 'y'] } }, { a: { eq: ['x'] } }, true],
    [{ a: { eq: ['x'] } }, { a: { eq: ['x', 'y'] } }, false],
    [{ a: { contains: ['x'] } }, { a: { eq: ['axb', 'x'] } }, true],
    [{ a: { contains: ['x'] } }, { a: { contains: ['axb'] } }, true],
    [{ a: { contains: ['axb'] } }, { a: { contains: ['x'] } }, false],
    [{ a: { exists: true } }, { a: { contains: ['x'] } }, true],
    [{ a: { neq: ['y'] } }, { a: { eq: ['x'] } }, true],
    [{ a: { neq: ['y'] } }, { a: { contains: ['x'] } }, true],
    [{ a: { neq: ['xy'] } }, { a: { contains: ['x'] } }, false],
    [{ a: { neq: ['y'] } }, { a: { exists: false } }, true],
    [{ a: { exists: false } }, { a: { neq: ['y'] } }, false],
    [{ a: { eq: ['x'] } }, {}, false],
    [{}, { a: { eq: ['x'] } }, true],
    [{ a: { eq: ['z'] } }, { b: { eq: ['x'], neq: ['x'] } }, true],
  ];
  for (const [wide, narrow, expected] of cases) {
    assert.equal(covers(wide, narrow), expected, `${formatCriteria(wide)} over ${formatCriteria(narrow)}`);
  }
});

test('relates two rules', () => {
  const x: Criteria = { a: { eq: ['x'] } };
  assert.equal(relate(x, { a: { eq: ['x', 'x'] } }), 'same');
  assert.equal(relate({ a: { eq: ['x', 'y'] } }, x), 'covers');
  assert.equal(relate(x, { a: { eq: ['x', 'y'] } }), 'covered');
  assert.equal(relate(x, { a: { eq: ['y'] } }), 'disjoint');
  assert.equal(relate(x, { a: { exists: false } }), 'disjoint');
  assert.equal(relate(x, { b: { eq: ['y'] } }), 'may-overlap');
});

test('the same criteria in another order are the same', () => {
  const one: Criteria = { a: { eq: ['x', 'y'] }, b: { exists: true } };
  const two: Criteria = { b: { exists: true }, a: { eq: ['y', 'x', 'y'] } };
  assert.ok(sameCriteria(one, two));
  assert.notEqual(canonicalCriteria(one), canonicalCriteria({ ...one, b: { exists: false } }));
  assert.notEqual(canonicalCriteria({ a: { eq: ['x'] } }), canonicalCriteria({ a: { neq: ['x'] } }));
});

test('a rule for external access can hide public access unless isPublic or the type says no', () => {
  const bucket: Criteria = { resourceType: { eq: ['AWS::S3::Bucket'] } };
  assert.ok(canHidePublic(bucket, 'external'));
  assert.ok(canHidePublic({ ...bucket, 'principal.AWS': { eq: ['444455556666'] } }, 'external'));
  assert.ok(canHidePublic({ isPublic: { eq: ['true', 'false'] } }, 'external'));
  assert.ok(canHidePublic({ isPublic: { exists: true } }, 'external'));
  assert.ok(canHidePublic({ isPublic: { contains: ['e'] } }, 'external'));
  assert.ok(!canHidePublic({ isPublic: { neq: ['true'] } }, 'external'));
  assert.ok(!canHidePublic({ isPublic: { contains: ['false'] } }, 'external'));
  assert.ok(!canHidePublic({ isPublic: { exists: false } }, 'external'));
  assert.ok(!canHidePublic({ findingType: { eq: ['UnusedIAMRole'] } }, 'external'));
  assert.ok(!canHidePublic(withPublicGuard({ isPublic: { eq: ['true'] } }), 'external'));
  assert.ok(!canHidePublic(bucket, 'unused'));
});

test('shows what an edit changes, value by value', () => {
  const diff = diffCriteria(
    { a: { eq: ['x', 'y'] }, b: { exists: true } },
    { a: { eq: ['y', 'z'] }, c: { neq: ['n'] } },
  );
  assert.deepEqual(diff, { removed: ['a = x', 'b exists'], added: ['a = z', 'c ≠ n'], kept: ['a = y'] });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../../domain/fixed-seed.ts';
import { MAX_PLAIN_FINDINGS, plainFindings } from '../../../src/emulator/world/plain.ts';
import { NOW } from './small-world.ts';

const source = plainFindings({ total: MAX_PLAIN_FINDINGS, seed: 1, now: NOW });
const places = fc.record({ n: fc.nat(9), index: fc.nat(MAX_PLAIN_FINDINGS / 10 - 1) });
const arnOf = (n: number): string => source.analyzers[n]?.arn ?? '';

test('a million findings are shared among ten analyzers', () => {
  assert.equal(source.analyzers.length, 10);
  assert.equal(
    source.analyzers.reduce((sum, { arn }) => sum + source.count(arn), 0),
    MAX_PLAIN_FINDINGS,
  );
  const odd = plainFindings({ total: 13, seed: 1, now: NOW });
  assert.deepEqual(
    odd.analyzers.map(({ arn }) => odd.count(arn)),
    [2, 2, 2, 1, 1, 1, 1, 1, 1, 1],
  );
});

test('a finding is a pure function of its place', () => {
  const again = plainFindings({ total: MAX_PLAIN_FINDINGS, seed: 1, now: NOW });
  fc.assert(
    fc.property(places, ({ n, index }) =>
      assert.deepEqual(source.at(arnOf(n), index), again.at(arnOf(n), index)),
    ),
  );
});

test('an id leads back to its place, and to no other analyzer', () => {
  fc.assert(
    fc.property(places, ({ n, index }) => {
      const { id } = source.at(arnOf(n), index);
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.equal(source.indexOf(arnOf(n), id), index);
      assert.equal(source.indexOf(arnOf((n + 1) % 10), id), undefined);
    }),
  );
});

test('ids and resources of an analyzer differ', () => {
  const ids = new Set(Array.from({ length: 20_000 }, (_, index) => source.at(arnOf(0), index).id));
  assert.equal(ids.size, 20_000);
});

test('times are in order and not in the future', () => {
  fc.assert(
    fc.property(places, ({ n, index }) => {
      const { createdAt, updatedAt, analyzedAt } = source.at(arnOf(n), index);
      assert.ok(createdAt <= updatedAt && updatedAt <= NOW && analyzedAt <= NOW);
    }),
  );
});

test('outside of it there is nothing', () => {
  assert.throws(() => source.at(arnOf(0), 100_000), RangeError);
  assert.throws(() => source.at('arn:elsewhere', 0), RangeError);
  assert.equal(source.count('arn:elsewhere'), 0);
  assert.equal(source.indexOf(arnOf(0), 'nonsense'), undefined);
  assert.throws(() => plainFindings({ total: MAX_PLAIN_FINDINGS + 1, seed: 1, now: NOW }), RangeError);
});

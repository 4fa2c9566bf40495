import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindOf, nounOf, RESOURCE_KINDS, namesOfKind } from '../../src/domain/resource-kind.ts';

test('every type of the API has a label of its own, short enough for the column', () => {
  assert.equal(RESOURCE_KINDS.length, 17);
  assert.equal(new Set(RESOURCE_KINDS.map(({ kind }) => kind)).size, RESOURCE_KINDS.length);
  for (const { kind } of RESOURCE_KINDS) assert.ok(kind.length <= 6, kind);
});

test('no word means two types', () => {
  const words = RESOURCE_KINDS.flatMap(({ kind, aliases }) => [kind, ...aliases]);
  assert.equal(new Set(words).size, words.length);
});

test('a type that is younger than the table still has a label', () => {
  assert.equal(kindOf('AWS::S3::Bucket'), 's3');
  assert.equal(kindOf('AWS::Foo::BarBaz'), 'barbaz');
  assert.equal(nounOf('AWS::Foo::BarBaz'), 'BarBaz');
});

test('a type goes by its label, its aliases and the name that AWS gives it', () => {
  assert.deepEqual(namesOfKind('AWS::S3::Bucket'), ['AWS::S3::Bucket', 's3', 'bucket']);
  assert.deepEqual(namesOfKind('AWS::Foo::BarBaz'), ['AWS::Foo::BarBaz', 'barbaz']);
});

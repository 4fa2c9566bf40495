import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { ResourceText } from '../../../src/cache/memory/resource-text.ts';

test('every one of many resources that begin alike is found, however often their room had to grow', () => {
  const many = 30_000;
  const resources = new ResourceText();
  for (let number = 0; number < many; number++) {
    const text = Buffer.from(`arn:aws:s3:::Data-${number}`);
    resources.add(text, 0, text.length);
  }
  const count = (hits: Uint8Array): number => hits.reduce((sum, hit) => sum + hit, 0);
  assert.equal(count(resources.hits({ contains: ['Data-'] })), many);
  assert.equal(count(resources.hits({ contains: ['data-'] })), 0);
  assert.equal(count(resources.matching({ parts: ['', 'data-', ''] })), many);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNeverUsed, lastUsed } from '../../src/domain/usage.ts';

test('the last use of permissions is the latest among services and actions', () => {
  const services = [
    { serviceNamespace: 's3', actions: [{ action: 'GetObject', lastAccessed: 5 }, { action: 'PutObject' }] },
    { serviceNamespace: 'sqs', lastAccessed: 3 },
    { serviceNamespace: 'iam' },
  ];
  assert.equal(lastUsed({ kind: 'unused-permission', services }), 5);
  assert.equal(lastUsed({ kind: 'unused-permission', services: services.slice(2) }), 'never');
});

test('without a use in the detail it was never used; without the detail it is not known', () => {
  assert.equal(lastUsed({ kind: 'unused-role', lastAccessed: 7 }), 7);
  assert.equal(isNeverUsed({ kind: 'unused-role', lastAccessed: 0 }), false);
  assert.equal(isNeverUsed({ kind: 'unused-password' }), true);
  assert.equal(isNeverUsed({ kind: 'unused-key', accessKeyId: 'AKIA' }), true);
  assert.equal(isNeverUsed(undefined), undefined);
  assert.equal(isNeverUsed({ kind: 'external' }), undefined);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ExportFormat, exportRecommendation } from '../../src/domain/recommendation-export.ts';

const text =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';

function exported(format: ExportFormat): string {
  const identity = { kind: 'role', name: 'app' } as const;
  const policies = ['a-b', 'a.b', 'a_b'].map((name) => ({ name, inline: true, text }));
  return exportRecommendation(format, { identity, policies, commands: [] })
    .map((file) => file.text)
    .join('\n');
}

test('policies whose names a template cannot tell apart are all in it', () => {
  const { Resources } = JSON.parse(exported('cloudformation')) as { Resources: Record<string, unknown> };
  assert.equal(Object.keys(Resources).length, 3);
  const ids = [...exported('terraform').matchAll(/^resource "\w+" "(\w+)"/gm)].map(([, id]) => id);
  assert.deepEqual([ids.length, new Set(ids).size], [3, 3]);
});

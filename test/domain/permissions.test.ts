import assert from 'node:assert/strict';
import { test } from 'node:test';
import { permissionPolicy } from '../../src/domain/permissions.ts';

const actionsOf = (mode: string): readonly string[] => {
  const policy = permissionPolicy(mode) as
    { Statement: readonly { Action: readonly string[] }[] } | undefined;
  return (policy ?? assert.fail(mode)).Statement.flatMap(({ Action }) => Action);
};

test('each mode holds the ones before it', () => {
  const rules = actionsOf('rules');
  for (const action of [...actionsOf('read'), ...actionsOf('archive')])
    assert.ok(rules.includes(action), action);
  assert.ok(actionsOf('resolve').includes('access-analyzer:UpdateFindings'));
});

test('deleting analyzers stands apart: it takes reading along, and nothing else takes it along', () => {
  const read = actionsOf('read');
  assert.deepEqual(actionsOf('analyzers'), [...read, 'access-analyzer:DeleteAnalyzer']);
  for (const mode of ['archive', 'rules', 'recommend', 'resolve'])
    assert.ok(!actionsOf(mode).includes('access-analyzer:DeleteAnalyzer'), mode);
  assert.equal(permissionPolicy('nothing'), undefined);
});

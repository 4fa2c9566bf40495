import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
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

/** Calls that go with another one: tags and boundaries are arguments, a role is passed by being put somewhere. */
const GO_WITH_OTHERS = ['TagPolicy', 'TagRole', 'PassRole', 'PutRolePermissionsBoundary'].map(
  (name) => `iam:${name}`,
);

test('all modes together allow exactly the calls that are made', () => {
  const source = globSync('src/aws/*.ts').map((file) => readFileSync(file, 'utf8'));
  const calls = new Set(
    source.flatMap((text) => [...text.matchAll(/\bsdk\.(\w+)Command\b/g)].map(([, name = '']) => name)),
  );
  const names = [...calls].map((name) => name.replace(/^(ListFindings|GetFinding)V2$/, '$1'));
  const allowed = [...actionsOf('resolve'), ...actionsOf('analyzers')];
  const needed = new Set(allowed.filter((action) => !GO_WITH_OTHERS.includes(action)));
  assert.deepEqual(
    [...needed].map((action) => action.replace(/^.*:/, '')).sort(),
    [...new Set(names)].sort(),
  );
});

test('no role may be assumed but the one that the settings name, in the partition that is worked in', () => {
  const fixRole = { name: 'security/fixer', partition: 'aws-us-gov' };
  const text = (mode: string, role?: typeof fixRole): string => JSON.stringify(permissionPolicy(mode, role));
  for (const mode of ['read', 'recommend', 'resolve', 'analyzers']) {
    assert.doesNotMatch(text(mode), /sts:/, mode);
  }
  assert.match(
    text('recommend', fixRole),
    /"sts:AssumeRole"\],"Resource":"arn:aws-us-gov:iam::\*:role\/security\/fixer"/,
  );
  assert.doesNotMatch(text('rules', fixRole), /sts:/);
  assert.doesNotMatch(text('analyzers', fixRole), /sts:/);
});

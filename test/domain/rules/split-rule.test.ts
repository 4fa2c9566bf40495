import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkRuleCriteria, checkRuleName } from '../../../src/domain/rules/limits.ts';
import { splitRule } from '../../../src/domain/rules/split-rule.ts';

const values = (count: number): string[] => Array.from({ length: count }, (_, at) => `v${at}`);

test('a rule that AWS would take stays one', () => {
  const rule = { name: 'r', filter: { resource: { eq: values(20) } } };
  assert.deepEqual(splitRule(rule), { ok: true, value: [rule] });
});

test('more values than a rule takes make more rules, each named, each within the limits, none lost', () => {
  const filter = { resource: { eq: values(45) }, isPublic: { eq: ['false'] } };
  const split = splitRule({ name: 'r', filter });
  assert.ok(split.ok);
  assert.deepEqual(
    split.value.map(({ name }) => name),
    ['r', 'r-2', 'r-3'],
  );
  for (const rule of split.value) {
    assert.equal(checkRuleName(rule.name) ?? checkRuleCriteria(rule.filter), undefined);
    assert.deepEqual(rule.filter['isPublic'], { eq: ['false'] });
  }
  assert.deepEqual(
    split.value.flatMap((rule) => rule.filter['resource']?.eq ?? []),
    values(45),
  );
});

test('what no set of rules can say is refused', () => {
  const split = splitRule({ name: 'r', filter: { resource: { neq: values(21) } } });
  assert.ok(!split.ok && /no set of rules/.test(split.problem.message));
});

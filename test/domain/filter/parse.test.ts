import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../fixed-seed.ts';
import type { Expr, FilterProblem } from '../../../src/domain/filter/ast.ts';
import { formatFilter } from '../../../src/domain/filter/format.ts';
import { parseFilter } from '../../../src/domain/filter/parse.ts';
import { bare } from './arbitraries.ts';

function parsed(text: string): Expr {
  const result = parseFilter(text);
  assert.ok(result.ok, `${text}: ${result.ok ? '' : result.problem.message}`);
  return result.expr;
}

function problem(text: string): FilterProblem {
  const result = parseFilter(text);
  assert.ok(!result.ok, `${text} should be refused`);
  return result.problem;
}

/** What the span covers, to show that it points at the right place. */
const pointedAt = (text: string): string => text.slice(problem(text).span.start, problem(text).span.end);

test('a blank filter means everything', () => {
  assert.deepEqual(parsed(''), { kind: 'all' });
  assert.deepEqual(parsed(' \t\n '), { kind: 'all' });
});

test('the example of the design reads as it says', () => {
  const text =
    'status:active type:unused-* region:eu-*,us-east-1 account:1234 public:yes age:>30d -resource:*backup* (principal:4444* or action:kms:*) photos';
  const expr = parsed(text);
  assert.equal(formatFilter(expr), text);
  assert.ok(expr.kind === 'and');
  assert.deepEqual(
    expr.items.map((item) => (item.kind === 'match' ? item.key : item.kind)),
    ['status', 'type', 'region', 'account', 'flag', 'moment', 'not', 'or', 'word'],
  );
});

test('keys, ages and words of the language are read in any case, and any blank parts words', () => {
  for (const [text, same] of [
    ['STATUS:Active', 'status:active'],
    ['age:>30D', 'age:>30d'],
    ['used:NEVER', 'used:never'],
    ['a\u00a0b\u3000OR\tc', 'a b or c'],
  ] as const) {
    const [one, other] = [parsed(text), parsed(same)];
    assert.equal(formatFilter(one).toLowerCase(), formatFilter(other), text);
  }
});

test('`or` binds weaker than a space, and parentheses change that', () => {
  assert.deepEqual(bare(parsed('a b or c')), bare(parsed('(a b) or c')));
  assert.notDeepEqual(bare(parsed('a b or c')), bare(parsed('a (b or c)')));
  assert.deepEqual(bare(parsed('a and b')), bare(parsed('a b')));
  assert.deepEqual(bare(parsed('not a')), bare(parsed('-a')));
  assert.deepEqual(bare(parsed('-(a b)')), bare(parsed('NOT (a AND b)')));
});

test('a word in quotes is text, whatever it reads like', () => {
  for (const text of ['"or"', '"not"', '"-x"', '"status:active"', '"(a"', "'a b'"]) {
    assert.equal(parsed(text).kind, 'word', text);
  }
  for (const text of ["note:'a b'", 'note:"a b"', "note:'a\\ b'"]) {
    const expr = parsed(text);
    assert.deepEqual(expr.kind === 'match' && expr.values, [{ parts: ['a b'] }], text);
  }
});

test('a * is a wildcard, within quotes too, unless a backslash stands before it', () => {
  const partsOf = (text: string) => {
    const expr = parsed(text);
    return expr.kind === 'match' ? expr.values.map(({ parts }) => parts) : undefined;
  };
  assert.deepEqual(partsOf('resource:a*b'), [['a', 'b']]);
  assert.deepEqual(partsOf('resource:"a b*"'), [['a b', '']]);
  assert.deepEqual(partsOf('resource:a**b'), [['a', 'b']]);
  assert.deepEqual(partsOf('principal:\\*'), [['*']]);
  assert.deepEqual(partsOf('resource:a,"b,c",d\\,e'), [['a'], ['b,c'], ['d,e']]);
});

test('values hold colons, and a pasted ARN is a word', () => {
  assert.equal(formatFilter(parsed('action:kms:*')), 'action:kms:*');
  assert.equal(formatFilter(parsed('resource:arn:aws:s3:::x')), 'resource:arn:aws:s3:::x');
  assert.equal(parsed('arn:aws:s3:::x').kind, 'word');
});

test('an apostrophe inside a word is no quote', () => {
  const expr = parsed("o'neil");
  assert.deepEqual(expr.kind === 'word' && expr.pattern.parts, ["o'neil"]);
});

test('ages and dates', () => {
  const momentOf = (text: string) => {
    const expr = parsed(text);
    return expr.kind === 'moment' ? [expr.op, expr.moment] : undefined;
  };
  const day = 86_400_000;
  assert.deepEqual(momentOf('age:>30d'), ['>', { age: 30 * day }]);
  assert.deepEqual(momentOf('age:<=2w'), ['<=', { age: 14 * day }]);
  assert.deepEqual(momentOf('age:<12h'), ['<', { age: day / 2 }]);
  assert.deepEqual(momentOf('age:>=6mo'), ['>=', { age: 180 * day }]);
  assert.deepEqual(momentOf('used:>1y'), ['>', { age: 365 * day }]);
  assert.deepEqual(momentOf('updated:2026-01-31'), ['=', { at: Date.UTC(2026, 0, 31) }]);
  assert.deepEqual(momentOf('used:never'), ['=', 'never']);
});

test('flags take words for yes and no; a quoted one is a value', () => {
  for (const word of ['yes', 'TRUE', 'on'])
    assert.deepEqual(bare(parsed(`public:${word}`)), bare(parsed('public:yes')));
  assert.equal(parsed('note:yes').kind, 'flag');
  assert.equal(parsed('note:"yes"').kind, 'match');
});

test('a wrong key or value is pointed at, and the nearest right one is suggested', () => {
  const cases = [
    ['stauts:active', 'stauts', 'status'],
    ['photos  stauts:active', 'stauts', 'status'],
    ['status:actve', 'actve', 'active'],
    ['status:active,archivd', 'archivd', 'archived'],
    ['type:unused-pems', 'unused-pems', 'unused-perms'],
    ['kind:bukcet', 'bukcet', 'bucket'],
    ['public:yess', 'yess', 'yes'],
    ['age:30d', '30d', '>30d'],
    ['age:>30', '>30', '>30d'],
    ['age:>3m', '>3m', '>3mo'],
    ['used:>never', '>never', 'never'],
    ['s3:GetObject', 's3:GetObject', '"s3:GetObject"'],
  ] as const;
  for (const [text, span, suggestion] of cases) {
    assert.equal(pointedAt(text), span, text);
    assert.equal(problem(text).suggestion, suggestion, text);
    const { start, end } = problem(text).span;
    const fixed = text.slice(0, start) + suggestion + text.slice(end);
    assert.ok(parseFilter(fixed).ok, `${fixed} should be right`);
  }
});

test('everything else that is wrong says what and where', () => {
  const cases = [
    ['a or', 'or', /Nothing follows "or"/],
    ['or a', 'or', /Nothing stands before "or"/],
    ['a or or b', 'or', /Nothing follows "or"/],
    ['a and', 'and', /Nothing follows "and"/],
    ['not', 'not', /Nothing follows "not"/],
    ['a -', '-', /Nothing follows "-"/],
    ['a - b', '-', /right before/],
    ['(a b', '(', /not closed/],
    ['a b)', ')', /no \( before/],
    ['()', '()', /nothing between/],
    ['(or a)', 'or', /Nothing stands before/],
    ['a "b c', '"b c', /quote " is not closed/],
    ['a\\', '\\', /escapes nothing/],
    ['""', '""', /nothing between the quotes/],
    ['status:', 'status:', /no value/],
    ['region:a,,b', ',', /empty/],
    [':x', ':', /key is missing/],
    ['type:public', 'public', /public:yes/],
    ['type:PUBLIC', 'PUBLIC', /public:yes/],
    ['age:>foo', '>foo', /neither an age/],
    ['age:>', '>', /missing after >/],
    ['updated:>2026-02-30', '>2026-02-30', /not a date/],
    ['age:never', 'never', /never "never"/],
    ['resource:>3', '>3', /cannot be compared/],
    ['public:yes,no', 'public:yes,no', /one value/],
    ['age:>1d,<3d', 'age:>1d,<3d', /one value/],
    ['note:yes,photos', 'yes', /not both/],
  ] as const;
  for (const [text, span, message] of cases) {
    assert.match(problem(text).message, message, text);
    assert.equal(pointedAt(text), span, text);
  }
});

test('values of open sets are not checked', () => {
  for (const text of [
    'region:moon-1',
    'account:x',
    'kind:AWS::New::Thing',
    'kind:new*',
    'action:foo',
    'note:">3"',
  ]) {
    assert.ok(parseFilter(text).ok, text);
  }
});

test('deep nesting is refused, wide filters are not', () => {
  for (const text of ['('.repeat(20_000), '-'.repeat(20_000) + 'a', 'not '.repeat(20_000) + 'a']) {
    assert.match(problem(text).message, /nested more than 100 deep/);
  }
  assert.ok(parseFilter('('.repeat(100) + 'a' + ')'.repeat(100)).ok);
  assert.ok(parseFilter('(a) '.repeat(200)).ok, 'one behind the other is not deep');
  const wide = parsed(Array.from({ length: 5_000 }, (_, index) => `w${index}`).join(' or '));
  assert.equal(wide.kind === 'or' && wide.items.length, 5_000);
});

test('a problem never repeats control characters', () => {
  assert.doesNotMatch(problem('foo\u001b[31m\u202e:x').message, /[\u001b\u202e]/);
});

test('no text makes the parser throw, and every span lies within the text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...`ab-:,()*\\"'<>= 1d`), maxLength: 30 }),
    fc
      .array(
        fc.constantFrom(
          'a',
          'or',
          'and',
          'not',
          '-',
          '(',
          ')',
          'status:',
          'active',
          ',',
          ':',
          '"',
          'age:>',
          '3d',
          ' ',
        ),
      )
      .map((words) => words.join('')),
  );
  fc.assert(
    fc.property(text, (filter) => {
      const result = parseFilter(filter);
      if (result.ok) return checkSpans(result.expr, filter.length);
      const { start, end } = result.problem.span;
      assert.ok(0 <= start && start <= end && end <= filter.length, JSON.stringify(result.problem));
      assert.ok(end > start, 'a problem points at something');
    }),
    { numRuns: 2000 },
  );
});

function checkSpans(expr: Expr, length: number): void {
  if (expr.kind === 'all') return;
  assert.ok(0 <= expr.span.start && expr.span.start < expr.span.end && expr.span.end <= length);
  if (expr.kind === 'and' || expr.kind === 'or') expr.items.forEach((item) => checkSpans(item, length));
  if (expr.kind === 'not') checkSpans(expr.item, length);
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../domain/fixed-seed.ts';
import { formatCursor, parseCursor } from '../../src/sync/cursor.ts';
import { planAnalyzer, wantsRules, type PlanFacts } from '../../src/sync/plan-sync.ts';
import { anAnalyzer, NOW } from './fake-gateway.ts';

const MINUTE = 60_000;
const facts = (more: Partial<PlanFacts> = {}): PlanFacts => ({
  analyzer: anAnalyzer('us-east-1', 'a'),
  last: undefined,
  interrupted: undefined,
  full: false,
  now: NOW,
  ...more,
});
const last = (minutesAgo: number, maxUpdatedAt: number | undefined = NOW - 1_000 * MINUTE) => ({
  startedAt: NOW - (minutesAgo + 1) * MINUTE,
  finishedAt: NOW - minutesAgo * MINUTE,
  fullAt: NOW - minutesAgo * MINUTE,
  maxUpdatedAt,
});
const token = formatCursor([{ filter: undefined, token: 't' }]) ?? '';

test('The first pass is a full one, so is one that is asked for, and one a day', () => {
  assert.equal(planAnalyzer(facts()).kind, 'full');
  assert.equal(planAnalyzer(facts({ last: last(5), full: true })).kind, 'full');
  assert.equal(planAnalyzer(facts({ last: last(24 * 60) })).kind, 'full');
  assert.equal(planAnalyzer(facts({ last: last(24 * 60 - 1) })).kind, 'incremental');
});

test('Changes are asked for since the latest that was seen, or since the pass began, whichever is earlier', () => {
  assert.deepEqual(planAnalyzer(facts({ last: last(30) })), {
    kind: 'incremental',
    since: NOW - 1_000 * MINUTE,
  });
  assert.deepEqual(planAnalyzer(facts({ last: last(30, NOW - 29 * MINUTE) })), {
    kind: 'incremental',
    since: NOW - 36 * MINUTE,
  });
  assert.deepEqual(planAnalyzer(facts({ last: { ...last(30), maxUpdatedAt: undefined } })), {
    kind: 'incremental',
    since: -Infinity,
  });
});

test('An interrupted pass goes on within the hour, unless a later one was complete or its token is not ours', () => {
  const interrupted = { passId: 3, nextToken: token, startedAt: NOW - 10 * MINUTE };
  assert.deepEqual(planAnalyzer(facts({ interrupted })), {
    kind: 'full',
    resume: { pass: interrupted, cursor: [{ filter: undefined, token: 't' }] },
  });
  for (const more of [
    { interrupted: { ...interrupted, startedAt: NOW - 61 * MINUTE } },
    { interrupted: { ...interrupted, nextToken: 'of another version' } },
    { interrupted, last: last(5), full: true },
  ]) {
    assert.deepEqual(planAnalyzer(facts(more)), { kind: 'full' });
  }
});

test('What is not ACTIVE is skipped with its reason', () => {
  const analyzer = anAnalyzer('us-east-1', 'org', 'ORGANIZATION', {
    status: 'DISABLED',
    statusReason: 'ORGANIZATION_DELETED',
  });
  assert.deepEqual(planAnalyzer(facts({ analyzer })), {
    kind: 'skip',
    why: 'The analyzer org in us-east-1 is DISABLED (ORGANIZATION_DELETED): its findings cannot be seen.',
  });
});

test('Rules are read with a full pass and by the first pass of every ten minutes', () => {
  const incremental = { kind: 'incremental', since: 0 } as const;
  assert.equal(wantsRules(facts({ last: last(3) }), { kind: 'full' }), true);
  assert.equal(wantsRules(facts({ last: last(3), now: NOW + 5 * MINUTE }), incremental), true);
  assert.equal(
    wantsRules(facts({ last: { ...last(3), finishedAt: NOW + MINUTE }, now: NOW + 9 * MINUTE }), incremental),
    false,
  );
});

test('A cursor comes back as it was written; nothing left is no token', () => {
  const stream = fc.record(
    {
      filter: fc.option(fc.constant({ resourceType: { neq: ['a', 'b'] } }), { nil: undefined }),
      token: fc.option(fc.string(), { nil: undefined }),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(fc.array(stream, { minLength: 1 }), (streams) => {
      assert.deepEqual(parseCursor(formatCursor(streams) ?? ''), streams);
    }),
  );
  assert.equal(formatCursor([]), undefined);
  assert.equal(parseCursor('not JSON'), undefined);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPacer, type Pace, type PacerTime } from '../../src/aws/pacing.ts';

/** Time that only moves when it is told to. */
function createTestTime() {
  let now = 0;
  let timers: { at: number; callback: () => void }[] = [];
  const time: PacerTime = {
    now: () => now,
    after: (milliseconds, callback) => {
      const timer = { at: now + milliseconds, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
  };
  const advance = async (milliseconds: number): Promise<void> => {
    const end = now + milliseconds;
    for (;;) {
      const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      timers = timers.filter((each) => each !== next);
      now = next.at;
      next.callback();
    }
    now = end;
    await Promise.resolve();
  };
  return { time, advance, pending: () => timers.length };
}

const PACE: Pace = { burst: 3, perSecond: 2, slowest: 0.5 };

function start(pace: Pace = PACE) {
  const { time, advance, pending } = createTestTime();
  const pacer = createPacer(pace, time);
  const went: number[] = [];
  const ask = (name: number, signal?: AbortSignal) =>
    pacer.turn(signal).then(
      () => went.push(name),
      () => went.push(-name),
    );
  return { pacer, advance, pending, went, ask };
}

test('A burst goes at once, the rest at the pace and in order', async () => {
  const { advance, went, ask } = start();
  for (let name = 1; name <= 6; name += 1) void ask(name);
  await advance(0);
  assert.deepEqual(went, [1, 2, 3]);
  await advance(499);
  assert.deepEqual(went, [1, 2, 3]);
  await advance(1);
  assert.deepEqual(went, [1, 2, 3, 4]);
  await advance(1_000);
  assert.deepEqual(went, [1, 2, 3, 4, 5, 6]);
});

test('A quiet time saves up a burst and no more', async () => {
  const { advance, went, ask } = start();
  await advance(60_000);
  for (let name = 1; name <= 5; name += 1) void ask(name);
  await advance(0);
  assert.deepEqual(went, [1, 2, 3]);
});

test('Throttling halves the pace down to the floor; success brings it back', async () => {
  const { pacer, advance, went, ask } = start();
  pacer.slowDown();
  pacer.slowDown();
  pacer.slowDown();
  for (let name = 1; name <= 3; name += 1) void ask(name);
  await advance(1_999);
  assert.deepEqual(went, []);
  await advance(1);
  assert.deepEqual(went, [1]);
  for (let times = 0; times < 100; times += 1) pacer.speedUp();
  // What was waited for at the old pace is waited out; from then on it is two a second.
  await advance(2_000);
  await advance(500);
  assert.deepEqual(went, [1, 2, 3]);
});

test('Who gives up leaves the line to the others, and no timer behind', async () => {
  const { advance, pending, went, ask } = start({ burst: 1, perSecond: 1, slowest: 1 });
  const leave = new AbortController();
  void ask(1);
  void ask(2, leave.signal);
  void ask(3);
  await advance(0);
  leave.abort();
  await advance(1_000);
  assert.deepEqual(went, [1, -2, 3]);
  assert.equal(pending(), 0);
  const gone = new AbortController();
  void ask(4, gone.signal);
  await advance(0);
  gone.abort();
  await advance(0);
  assert.equal(pending(), 0);
  void ask(5);
  await advance(1_000);
  assert.deepEqual(went, [1, -2, 3, -4, 5], 'and the next one is served');
});

test('Who has had a turn and is cancelled later takes nobody out of the line', async () => {
  const { advance, went, ask } = start({ burst: 1, perSecond: 1, slowest: 1 });
  const late = new AbortController();
  void ask(1, late.signal);
  void ask(2);
  await advance(0);
  late.abort();
  await advance(1_000);
  assert.deepEqual(went, [1, 2]);
});

test('One throttled answer halves the pace, and one that was taken brings back a little of it', async () => {
  const { pacer, advance, went, ask } = start();
  pacer.slowDown();
  pacer.speedUp();
  void ask(1);
  await advance(940);
  assert.deepEqual(went, []);
  await advance(20);
  assert.deepEqual(went, [1]);
});

test('A signal that has gone off already never gets a turn', async () => {
  const { advance, went, ask } = start();
  void ask(1, AbortSignal.abort());
  await advance(10_000);
  assert.deepEqual(went, [-1]);
});

/** One step of a fix against an IAM that lags, is gone, or is used again; whole fixes are in test/triage/resolve. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { IamBackup, Plan } from '../../../src/domain/journal.ts';
import type { IamState } from '../../../src/domain/iam/cell.ts';
import { ProblemError } from '../../../src/domain/problem.ts';
import type { IamChanger } from '../../../src/triage/ports.ts';
import { setUp } from '../setup.ts';

const KEY = { kind: 'access-key', userName: 'ann', accessKeyId: 'AKIA1' } as const;
const planOf = (more: Partial<IamBackup> = {}): Plan => {
  const backup = {
    account: '111122223333',
    cell: KEY,
    before: 'Active',
    after: 'Inactive',
    ...more,
  } as const;
  const change = { kind: 'iam', call: 'UpdateAccessKey', input: {}, backup } as const;
  const place = { profile: 'default', region: 'us-east-1', analyzerArn: '', command: '' };
  return {
    kind: 'fix',
    title: 'Turn a key off',
    operations: [{ ...place, change }],
    skipped: [],
    exposureIds: [],
    publicCount: 0,
  };
};

/** IAM that reads these states one after the other, then the last for ever. */
function house(states: readonly (IamState | ProblemError)[], more: Partial<IamChanger> = {}) {
  const all = setUp([]);
  const sent: string[] = [];
  let reads = 0;
  all.gateway.iam = () => ({
    read: async () => {
      const state = states[Math.min(reads++, states.length - 1)] ?? null;
      if (state instanceof ProblemError) throw state;
      return state;
    },
    send: async ({ call }) => void sent.push(call),
    lastUse: async () => undefined,
    ...more,
  });
  const end = async (plan = planOf()) => {
    const [operation] = (await all.run(plan)).operations;
    return [operation?.state, operation?.error];
  };
  return { ...all, sent, end };
}

test('waits for what IAM shows late, and no longer than it must', async () => {
  const late = house(['Active', 'Active', 'Active', 'Inactive']);
  const started = late.clock.now();
  assert.deepEqual(await late.end(), ['done', undefined]);
  assert.ok(late.clock.now() > started);
  const never = house(['Active']);
  assert.deepEqual(await never.end(), [
    'failed',
    'AWS took the request, but the access key AKIA1 of user ann is not as wanted.',
  ]);
  const atOnce = house(['Active', 'Inactive']);
  await atOnce.end();
  assert.equal(atOnce.clock.now(), started);
});

test('a request that was refused is not waited for, and says why', async () => {
  const refuse = async () => {
    throw new ProblemError({ kind: 'denied', message: 'Not allowed.' });
  };
  const at = house(['Active'], { send: refuse });
  const started = at.clock.now();
  assert.deepEqual(await at.end(), ['failed', 'Not allowed.']);
  assert.equal(at.clock.now(), started);
});

test('what cannot be read back says so, after what went wrong before', async () => {
  const offline = new ProblemError({ kind: 'unreachable', message: 'No route to host.' });
  const unread = 'The access key AKIA1 of user ann could not be read back: No route to host.';
  assert.deepEqual(await house(['Active', offline]).end(), ['sent', unread]);
  const lose = async () => {
    throw new ProblemError({ kind: 'timeout', message: 'No answer.' });
  };
  assert.deepEqual(await house(['Active', offline], { send: lose }).end(), ['sent', `No answer. ${unread}`]);
  assert.deepEqual(await house([offline]).end(), ['failed', 'No route to host.'], 'it was never sent');
});

test('what somebody changed is left alone, in words of its own', async () => {
  const gone = house([null]);
  assert.deepEqual(await gone.end(), ['failed', 'The access key AKIA1 of user ann does not exist any more.']);
  const inline = { kind: 'inline-policy', identity: { kind: 'role', name: 'r' }, policyName: 'p' } as const;
  const taken = house(['{"Statement":[]}']);
  assert.deepEqual(await taken.end(planOf({ cell: inline, before: null, after: '{}' })), [
    'failed',
    'The inline policy p of role r is there already, another than planned.',
  ]);
  assert.deepEqual([gone.sent, taken.sent], [[], []]);
});

test('what was used since the plan is left alone; what was used before it, as the plan knew, is not', async () => {
  const used = (now: number | undefined, at: number | null) => {
    let state: IamState = 'Active';
    const read = async () => state;
    const send = async () => void (state = 'Inactive');
    return house([], { read, send, lastUse: async () => now }).end(planOf({ lastUse: { of: KEY, at } }));
  };
  assert.deepEqual(await used(undefined, null), ['done', undefined]);
  assert.deepEqual(await used(5, 5), ['done', undefined]);
  for (const known of [null, 4]) {
    const [state, error] = await used(5, known);
    assert.equal(state, 'failed');
    assert.match(error ?? '', /was used again at 1970-01-01T00:00:00.005Z, after the plan was made/);
  }
});

test('a key that was deleted cannot be called back', async () => {
  const at = house([null]);
  assert.deepEqual(await at.end(planOf({ before: null, after: 'Active' })), [
    'failed',
    'No call makes access key AKIA1 of user ann.',
  ]);
});

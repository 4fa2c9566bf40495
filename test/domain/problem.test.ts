import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exitCodeOf, ProblemError, toProblem } from '../../src/domain/problem.ts';

test('a problem that was thrown is itself again', () => {
  const problem = { kind: 'denied', message: 'No.' } as const;
  assert.equal(toProblem(new ProblemError(problem)), problem);
});

test('what is not ours is a bug with its stack; a cancelled call is not', () => {
  const bug = toProblem(new TypeError('x is not a function'));
  assert.equal(bug.kind, 'bug');
  assert.match(bug.message, /x is not a function/);
  assert.match(bug.detail ?? '', /problem\.test/);
  assert.match(bug.hint ?? '', /IAM_TRIAGE_DEBUG=1/);
  assert.equal(toProblem('text').kind, 'bug');
  assert.equal(toProblem(new DOMException('stop', 'AbortError')).kind, 'cancelled');
});

test("the exit code tells the person's side from the service's", () => {
  assert.equal(exitCodeOf({ kind: 'filter', message: '' }), 2);
  assert.equal(exitCodeOf({ kind: 'expired-credentials', message: '' }), 2);
  assert.equal(exitCodeOf({ kind: 'throttled', message: '' }), 1);
  assert.equal(exitCodeOf({ kind: 'bug', message: '' }), 1);
});

import type { ArchiveRule } from '../../domain/archive-rule.ts';
import type { ArchiveRuleChange, ArchiveRuleState } from '../../domain/journal.ts';
import { type Problem, ProblemError, toProblem } from '../../domain/problem.ts';
import { sameCriteria } from '../../domain/rules/criteria-algebra.ts';
import { readRules } from '../rules/present-rules.ts';
import {
  type Attempt,
  type Executor,
  type ExecutorContext,
  type OperationOf,
  type OperationResult,
  prepareAndSend,
  SO_ALREADY,
} from './executor.ts';

type RuleOperation = OperationOf<ArchiveRuleChange>;

/**
 * Creating, replacing and deleting an archive rule. Before it is sent the rule is read: what is already as wanted is not
 * sent, and a rule that somebody changed since the plan was made is left alone.
 */
export const archiveRule: Executor<ArchiveRuleChange> = { execute, readBack };

async function execute(operation: RuleOperation, context: ExecutorContext): Promise<Attempt> {
  const { change } = operation;
  return prepareAndSend(
    async () => {
      const present = findRule(await readRules(operation, context), change.ruleName);
      if (isSame(present, change.after)) return undefined;
      if (!isSame(present, change.before)) throw new ProblemError(movedProblem(present, change));
      return operation;
    },
    (ready) => send(ready, context),
  );
}

async function send(
  { change, profile, region, analyzerArn, clientToken }: RuleOperation,
  context: ExecutorContext,
) {
  const gateway = context.gateway.at({ profile, region });
  const options = { clientToken, ...(context.signal === undefined ? {} : { signal: context.signal }) };
  if (change.after === null) return gateway.deleteArchiveRule(analyzerArn, change.ruleName, options);
  const { filter } = change.after;
  if (change.before === null) return gateway.createArchiveRule(analyzerArn, change.ruleName, filter, options);
  return gateway.updateArchiveRule(analyzerArn, change.ruleName, filter, options);
}

async function readBack(
  operation: RuleOperation,
  attempt: Attempt,
  context: ExecutorContext,
): Promise<OperationResult> {
  const { change } = operation;
  let present: ArchiveRule | undefined;
  try {
    const { gateway, store } = context;
    present = findRule(await readRules(operation, { gateway, store }), change.ruleName);
  } catch (thrown) {
    const cause = attempt.problem === undefined ? '' : `${attempt.problem.message} `;
    const message = `${cause}The rule could not be read back: ${toProblem(thrown).message}`;
    return { state: 'failed', error: message, unread: true };
  }
  if (isSame(present, change.after))
    return attempt.sent ? { state: 'done' } : { state: 'done', error: SO_ALREADY };
  return { state: 'failed', error: attempt.problem?.message ?? unchangedWords(attempt, change) };
}

const findRule = (rules: readonly ArchiveRule[], name: string): ArchiveRule | undefined =>
  rules.find(({ ruleName }) => ruleName === name);

function isSame(present: ArchiveRule | undefined, state: ArchiveRuleState | null): boolean {
  if (present === undefined || state === null) return present === undefined && state === null;
  return sameCriteria(present.filter, state.filter);
}

function movedProblem(present: ArchiveRule | undefined, { ruleName, before }: ArchiveRuleChange): Problem {
  const message =
    present === undefined
      ? `The rule ${ruleName} does not exist any more.`
      : before === null
        ? `There is a rule ${ruleName} already, with another filter.`
        : `The rule ${ruleName} was changed since the plan was made.`;
  return { kind: 'conflict', message, hint: 'Look at it again, then plan the change anew.' };
}

const unchangedWords = ({ sent }: Attempt, { ruleName }: ArchiveRuleChange): string =>
  sent ? `AWS took the request, but the rule ${ruleName} is not as wanted.` : 'The request was never sent.';

import { ServiceError } from '../wire/service-error.ts';
import { parsePolicy, type PolicyDocument, PolicyError, type Statement } from '../world/policy.ts';

export interface Reason {
  readonly description: string;
  readonly statementIndex: number;
  readonly statementId?: string;
}

/** What a custom policy check answers. */
export interface Verdict {
  readonly result: 'PASS' | 'FAIL';
  readonly message: string;
  readonly reasons: readonly Reason[];
}

/** 422: the check will not guess. Clients see the same as when the real service cannot process a policy. */
export const cannotDecide = (why: string): ServiceError =>
  new ServiceError(422, 'UnprocessableEntityException', `The check cannot decide: ${why}`);

/** Throws InvalidParameterException for a text that is no policy. */
export function readPolicy(text: string, member: string): PolicyDocument {
  try {
    return parsePolicy(text);
  } catch (thrown) {
    if (!(thrown instanceof PolicyError)) throw thrown;
    throw new ServiceError(400, 'InvalidParameterException', `${member}: ${thrown.message}`);
  }
}

export const reasonFor = (description: string, statement: Statement, statementIndex: number): Reason => ({
  description,
  statementIndex,
  ...(statement.sid === undefined ? {} : { statementId: statement.sid }),
});

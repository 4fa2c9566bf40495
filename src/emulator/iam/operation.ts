import type { Caller } from '../estate/caller.ts';
import type { Account, World } from '../world/model.ts';
import type { Parameters } from './parameters.ts';

/** One IAM request on its way. */
export interface IamCall {
  readonly world: World;
  /** The caller's own: IAM reaches no other. */
  readonly account: Account;
  readonly caller: Caller;
  readonly parameters: Parameters;
}

/** Carries a call out; returns what stands inside of `<…Result>`. Throws ServiceError. */
export type Handler = (call: IamCall) => string;

export interface Operation {
  readonly handle: Handler;
  /** ARN that the caller needs permission on; absent: `*`. */
  readonly resource?: (call: IamCall) => string;
}

export type Operations = Readonly<Record<string, Operation>>;

import type { Operations } from './operation.ts';
import { page } from './paging.ts';

/** What IAM knows of the account itself. */
export const ACCOUNT_OPERATIONS: Operations = {
  // An account has one alias at most.
  ListAccountAliases: {
    handle: (call) => page(call, 'AccountAliases', [call.account.name], (alias) => alias),
  },
};

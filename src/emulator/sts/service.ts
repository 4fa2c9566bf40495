import type { Caller } from '../estate/caller.ts';
import type { Estate } from '../estate/estate.ts';
import { type QueryForm, queryAnswer } from '../query/query-request.ts';
import type { Answer } from '../wire/answer.ts';
import { queryError, ServiceError } from '../wire/service-error.ts';
import { element } from '../wire/xml.ts';
import { assumeRole } from './assume-role.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

export interface QueryCall {
  readonly estate: Estate;
  readonly caller: Caller;
  readonly requestId: string;
}

type Handler = (call: QueryCall, form: QueryForm) => string;

const HANDLERS: Readonly<Record<string, Handler>> = {
  GetCallerIdentity: ({ caller }) =>
    element('Arn', caller.arn) + element('UserId', caller.userId) + element('Account', caller.account),
  AssumeRole: (call, form) => assumeRole(call.estate, call.caller, form),
};

/** STS over the Query protocol. */
export function handleSts(call: QueryCall, form: QueryForm): Answer {
  const name = form.get('Action') ?? '';
  const handler = Object.hasOwn(HANDLERS, name) ? HANDLERS[name] : undefined;
  try {
    if (handler === undefined) {
      throw new ServiceError(400, 'InvalidAction', `Could not find operation ${name} for version 2011-06-15`);
    }
    return queryAnswer(NAMESPACE, name, handler(call, form), call.requestId);
  } catch (thrown) {
    if (thrown instanceof ServiceError) return queryError(thrown, call.requestId, NAMESPACE);
    throw thrown;
  }
}

import { parsePolicy, PolicyError, type Statement } from '../world/policy.ts';
import { isDeletedPrincipal } from '../world/zone.ts';
import { limitExceeded, malformedPolicy } from './refusals.ts';

/** What a document is for decides what it must and must not have. */
export type DocumentUse = 'identity' | 'trust';

/** IAM counts no white space (User Guide, "IAM and AWS STS quotas"). */
export const sizeOf = (document: string): number => document.replaceAll(/\s/g, '').length;

/** Characters; the first three are of all inline policies of an identity together. */
export const SIZE_LIMITS = { inlineOfRole: 10_240, inlineOfUser: 2048, managed: 6144, trust: 2048 } as const;

function checkIdentity({ principals, resources }: Statement): void {
  if (principals !== undefined) throw malformedPolicy('Policy document should not specify a principal.');
  if (resources === undefined) throw malformedPolicy('Policy statement must contain resources.');
}

function checkTrust({ principals, resources, actions }: Statement): void {
  if (principals === undefined) throw malformedPolicy('Missing required field Principal');
  const deleted = principals.values.find(isDeletedPrincipal);
  if (deleted !== undefined)
    throw malformedPolicy(`Invalid principal in policy: "${deleted.type}":"${deleted.value}"`);
  if (resources !== undefined) throw malformedPolicy('Has prohibited field Resource');
  if (actions.values.some((action) => !/^sts:/i.test(action))) {
    throw malformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.');
  }
}

/** In IAM's words (IAM User Guide, "IAM JSON policy elements: Sid"). */
function checkSids(statements: readonly Statement[]): void {
  const sids = statements.flatMap(({ sid }) => (sid === undefined || sid === '' ? [] : [sid]));
  if (sids.some((sid) => !/^[0-9A-Za-z]*$/.test(sid)))
    throw malformedPolicy(
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    );
  if (new Set(sids).size < sids.length)
    throw malformedPolicy('Statement IDs (SID) in a single policy must be unique.');
}

/** Throws `MalformedPolicyDocument` for a text that IAM would not take. */
export function checkDocument(text: string, use: DocumentUse): void {
  try {
    const { statements } = parsePolicy(text);
    if (statements.length === 0) throw malformedPolicy('Syntax errors in policy.');
    checkSids(statements);
    statements.forEach(use === 'trust' ? checkTrust : checkIdentity);
  } catch (thrown) {
    if (thrown instanceof PolicyError) throw malformedPolicy(thrown.message);
    throw thrown;
  }
}

/** Throws `LimitExceeded` when a document, or several together, are larger than IAM takes. */
export function checkSize(what: string, size: number, limit: number): void {
  if (size > limit) throw limitExceeded(`Maximum policy size of ${limit} bytes exceeded for ${what}`);
}

import type { Finding } from '../domain/finding.ts';

/** What a finding says of the access itself. Many findings say the same, so it stands once and they refer to it. */
export type AccessFacts = Pick<
  Finding,
  | 'isPublic'
  | 'principal'
  | 'action'
  | 'condition'
  | 'sources'
  | 'resourceControlPolicyRestriction'
  | 'accessKeyId'
  | 'error'
>;

/**
 * The part of a finding's search text that findings with the same facts share, one thing a line, in lower case
 * (`searchTextOf` in domain/filter/match.ts says what belongs to it). What a facet answers for is left out.
 */
export function factsText(facts: AccessFacts): string {
  return [
    ...Object.values(facts.principal ?? {}).map((value) => (value === '*' ? 'everyone' : value)),
    ...(facts.action ?? []),
    ...Object.entries(facts.condition ?? {}).flat(),
    facts.accessKeyId ?? '',
  ]
    .filter((line) => line !== '')
    .join('\n')
    .toLowerCase();
}

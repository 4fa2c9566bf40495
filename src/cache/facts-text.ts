import type { AccessFacts } from './facts.ts';

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

import type { AnalyzerKind } from '../analyzer.ts';
import type { Criteria } from '../archive-rule.ts';
import { areDisjoint } from './criteria-algebra.ts';

/** What every public finding satisfies, whatever else it says: only external analyzers have them. */
const PUBLIC: Criteria = { isPublic: { eq: ['true'] }, findingType: { eq: ['ExternalAccess'] } };

/** The criterion that a rule for external access carries by default, so that it can never hide a public resource. */
export const NOT_PUBLIC: Criteria = { isPublic: { eq: ['false'] } };

/**
 * Whether a rule could archive a finding of a public resource, now or ever. The proof that it cannot is `isPublic` or
 * the finding type; a list of principals is none, for AWS does not promise that a public finding names `*`.
 */
export function canHidePublic(criteria: Criteria, kind: AnalyzerKind): boolean {
  return kind === 'external' && !areDisjoint(criteria, PUBLIC);
}

/** The same criteria with the guard; what they said about `isPublic` before is replaced. */
export const withPublicGuard = (criteria: Criteria): Criteria => ({ ...criteria, ...NOT_PUBLIC });

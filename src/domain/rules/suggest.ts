import { formatNumber } from '../format-count.ts';
import type { ArchiveRule, Criteria } from '../archive-rule.ts';
import { type CriteriaFacts, matchesCriteria } from '../criteria.ts';
import type { FindingRef } from '../finding.ts';
import { commonNamePart } from './common-name.ts';
import { canonicalCriteria } from './criteria-algebra.ts';
import { formatCriteria } from './criteria-text.ts';
import { proposeCriteria } from './propose-criteria.ts';

/** A finding that a person archived by hand, and the journal entry that did it. */
export interface HandArchived {
  readonly entry: number;
  readonly finding: CriteriaFacts & FindingRef;
}

/** A rule that would have done what a person did again and again. Offered, never created alone. */
export interface Suggestion {
  readonly criteria: Criteria;
  /** "These 14 have one thing in common: …". */
  readonly message: string;
  readonly findings: readonly FindingRef[];
  /** In how many goes they were archived. */
  readonly times: number;
  readonly analyzerArns: readonly string[];
}

const LEAST_FINDINGS = 3;
const LEAST_TIMES = 2;

/**
 * What hand-archived findings have in common, the largest group first. Public ones are never part of a suggestion, nor
 * those that a rule of their analyzer means already.
 */
export function suggestRules(
  archived: readonly HandArchived[],
  rules: readonly ArchiveRule[],
): readonly Suggestion[] {
  const open = archived.filter(({ finding }) => finding.isPublic !== true && !isRuled(finding, rules));
  const groups = new Map<string, HandArchived[]>();
  for (const each of open) {
    for (const trait of traitsOf(each.finding)) groups.set(trait, [...(groups.get(trait) ?? []), each]);
  }
  const suggestions = [...groups.values()].flatMap((members) => toSuggestion(members));
  return keepLargest(suggestions.sort((a, b) => b.findings.length - a.findings.length));
}

function isRuled(finding: CriteriaFacts & FindingRef, rules: readonly ArchiveRule[]): boolean {
  return rules.some(
    ({ profile, analyzerArn, filter }) =>
      profile === finding.profile && analyzerArn === finding.analyzerArn && matchesCriteria(filter, finding),
  );
}

/** What a person may have had in mind: the same principals, or resources of one family. */
function traitsOf(finding: CriteriaFacts): string[] {
  const { findingType, resourceType, principal, resource } = finding;
  const family = commonNamePart([resource]);
  return [
    ...(principal === undefined
      ? []
      : [JSON.stringify([findingType, resourceType, Object.entries(principal).sort()])]),
    ...(family === undefined ? [] : [JSON.stringify([findingType, resourceType, family])]),
  ];
}

function toSuggestion(members: readonly HandArchived[]): Suggestion[] {
  const times = new Set(members.map(({ entry }) => entry)).size;
  const findings = members.map(({ finding }) => finding);
  if (findings.length < LEAST_FINDINGS || times < LEAST_TIMES) return [];
  // The one that speaks of more than these very resources: the next of the kind is what a rule is for.
  const proposal = proposeCriteria(findings).find(
    ({ criteria, rules }) => rules.length === 1 && criteria['resource']?.eq === undefined,
  );
  if (proposal === undefined || proposal.hidesPublic) return [];
  return [
    {
      criteria: proposal.criteria,
      message: `These ${formatNumber(findings.length)} have one thing in common: ${formatCriteria(proposal.criteria)}.`,
      findings: findings.map(({ profile, region, analyzerArn, id }) => ({
        profile,
        region,
        analyzerArn,
        id,
      })),
      times,
      analyzerArns: [...new Set(findings.map(({ analyzerArn }) => analyzerArn))],
    },
  ];
}

/** A suggestion whose findings are all in a larger one adds nothing. */
function keepLargest(suggestions: readonly Suggestion[]): Suggestion[] {
  const kept: Suggestion[] = [];
  const seen = new Set<string>();
  const taken = new Set<string>();
  for (const suggestion of suggestions) {
    const keys = suggestion.findings.map(({ profile, analyzerArn, id }) => `${profile} ${analyzerArn} ${id}`);
    const name = canonicalCriteria(suggestion.criteria);
    if (seen.has(name) || keys.every((key) => taken.has(key))) continue;
    seen.add(name);
    for (const key of keys) taken.add(key);
    kept.push(suggestion);
  }
  return kept;
}

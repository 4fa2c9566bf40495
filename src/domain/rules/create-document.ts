import type { Analyzer } from '../analyzer.ts';
import type { ArchiveRule } from '../archive-rule.ts';
import { commentOf, type RulesDocument } from './rules-document.ts';

/** The rules of these analyzers as a document; analyzers without rules are left out. Order: analyzer, then name. */
export function createRulesDocument(
  analyzers: readonly Analyzer[],
  rules: readonly ArchiveRule[],
  at: number,
): RulesDocument {
  const listed = analyzers.map(({ profile, region, arn, name, type }) => ({
    profile,
    region,
    arn,
    name,
    type,
    rules: rules
      .filter((rule) => rule.profile === profile && rule.analyzerArn === arn)
      .sort((a, b) => (a.ruleName < b.ruleName ? -1 : 1))
      .map(({ ruleName, filter, createdAt, updatedAt }) => ({
        name: ruleName,
        comment: commentOf(filter),
        createdAt: toIso(createdAt),
        updatedAt: toIso(updatedAt),
        filter,
      })),
  }));
  return { exportedAt: toIso(at), analyzers: listed.filter((each) => each.rules.length > 0) };
}

const toIso = (time: number): string => new Date(time).toISOString();

import type { ArchiveRuleSummary, Criterion as SdkCriterion } from '@aws-sdk/client-accessanalyzer';
import type { ArchiveRule, Criteria, Criterion } from '../domain/archive-rule.ts';
import { toTime } from './translate.ts';

export function toArchiveRule(
  summary: ArchiveRuleSummary,
  of: { readonly profile: string; readonly region: string; readonly arn: string },
): ArchiveRule {
  return {
    profile: of.profile,
    region: of.region,
    analyzerArn: of.arn,
    ruleName: summary.ruleName ?? '',
    filter: toCriteria(summary.filter ?? {}),
    createdAt: toTime(summary.createdAt),
    updatedAt: toTime(summary.updatedAt),
  };
}

function toCriteria(filter: Record<string, SdkCriterion>): Criteria {
  return Object.fromEntries(Object.entries(filter).map(([key, criterion]) => [key, toCriterion(criterion)]));
}

function toCriterion({ eq, neq, contains, exists }: SdkCriterion): Criterion {
  return {
    ...(eq === undefined ? {} : { eq }),
    ...(neq === undefined ? {} : { neq }),
    ...(contains === undefined ? {} : { contains }),
    ...(exists === undefined ? {} : { exists }),
  };
}

export function fromCriteria(criteria: Criteria): Record<string, SdkCriterion> {
  return Object.fromEntries(
    Object.entries(criteria).map(([key, criterion]) => [key, fromCriterion(criterion)]),
  );
}

function fromCriterion({ eq, neq, contains, exists }: Criterion): SdkCriterion {
  return {
    ...(eq === undefined ? {} : { eq: [...eq] }),
    ...(neq === undefined ? {} : { neq: [...neq] }),
    ...(contains === undefined ? {} : { contains: [...contains] }),
    ...(exists === undefined ? {} : { exists }),
  };
}

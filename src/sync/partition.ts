import { analyzerKind, type AnalyzerType } from '../domain/analyzer.ts';
import type { Criteria } from '../domain/archive-rule.ts';
import type { Finding } from '../domain/finding.ts';

/**
 * Shares of an analyzer's findings that can be listed side by side. Only attributes that never change in a finding's
 * life are used: a finding that moved from one share to another while both are read would be missed.
 */
type Attribute = 'resourceType' | 'resourceOwnerAccount' | 'findingType';

/** Series at most; well below the 20 values that the `neq` of the rest may have (Access Analyzer quotas). */
const MOST_VALUES = 8;
/** A split that leaves more than this in one share is not worth a request for each of the others. */
const MOST_IN_ONE = 0.9;

/** Where a first page shows one value only, the usual ones are tried. */
const USUAL: Readonly<Record<'external' | 'unused' | 'internal', readonly [Attribute, readonly string[]]>> = {
  external: [
    'resourceType',
    ['AWS::IAM::Role', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::SQS::Queue', 'AWS::Lambda::Function'],
  ],
  unused: [
    'findingType',
    ['UnusedPermission', 'UnusedIAMRole', 'UnusedIAMUserAccessKey', 'UnusedIAMUserPassword'],
  ],
  internal: ['resourceType', ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::RDS::DBSnapshot']],
};

/**
 * Disjoint filters that together let through everything. `sample` is the first page.
 */
export function planPartition(type: AnalyzerType, sample: readonly Finding[]): readonly Criteria[] {
  const kind = analyzerKind(type);
  const attributes: Attribute[] = ['resourceType', 'resourceOwnerAccount'];
  // ListFindings (v1) knows one finding type and has no such key.
  if (kind !== 'external') attributes.unshift('findingType');
  const counted = attributes.map((attribute) => ({ attribute, counts: countBy(sample, attribute) }));
  const even = counted.toSorted((a, b) => greatest(a.counts) - greatest(b.counts))[0];
  if (even !== undefined && greatest(even.counts) <= sample.length * MOST_IN_ONE) {
    const values = [...even.counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
    return split(even.attribute, values.slice(0, MOST_VALUES));
  }
  return split(...USUAL[kind]);
}

function countBy(findings: readonly Finding[], attribute: Attribute): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const value = finding[attribute];
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

const greatest = (counts: ReadonlyMap<string, number>): number =>
  counts.size === 0 ? Infinity : Math.max(...counts.values());

const split = (attribute: Attribute, values: readonly string[]): readonly Criteria[] => [
  ...values.map((value) => ({ [attribute]: { eq: [value] } })),
  { [attribute]: { neq: values } },
];

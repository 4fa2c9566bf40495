import { analyzerKind, type AnalyzerType } from '../domain/analyzer.ts';
import type { Criteria } from '../domain/archive-rule.ts';
import type { Finding } from '../domain/finding.ts';

/** What divides an analyzer's findings into shares that can be listed side by side. */
type Attribute = 'resourceType' | 'resourceOwnerAccount' | 'findingType' | 'status';

/** Values that get a share of their own; well below the 20 that the `neq` of the rest may have (Access Analyzer quotas). */
const MOST_VALUES = 8;
/** A division that leaves more than this in one share is not worth a request for each of the others. */
const MOST_IN_ONE = 0.85;
/** A share that is expected to be larger than this is divided once more. */
const LARGE = 0.25;

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
 * Filters that together let through every finding, and each finding through exactly one of them. The first page is the
 * sample by which they are chosen; what it does not show falls into the shares of the rest.
 */
export function planPartition(type: AnalyzerType, sample: readonly Finding[]): readonly Criteria[] {
  const attributes = attributesOf(type);
  const first = evenest(sample, attributes);
  if (first === undefined) return split(...USUAL[analyzerKind(type)]);
  const others = attributes.filter((attribute) => attribute !== first.attribute);
  return split(first.attribute, first.values).flatMap((share, index) => {
    const value = first.values[index];
    const part = sample.filter((finding) => finding[first.attribute] === value);
    const second = part.length > sample.length * LARGE ? evenest(part, others) : undefined;
    return second === undefined
      ? [share]
      : split(second.attribute, second.values).map((more) => ({ ...share, ...more }));
  });
}

/** ListFindings (v1) knows one finding type and has no such key. */
const attributesOf = (type: AnalyzerType): readonly Attribute[] =>
  analyzerKind(type) === 'external'
    ? ['resourceType', 'resourceOwnerAccount', 'status']
    : ['findingType', 'resourceType', 'resourceOwnerAccount', 'status'];

/**
 * A finding's status may change while the shares are read, and so the finding may be missed: what changed meanwhile must
 * then be asked for. The other attributes stay for a finding's life.
 */
export const dividesByStatus = (shares: readonly (Criteria | undefined)[]): boolean =>
  shares.some((share) => share?.['status'] !== undefined);

interface Division {
  readonly attribute: Attribute;
  /** The most frequent first. */
  readonly values: readonly string[];
}

function evenest(sample: readonly Finding[], attributes: readonly Attribute[]): Division | undefined {
  let best: { readonly division: Division; readonly greatest: number } | undefined;
  for (const attribute of attributes) {
    const counts = [...countBy(sample, attribute)].sort(([, a], [, b]) => b - a);
    const greatest = counts[0]?.[1] ?? Infinity;
    if (greatest > sample.length * MOST_IN_ONE || (best !== undefined && greatest >= best.greatest)) continue;
    best = {
      greatest,
      division: { attribute, values: counts.slice(0, MOST_VALUES).map(([value]) => value) },
    };
  }
  return best?.division;
}

function countBy(findings: readonly Finding[], attribute: Attribute): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const value = finding[attribute];
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** One share a value, in their order, and the rest. */
const split = (attribute: Attribute, values: readonly string[]): readonly Criteria[] => [
  ...values.map((value) => ({ [attribute]: { eq: [value] } })),
  { [attribute]: { neq: values } },
];

import fc from 'fast-check';
import type { Expr, FilterKey, Pattern, Span, Term } from '../../../src/domain/filter/ast.ts';
import { isFlagOnly, isMomentKey, takesFlag } from '../../../src/domain/filter/keys.ts';
import { FILTER_KEYS } from '../../../src/domain/filter/ast.ts';
import { type MatchFacts, searchTextOf } from '../../../src/domain/filter/match.ts';
import { FINDING_STATUSES, FINDING_TYPES, type Finding } from '../../../src/domain/finding.ts';
import { exposureIdOf } from '../../../src/domain/exposure.ts';

/** Trees as the parser builds them: no group in a group of its kind, no group of one. */
const span: Span = { start: 0, end: 0 };

/** Text that the language would trip over if it were not quoted, beside ordinary names. */
const literal = fc.oneof(
  fc.constantFrom(
    'a',
    'or',
    'not',
    'AND',
    '-x',
    'status:active',
    'arn:aws:s3:::b',
    'yes',
    'no',
    'never',
    '>30d',
    "o'neil",
  ),
  fc.string({ unit: fc.constantFrom(...`ab1-_.:/,()*\\"'<>= \n\t@é漢😀`), minLength: 1, maxLength: 8 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }),
);

/** Between wildcards nothing is empty; the ends may be. */
export const anyPattern: fc.Arbitrary<Pattern> = fc.oneof(
  literal.map((text): Pattern => ({ parts: [text] })),
  fc
    .tuple(fc.option(literal), fc.array(literal, { maxLength: 2 }), fc.option(literal))
    .map(([first, middle, last]): Pattern => ({ parts: [first ?? '', ...middle, last ?? ''] })),
);

const closedValues: Partial<Record<FilterKey, readonly string[]>> = {
  status: ['active', 'ARCHIVED', 'resolved'],
  type: ['external', 'ExternalAccess', 'unused', 'unused-perms'],
  kind: ['s3', 'AWS::S3::Bucket', 'role', 'AWS::New::Thing'],
};

const patternFor = (key: FilterKey): fc.Arbitrary<Pattern> => {
  const values = closedValues[key];
  return values === undefined ? anyPattern : fc.constantFrom(...values).map((text) => ({ parts: [text] }));
};

const moment = fc.oneof(
  fc.record({
    op: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const),
    moment: fc.nat({ max: 999_999 }).map((minutes) => ({ age: minutes * 60_000 })),
  }),
  fc.record({
    op: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const, '=' as const),
    moment: fc.nat({ max: 40_000 }).map((days) => ({ at: days * 86_400_000 })),
  }),
);

const momentTerm: fc.Arbitrary<Term> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...FILTER_KEYS.filter(isMomentKey)), moment)
    .map(([key, when]): Term => ({ kind: 'moment', key, ...when, span })),
  fc.constant<Term>({ kind: 'moment', key: 'used', op: '=', moment: 'never', span }),
);

const matchTerm: fc.Arbitrary<Term> = fc
  .constantFrom(...FILTER_KEYS.filter((key) => !isMomentKey(key) && !isFlagOnly(key)))
  .chain((key) =>
    fc
      .array(patternFor(key), { minLength: 1, maxLength: 3 })
      .map((values): Term => ({ kind: 'match', key, values, span })),
  );

export const anyTerm: fc.Arbitrary<Term> = fc.oneof(
  anyPattern.map((pattern): Term => ({ kind: 'word', pattern, span })),
  fc
    .tuple(fc.constantFrom(...FILTER_KEYS.filter(takesFlag)), fc.boolean())
    .map(([key, value]): Term => ({ kind: 'flag', key, value, span })),
  momentTerm,
  matchTerm,
);

const group = (kind: 'and' | 'or', items: readonly Expr[]): Expr => ({
  kind,
  items: items.flatMap((item) => (item.kind === kind ? item.items : [item])),
  span,
});

/** Any filter but the empty one. */
export const exprOf = (term: fc.Arbitrary<Term>): fc.Arbitrary<Expr> =>
  fc.letrec<{ expr: Expr }>((tie) => ({
    expr: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      term,
      fc.array(tie('expr'), { minLength: 2, maxLength: 3 }).map((items) => group('and', items)),
      fc.array(tie('expr'), { minLength: 2, maxLength: 3 }).map((items) => group('or', items)),
      tie('expr').map((item): Expr => ({ kind: 'not', item, span })),
    ),
  })).expr;

export const anyExpr = exprOf(anyTerm);

/** The tree without its spans, to compare with. */
export function bare(expr: Expr): unknown {
  if (expr.kind === 'all') return expr;
  if (expr.kind === 'and' || expr.kind === 'or') return { kind: expr.kind, items: expr.items.map(bare) };
  if (expr.kind === 'not') return { kind: 'not', item: bare(expr.item) };
  return { ...expr, span: undefined };
}

const ACCOUNTS = ['111122223333', '444455556666'];
const resources = [
  ['arn:aws:s3:::photos', 'AWS::S3::Bucket'],
  ['arn:aws:s3:::photos-backup', 'AWS::S3::Bucket'],
  ['arn:aws:iam::111122223333:role/partner/deploy', 'AWS::IAM::Role'],
  ['arn:aws:kms:us-east-1:111122223333:key/1234abcd', 'AWS::KMS::Key'],
] as const;

export const SCOPE = {
  profile: 'prod',
  region: 'us-east-1',
  analyzerArn: 'arn:aws:access-analyzer:us-east-1:111122223333:analyzer/account-external',
} as const;

/** External findings among few values, so that filters meet some of them. */
export const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    resource: fc.constantFrom(...resources),
    status: fc.constantFrom(...FINDING_STATUSES),
    findingType: fc.constantFrom(...FINDING_TYPES),
    account: fc.constantFrom(...ACCOUNTS),
    isPublic: fc.boolean(),
    principal: fc.constantFrom<Record<string, string>>(
      { AWS: '*' },
      { AWS: '444455556666' },
      { AWS: 'arn:aws:iam::444455556666:role/ci' },
    ),
    condition: fc.constantFrom<Record<string, string>>(
      {},
      { 'aws:SourceVpce': 'vpce-1' },
      { 'aws:SourceIp': '10.0.0.0/8' },
    ),
    error: fc.option(fc.constantFrom('ACCESS_DENIED', 'INTERNAL_ERROR'), { nil: undefined }),
    id: fc.uuid(),
  })
  .map(({ resource: [resource, resourceType], account, error, ...rest }): Finding => ({
    ...SCOPE,
    ...rest,
    resource,
    resourceType,
    resourceOwnerAccount: account,
    createdAt: 0,
    analyzedAt: 0,
    updatedAt: 0,
    action: ['s3:GetObject'],
    ...(error !== undefined && { error }),
  }));

/** A finding as the filter sees it, with nothing beside it. */
export const toFacts = (finding: Finding, more: Partial<MatchFacts> = {}): MatchFacts => ({
  ...finding,
  exposureId: exposureIdOf(finding),
  firstSeenAt: 0,
  goneAt: undefined,
  risk: 0,
  detail: undefined,
  analyzerName: 'account-external',
  text: searchTextOf(finding),
  ...more,
});

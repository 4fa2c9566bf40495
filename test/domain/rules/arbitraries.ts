import fc from 'fast-check';
import type { Criteria, Criterion } from '../../../src/domain/archive-rule.ts';
import type { CriteriaFacts } from '../../../src/domain/criteria.ts';

/** Small alphabets, so that random criteria and random findings meet. */
const KEYS = [
  'resource',
  'resourceType',
  'principal.AWS',
  'condition.aws:SourceIp',
  'isPublic',
  'error',
] as const;
const VALUES = ['a', 'ab', 'abc', 'true', 'false', 'b'];
const value = fc.constantFrom(...VALUES);
const values = fc.uniqueArray(value, { minLength: 1, maxLength: 3 });

export const criterion: fc.Arbitrary<Criterion> = fc
  .record(
    { eq: values, neq: values, contains: values, exists: fc.boolean() },
    { requiredKeys: [], noNullPrototype: true },
  )
  .filter((each) => Object.keys(each).length > 0);

export const criteria: fc.Arbitrary<Criteria> = fc.dictionary(fc.constantFrom(...KEYS), criterion, {
  maxKeys: 3,
  noNullPrototype: true,
});

export const finding: fc.Arbitrary<CriteriaFacts> = fc
  .record({
    resource: value,
    resourceType: value,
    principal: fc.option(value, { nil: undefined }),
    sourceIp: fc.option(value, { nil: undefined }),
    isPublic: fc.option(fc.boolean(), { nil: undefined }),
    error: fc.option(value, { nil: undefined }),
    status: fc.constantFrom('ACTIVE' as const, 'ARCHIVED' as const, 'RESOLVED' as const),
  })
  .map(({ principal, sourceIp, isPublic, error, ...rest }) => ({
    ...rest,
    id: 'x',
    resourceOwnerAccount: '111122223333',
    findingType: 'ExternalAccess' as const,
    ...(principal === undefined ? {} : { principal: { AWS: principal } }),
    ...(sourceIp === undefined ? {} : { condition: { 'aws:SourceIp': sourceIp } }),
    ...(isPublic === undefined ? {} : { isPublic }),
    ...(error === undefined ? {} : { error }),
  }));

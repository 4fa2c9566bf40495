import fc from 'fast-check';
import type { Criteria, Criterion } from '../../src/domain/archive-rule.ts';
import { criteriaValue } from '../../src/domain/criteria.ts';
import type { Finding } from '../../src/domain/finding.ts';

const KEYS = [
  'resource',
  'status',
  'resourceType',
  'resourceOwnerAccount',
  'isPublic',
  'findingType',
  'error',
  'resourceControlPolicyRestriction',
  'principal.AWS',
  'principal.federated',
  'condition.aws:SourceIp',
  'condition.unheard:of',
  'no.such',
];

const textOf = (key: string, findings: readonly Finding[]): fc.Arbitrary<string> =>
  fc.constantFrom('no-such', 'a', 'arn:', ...findings.flatMap((each) => criteriaValue(key, each) ?? []));

function arbitraryCriterion(key: string, findings: readonly Finding[]): fc.Arbitrary<Criterion> {
  const text = textOf(key, findings);
  const part = fc
    .tuple(text, fc.nat(12), fc.integer({ min: 1, max: 9 }))
    .map(([whole, from, length]) => whole.slice(from, from + length) || whole);
  const values = (one: fc.Arbitrary<string>) => fc.array(one, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    values(text).map((eq) => ({ eq })),
    values(text).map((neq) => ({ neq })),
    values(part).map((contains) => ({ contains })),
    fc.boolean().map((exists) => ({ exists })),
    fc.tuple(values(text), values(part)).map(([neq, contains]) => ({ neq, contains })),
  );
}

/** Criteria that mean some of these findings, or nearly. */
export const arbitraryCriteria = (findings: readonly Finding[]): fc.Arbitrary<Criteria> =>
  fc
    .uniqueArray(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 3 })
    .chain((keys) =>
      fc
        .tuple(...keys.map((key) => arbitraryCriterion(key, findings)))
        .map((criteria) => Object.fromEntries(keys.map((key, index) => [key, criteria[index] ?? {}]))),
    );

import type { Criteria, Criterion } from '../../domain/archive-rule.ts';
import { type CriteriaFacts, criteriaValue, matchesCriteria } from '../../domain/criteria.ts';
import type { DeadValue } from '../../domain/rules/dry-run.ts';
import type { Tally, TallyGroup } from './tally.ts';

export type GroupTest = (group: TallyGroup) => boolean;

/** The one key that groups do not answer. */
export const RESOURCE = 'resource';

/**
 * What criteria, but for `resource`, say of whole groups. Their meaning is that of domain/criteria.ts; a property test
 * holds them together. `id` is for lists only: no rule has it, and here no finding has it.
 */
export function toGroupTest(criteria: Criteria, tally: Tally): GroupTest {
  const tests = Object.entries(criteria)
    .filter(([key]) => key !== RESOURCE)
    .map(([key, criterion]) => criterionTest(key, criterion, tally));
  return (group) => tests.every((test) => test(group));
}

const criterionTest = (key: string, criterion: Criterion, tally: Tally): GroupTest =>
  remembered(key, (group) => matchesCriteria({ [key]: criterion }, asFacts(group, tally)));

/** Whether a finding of the group has the value. */
export const toValueTest = ({ key, operator, value }: DeadValue, tally: Tally): GroupTest =>
  remembered(key, (group) => {
    const present = criteriaValue(key, asFacts(group, tally));
    return present !== undefined && (operator === 'contains' ? present.includes(value) : present === value);
  });

/** What a group does not say is not looked at: the keys that would ask for it are not among its tests. */
const asFacts = (group: TallyGroup, tally: Tally): CriteriaFacts => tally.factsOf(group) as CriteriaFacts;

/** The number of a group that a key depends on; all others depend on its facts. */
const DEPENDS_ON: Readonly<Record<string, (group: TallyGroup) => number>> = {
  status: ({ status }) => status,
  resourceOwnerAccount: ({ account }) => account,
  findingType: ({ cohort }) => cohort,
  resourceType: ({ cohort }) => cohort,
};

/** Groups that have the same number say the same for the key. */
export const toGroupNumber = (key: string): ((group: TallyGroup) => number) =>
  (Object.hasOwn(DEPENDS_ON, key) ? DEPENDS_ON[key] : undefined) ?? (({ facts }) => facts);

/** What one group has answered holds for all that share the number. */
function remembered(key: string, test: GroupTest): GroupTest {
  const numberOf = toGroupNumber(key);
  const answers: boolean[] = [];
  return (group) => (answers[numberOf(group)] ??= test(group));
}

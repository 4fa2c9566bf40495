import type { Criteria, Criterion } from '../../domain/archive-rule.ts';
import { type CriteriaFacts, criteriaValue, matchesCriteria } from '../../domain/criteria.ts';
import type { DeadValue } from '../../domain/rules/dry-run.ts';
import type { Tally } from './tally.ts';
import type { TallyGroups } from './tally-groups.ts';

/** Asked of the number of a group. */
export type GroupTest = (group: number) => boolean;

/** The one key that groups do not answer. */
export const RESOURCE = 'resource';

interface Parts {
  readonly groups: TallyGroups;
  readonly tally: Tally;
}

/**
 * What criteria, but for `resource`, say of whole groups. Their meaning is that of domain/criteria.ts; a property test
 * holds them together. `id` is for lists only: no rule has it, and here no finding has it.
 */
export function toGroupTest(criteria: Criteria, parts: Parts): GroupTest {
  const tests = Object.entries(criteria)
    .filter(([key]) => key !== RESOURCE)
    .map(([key, criterion]) => criterionTest(key, criterion, parts));
  return (group) => tests.every((test) => test(group));
}

const criterionTest = (key: string, criterion: Criterion, parts: Parts): GroupTest =>
  remembered(key, parts, (group) => matchesCriteria({ [key]: criterion }, asFacts(group, parts)));

/** Whether a finding of the group has the value. */
export const toValueTest = ({ key, operator, value }: DeadValue, parts: Parts): GroupTest =>
  remembered(key, parts, (group) => {
    const present = criteriaValue(key, asFacts(group, parts));
    return present !== undefined && (operator === 'contains' ? present.includes(value) : present === value);
  });

/** What a group does not say is not looked at: the keys that would ask for it are not among its tests. */
const asFacts = (group: number, { tally }: Parts): CriteriaFacts => tally.factsOf(group) as CriteriaFacts;

type NumberOf = (group: number) => number;

/** The number of a group that a key depends on; all others depend on its facts. */
const DEPENDS_ON: Readonly<Record<string, (groups: TallyGroups) => NumberOf>> = {
  status: (groups) => (group) => groups.kind(group).status,
  resourceOwnerAccount: (groups) => (group) => groups.kind(group).account,
  findingType: (groups) => (group) => groups.kind(group).cohort,
  resourceType: (groups) => (group) => groups.kind(group).cohort,
};

/** Groups that have the same number say the same for the key. */
export const toGroupNumber = (key: string, groups: TallyGroups): NumberOf =>
  (Object.hasOwn(DEPENDS_ON, key) ? DEPENDS_ON[key]?.(groups) : undefined) ??
  ((group) => groups.factsOf[group] ?? 0);

/** What one group has answered holds for all that share the number. */
function remembered(key: string, { groups }: Parts, test: GroupTest): GroupTest {
  const numberOf = toGroupNumber(key, groups);
  const answers: boolean[] = [];
  return (group) => (answers[numberOf(group)] ??= test(group));
}

import type { Criteria } from '../../domain/archive-rule.ts';
import { knownBeforeDetail } from '../../domain/rules/dry-run.ts';
import { STATUS_CODES, TYPE_CODES } from '../codes.ts';
import { toGroupTest } from './criteria-groups.ts';
import type { Tally, TallyGroup } from './tally.ts';

/** What the findings of a group count as, for one rule and but for its criterion of the resource. */
export const CAUGHT = 1;
export const ACTIVE = 2;
export const PUBLIC = 4;
export const UNCERTAIN = 8;

/** A set of flags for each group, in their order; 0: the rule does not mean it. */
export function flagGroups(groups: readonly TallyGroup[], criteria: Criteria, tally: Tally): Uint8Array {
  const known = knownBeforeDetail(criteria);
  const isMeant = toGroupTest(criteria, tally);
  const mayBeMeant = known === undefined ? () => false : toGroupTest(known, tally);
  const flags = new Uint8Array(groups.length);
  groups.forEach((group, index) => {
    const isActive = group.status === STATUS_CODES.ACTIVE;
    if (known !== undefined && lacksDetail(group, tally)) {
      if (isActive && mayBeMeant(group)) flags[index] = UNCERTAIN;
    } else if (isMeant(group)) {
      const open = isActive && tally.accessOf(group).isPublic === true ? PUBLIC : 0;
      flags[index] = CAUGHT | (isActive ? ACTIVE : 0) | open;
    }
  });
  return flags;
}

/** As in domain/rules/dry-run.ts. */
function lacksDetail(group: TallyGroup, tally: Tally): boolean {
  if (tally.typeOf(group) !== TYPE_CODES.InternalAccess) return false;
  const { principal, error } = tally.accessOf(group);
  return principal === undefined && error === undefined;
}

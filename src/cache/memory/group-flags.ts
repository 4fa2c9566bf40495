import type { Criteria } from '../../domain/archive-rule.ts';
import { knownBeforeDetail } from '../../domain/rules/dry-run.ts';
import { STATUS_CODES, TYPE_CODES } from '../codes.ts';
import { toGroupTest } from './criteria-groups.ts';
import type { Tally } from './tally.ts';
import type { TallyGroups } from './tally-groups.ts';

/** What the findings of a group count as, for one rule and but for its criterion of the resource. */
export const CAUGHT = 1;
export const ACTIVE = 2;
export const PUBLIC = 4;
export const UNCERTAIN = 8;

/** A set of flags for each group; 0: the rule does not mean it. */
export function flagGroups(groups: TallyGroups, criteria: Criteria, tally: Tally): Uint8Array {
  const known = knownBeforeDetail(criteria);
  const isMeant = toGroupTest(criteria, { groups, tally });
  const mayBeMeant = known === undefined ? () => false : toGroupTest(known, { groups, tally });
  const flags = new Uint8Array(groups.length);
  for (let group = 0; group < flags.length; group++) {
    const kind = groups.kind(group);
    const isActive = kind.status === STATUS_CODES.ACTIVE;
    if (known !== undefined && lacksDetail(group, groups, tally)) {
      if (isActive && mayBeMeant(group)) flags[group] = UNCERTAIN;
    } else if (isMeant(group)) {
      const open = isActive && kind.public === 1 ? PUBLIC : 0;
      flags[group] = CAUGHT | (isActive ? ACTIVE : 0) | open;
    }
  }
  return flags;
}

/** As in domain/rules/dry-run.ts. */
function lacksDetail(group: number, groups: TallyGroups, tally: Tally): boolean {
  if (groups.kind(group).type !== TYPE_CODES.InternalAccess) return false;
  const { principal, error } = tally.accessOf(group);
  return principal === undefined && error === undefined;
}

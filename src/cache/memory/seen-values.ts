import type { DeadValue } from '../../domain/rules/dry-run.ts';
import { type GroupTest, RESOURCE, toValueTest } from './criteria-groups.ts';
import { countMeant } from './each-finding.ts';
import { toFlags } from './flags.ts';
import type { Tally, TallyContent } from './tally.ts';

/** Whether a finding of a chosen group has the value that a criterion speaks of, as in domain/rules/dry-run.ts. */
export function isSeen(value: DeadValue, content: TallyContent, tally: Tally, isChosen: GroupTest): boolean {
  if (value.key === RESOURCE) return isResourceSeen(value, content, isChosen);
  const { groups } = content;
  const hasValue = toValueTest(value, { groups, tally });
  for (let group = 0; group < groups.length; group++)
    if ((groups.findings[group] ?? 0) > 0 && isChosen(group) && hasValue(group)) return true;
  return false;
}

function isResourceSeen({ operator, value }: DeadValue, content: TallyContent, isChosen: GroupTest): boolean {
  const hits = content.resources.hits(operator === 'contains' ? { contains: [value] } : { eq: [value] });
  const chosen = toFlags(content.groups.length, isChosen);
  for (let exposure = hits.indexOf(1); exposure >= 0; exposure = hits.indexOf(1, exposure + 1))
    if (countMeant(content, chosen, exposure) > 0) return true;
  return false;
}

import type { DeadValue } from '../../domain/rules/dry-run.ts';
import { RESOURCE, toValueTest } from './criteria-groups.ts';
import type { Tally, TallyContent, TallyGroup } from './tally.ts';

/** Whether a finding of a chosen group has the value that a criterion speaks of, as in domain/rules/dry-run.ts. */
export function isSeen(
  value: DeadValue,
  content: TallyContent,
  tally: Tally,
  isChosen: (group: TallyGroup) => boolean,
): boolean {
  if (value.key === RESOURCE) return isResourceSeen(value, content, isChosen);
  const hasValue = toValueTest(value, tally);
  return content.groups.some((group) => group.findings > 0 && isChosen(group) && hasValue(group));
}

function isResourceSeen(
  { operator, value }: DeadValue,
  { groups, groupOf, firstFinding, resources }: TallyContent,
  isChosen: (group: TallyGroup) => boolean,
): boolean {
  const hits = resources.hits(operator === 'contains' ? { contains: [value] } : { eq: [value] });
  for (let exposure = hits.indexOf(1); exposure >= 0; exposure = hits.indexOf(1, exposure + 1)) {
    const end = firstFinding[exposure + 1] ?? 0;
    for (let finding = firstFinding[exposure] ?? 0; finding < end; finding++) {
      const group = groups[groupOf[finding] ?? 0];
      if (group !== undefined && isChosen(group)) return true;
    }
  }
  return false;
}

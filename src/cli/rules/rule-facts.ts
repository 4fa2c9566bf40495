import { formatCount, formatNumber } from '../../domain/format-count.ts';
import type { Criteria } from '../../domain/archive-rule.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { canonicalCriteria } from '../../domain/rules/criteria-algebra.ts';
import { formatCriteria, formatCriterion } from '../../domain/rules/criteria-text.ts';
import { dryRunRule, findDeadValues, valuesOf } from '../../domain/rules/dry-run.ts';
import { unknownKeys } from '../../domain/rules/limits.ts';
import { cleanText } from '../../domain/text.ts';
import type { RuleTarget } from '../../triage/rules/rule-target.ts';
import { shortResource } from '../../domain/arn.ts';
import type { PlanFacts } from '../plan-command.ts';

const MOST_SHOWN = 10;

/** A rule's filter on an analyzer. */
export interface Placed {
  readonly filter: Criteria;
  readonly target: RuleTarget;
}

export const placeEach = (filters: readonly Criteria[], targets: readonly RuleTarget[]): readonly Placed[] =>
  targets.flatMap((target) => filters.map((filter) => ({ filter, target })));

/** What the rules would do on their analyzers, from the store: numbers, ids, and what to look twice at. */
export function createRuleFacts(placed: readonly Placed[]): PlanFacts {
  const archived = new Map<string, StoredFinding>();
  let caught = 0;
  let uncertain = 0;
  for (const { filter, target } of placed) {
    const run = dryRunRule(filter, target.findings());
    for (const finding of run.wouldArchive) archived.set(`${finding.analyzerArn} ${finding.id}`, finding);
    caught += run.caught;
    uncertain += run.uncertain;
  }
  const found = [...archived.values()];
  const publicOnes = found.filter(({ isPublic }) => isPublic === true);
  const filters = [...new Map(placed.map(({ filter }) => [canonicalCriteria(filter), filter])).values()];
  const targets = [...new Set(placed.map(({ target }) => target))];
  const dead = filters.flatMap((filter) => deadValuesOf(filter, targets));
  const unknown = [...new Set(filters.flatMap((filter) => unknownKeys(filter)).map(({ key }) => key))];
  return {
    json: {
      wouldArchive: found.length,
      ids: found.map(({ id }) => id),
      public: publicOnes.length,
      caught,
      uncertain,
      filters,
      deadValues: dead,
      unknownKeys: unknown,
    },
    text: [
      ...filters.map((filter) => `Archives findings where ${cleanText(formatCriteria(filter))}.`),
      `Would archive ${formatCount(found.length, 'active finding')} now, ${formatNumber(publicOnes.length)} of them public; would have caught ${formatNumber(caught)}.`,
      ...found.slice(0, MOST_SHOWN).map(formatFinding),
      ...(found.length > MOST_SHOWN
        ? [`  … and ${formatNumber(found.length - MOST_SHOWN)} more (--json has every id)`]
        : []),
      ...(uncertain === 0
        ? []
        : [`  ${formatNumber(uncertain)} more may match: their details are not fetched yet.`]),
      ...dead.map((text) => `  No finding in the store matches ${cleanText(text)}: a typing error?`),
      ...unknown.map((key) => `  AWS does not document the key ${cleanText(key)}.`),
      '',
    ].join('\n'),
  };
}

const formatFinding = ({ region, resource, resourceType, isPublic }: StoredFinding): string =>
  `  ${isPublic === true ? '! public ' : ''}${region}  ${cleanText(shortResource(resource, resourceType))}`;

function deadValuesOf(filter: Criteria, targets: readonly RuleTarget[]): string[] {
  if (valuesOf(filter).length === 0) return [];
  return findDeadValues(filter, everyFinding(targets)).flatMap(({ key, operator, value }) =>
    formatCriterion(key, { [operator]: [value] }),
  );
}

function* everyFinding(targets: readonly RuleTarget[]): Generator<StoredFinding> {
  for (const target of targets) yield* target.findings();
}

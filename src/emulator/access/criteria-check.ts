import type { Criteria } from '../../domain/archive-rule.ts';
import { CRITERIA_KEYS } from '../../domain/criteria.ts';
import { type FieldViolation, validationError } from '../wire/service-error.ts';

export type CriteriaUse = 'list' | 'rule';

const KEYS_FOR_LISTS: ReadonlySet<string> = new Set(CRITERIA_KEYS.map(({ key }) => key));
const KEYS_FOR_RULES: ReadonlySet<string> = new Set(
  CRITERIA_KEYS.filter(({ use }) => use === 'list-and-rule').map(({ key }) => key),
);

/**
 * Throws ValidationException for keys that cannot be used here and for criteria that say nothing. Values are not
 * checked: the service does not do it either, a typo archives nothing, silently (ACCESS-ANALYZER: filters).
 */
export function checkCriteria(criteria: Criteria, use: CriteriaUse): void {
  const keys = use === 'rule' ? KEYS_FOR_RULES : KEYS_FOR_LISTS;
  const violations = Object.entries(criteria).flatMap(([key, criterion]): FieldViolation[] => {
    if (!keys.has(key))
      return [{ name: `filter.${key}`, message: `${key} is not a filter key of ${useText(use)}` }];
    const empty = Object.values(criterion).every((value) => value === undefined || value === null);
    return empty ? [{ name: `filter.${key}`, message: `The criterion for ${key} has no operator` }] : [];
  });
  if (use === 'rule' && Object.keys(criteria).length === 0) {
    violations.push({
      name: 'filter',
      message: 'The filter of an archive rule needs at least one criterion',
    });
  }
  if (violations.length === 0) return;
  throw validationError(
    `Invalid filter: ${violations.map(({ message }) => message).join('; ')}`,
    'fieldValidationFailed',
    violations,
  );
}

const useText = (use: CriteriaUse): string => (use === 'rule' ? 'archive rules' : 'finding lists');

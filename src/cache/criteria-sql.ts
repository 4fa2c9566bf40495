import type { Criteria, Criterion } from '../domain/archive-rule.ts';
import { type CriteriaFacts, criteriaValue, matchesCriteria } from '../domain/criteria.ts';
import type { Candidates, RowTest } from './filter-node.ts';
import { COLUMN_KEYS, columnTest } from './filter-rules.ts';
import type { SearchIndex } from './search-index.ts';
import type { GroupFacts, Tally, TallyGroup } from './tally.ts';

export type GroupTest = (group: TallyGroup) => boolean;

/** Criteria made ready for the store: what whole groups decide, and what only single findings do (resource, id). */
export interface CompiledCriteria {
  readonly ofGroup: GroupTest;
  readonly ofRow: RowTest | undefined;
}

/** Keys whose value is in a finding's own row, not in its group. */
export const isRowKey = (key: string): boolean => Object.hasOwn(COLUMN_KEYS, key);

/** What criteria mean is said in domain/criteria.ts; a property test holds this against it. */
export function compileCriteria(criteria: Criteria, tally: Tally, search: SearchIndex): CompiledCriteria {
  const entries = Object.entries(criteria);
  const tests = entries
    .filter(([key]) => !isRowKey(key))
    .map(([key, criterion]) => groupTest(key, criterion, tally));
  const rows = entries.flatMap(([key, criterion]) =>
    isRowKey(key) ? [rowTest(key, criterion, search)] : [],
  );
  return { ofGroup: (group) => tests.every((test) => test(group)), ofRow: joinRows(rows) };
}

/** The groups' numbers that a key depends on: what one group has answered holds for all that share them. */
const DEPENDS_ON: Readonly<Record<string, (group: TallyGroup) => number>> = {
  status: ({ status }) => status,
  resourceOwnerAccount: ({ account }) => account,
  findingType: ({ cohort }) => cohort,
  resourceType: ({ cohort }) => cohort,
};
const factsNumber = ({ facts }: TallyGroup): number => facts;

function groupTest(key: string, criterion: Criterion, tally: Tally): GroupTest {
  const numberOf = Object.hasOwn(DEPENDS_ON, key) ? (DEPENDS_ON[key] ?? factsNumber) : factsNumber;
  const criteria = { [key]: criterion };
  return remembered(numberOf, (group) => matchesCriteria(criteria, asFacts(tally.factsOf(group))));
}

/** A key that is not there reads as "none": criteriaValue looks at nothing else of a finding. */
const asFacts = (facts: GroupFacts): CriteriaFacts => facts as CriteriaFacts;

function remembered(numberOf: (group: TallyGroup) => number, test: GroupTest): GroupTest {
  const answers = new Map<number, boolean>();
  return (group) => {
    const number = numberOf(group);
    const known = answers.get(number);
    if (known !== undefined) return known;
    const answer = test(group);
    answers.set(number, answer);
    return answer;
  };
}

/** Whether a finding of the group has the value. */
export function valueTest(
  { key, operator, value }: { readonly key: string; readonly operator: string; readonly value: string },
  tally: Tally,
): GroupTest {
  const numberOf = Object.hasOwn(DEPENDS_ON, key) ? (DEPENDS_ON[key] ?? factsNumber) : factsNumber;
  return remembered(numberOf, (group) => {
    const present = criteriaValue(key, asFacts(tally.factsOf(group)));
    return present !== undefined && (operator === 'contains' ? present.includes(value) : present === value);
  });
}

export function rowTest(key: string, criterion: Criterion, search: SearchIndex): RowTest {
  const node = columnTest(COLUMN_KEYS[key] ?? '', criterion);
  if (node.kind !== 'row') return { kind: 'row', sql: '0', values: [] };
  const candidates = key === 'resource' ? resourceCandidates(criterion, search) : undefined;
  return candidates === undefined ? node : { ...node, candidates };
}

/** By the trigram index, where each of the alternatives is long enough for it. */
function resourceCandidates({ eq, contains }: Criterion, search: SearchIndex): Candidates | undefined {
  const texts = eq ?? contains;
  if (texts === undefined || texts.length === 0) return undefined;
  const found: Candidates[] = [];
  for (const text of texts) {
    const candidates = search.candidates({ parts: ['', text, ''] });
    if (candidates === undefined) return undefined;
    found.push(candidates);
  }
  return {
    sql: found.map(({ sql }) => sql).join(' UNION ALL '),
    values: found.flatMap(({ values }) => values),
  };
}

function joinRows(rows: readonly RowTest[]): RowTest | undefined {
  if (rows.length === 0) return undefined;
  const candidates = rows.find((row) => row.candidates !== undefined)?.candidates;
  return {
    kind: 'row',
    sql: rows.map(({ sql }) => `(${sql})`).join(' AND '),
    values: rows.flatMap(({ values }) => values),
    ...(candidates === undefined ? {} : { candidates }),
  };
}

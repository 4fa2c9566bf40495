import type { ArchiveRule, Criteria, Criterion } from '../domain/archive-rule.ts';
import { type CriteriaFacts, matchesCriteria } from '../domain/criteria.ts';
import { FINDING_STATUSES, FINDING_TYPES } from '../domain/finding.ts';
import { STATUS_CODES, TYPE_CODES } from './codes.ts';
import type { AccessFacts } from './facts-text.ts';
import { factsPassing } from './facts-search.ts';
import { accounts, errors, type FacetParts, resourceTypes } from './filter-facets.ts';
import { type Facet, type FilterNode, NEVER } from './filter-node.ts';
import type { SqlValue } from './sqlite.ts';

/** `rule:NAME`: an archive rule of the finding's analyzer means it. What criteria mean is said in domain/criteria.ts. */
interface Choice {
  readonly id: number;
  readonly facts: Partial<CriteriaFacts>;
}

const holds = (criteria: Criteria, facts: Partial<CriteriaFacts>): boolean =>
  matchesCriteria(criteria, facts as CriteriaFacts);

/** The criteria keys that a facet answers, with every value it can have. */
const FACET_KEYS: Readonly<
  Record<string, { facet: Facet; choices: (parts: FacetParts) => readonly Choice[] }>
> = {
  findingType: {
    facet: 'type',
    choices: () =>
      FINDING_TYPES.map((findingType) => ({ id: TYPE_CODES[findingType], facts: { findingType } })),
  },
  status: {
    facet: 'status',
    choices: () => FINDING_STATUSES.map((status) => ({ id: STATUS_CODES[status], facts: { status } })),
  },
  resourceType: {
    facet: 'resourceType',
    choices: (parts) => resourceTypes(parts).map(({ id, text }) => ({ id, facts: { resourceType: text } })),
  },
  resourceOwnerAccount: {
    facet: 'account',
    choices: (parts) =>
      accounts(parts).map(({ id, text }) => ({ id, facts: { resourceOwnerAccount: text } })),
  },
  error: {
    facet: 'error',
    choices: (parts) => [
      { id: 0, facts: {} },
      ...errors(parts).map(({ id, text }) => ({ id, facts: { error: text } })),
    ],
  },
};

/** The criteria keys whose value stands in a finding's own row. */
export const COLUMN_KEYS: Readonly<Record<string, string>> = { resource: 'e.resource', id: 'f.aws_id' };

/** Compared exactly, case included; these columns are never without a value. */
export function columnTest(column: string, { eq, neq, contains, exists }: Criterion): FilterNode {
  if (exists === false) return NEVER;
  const values: SqlValue[] = [];
  const listed = (texts: readonly string[], test: (slot: string) => string): string => {
    values.push(...texts);
    return `(${texts.map(() => test('?')).join(' OR ') || '0'})`;
  };
  const exactly = `${column} COLLATE BINARY`;
  const tests = [
    ...(eq === undefined ? [] : [listed(eq, (slot) => `${exactly} = ${slot}`)]),
    ...(neq === undefined ? [] : [`NOT ${listed(neq, (slot) => `${exactly} = ${slot}`)}`]),
    ...(contains === undefined ? [] : [listed(contains, (slot) => `instr(${column}, ${slot}) > 0`)]),
  ];
  return { kind: 'row', sql: tests.join(' AND ') || '1', values };
}

function criterionNode(key: string, criterion: Criterion, parts: FacetParts): FilterNode {
  const criteria: Criteria = { [key]: criterion };
  const facet = Object.hasOwn(FACET_KEYS, key) ? FACET_KEYS[key] : undefined;
  if (facet !== undefined) {
    const ids = facet
      .choices(parts)
      .filter(({ facts }) => holds(criteria, facts))
      .map(({ id }) => id);
    return { kind: 'facet', facet: facet.facet, ids: new Set(ids) };
  }
  const column = Object.hasOwn(COLUMN_KEYS, key) ? COLUMN_KEYS[key] : undefined;
  if (column !== undefined) {
    const test = columnTest(column, criterion);
    if (key !== 'resource' || test.kind !== 'row') return test;
    return {
      ...test,
      memory: { on: 'resources', mark: (resources, marks) => resources.meeting(criterion, marks) },
    };
  }
  const ids = factsPassing(parts.connection, ANY, (facts: AccessFacts) => holds(criteria, facts));
  return {
    kind: 'row',
    sql: '+f.facts IN (SELECT value FROM json_each(?))',
    values: [JSON.stringify(ids)],
    memory: { on: 'facts', ids },
  };
}

/** No pattern narrows down which facts to look at. */
const ANY = [{ parts: ['', ''] }];

/** Findings that one of the archive rules with such a name means. */
export function rulesNode(isMeant: (name: string) => boolean, parts: FacetParts): FilterNode {
  const rules = parts.connection
    .all<{ analyzer: number; name: string; body: string }>('SELECT analyzer, name, body FROM archive_rule')
    .filter(({ name }) => isMeant(name));
  const items = rules.map(({ analyzer, body }): FilterNode => {
    const { filter } = JSON.parse(body) as ArchiveRule;
    return {
      kind: 'and',
      items: [
        { kind: 'facet', facet: 'analyzer', ids: new Set([analyzer]) },
        ...Object.entries(filter).map(([key, criterion]) => criterionNode(key, criterion, parts)),
      ],
    };
  });
  return { kind: 'or', items };
}

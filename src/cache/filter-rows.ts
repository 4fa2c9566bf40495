import type { FilterContext, FilterKey, Pattern } from '../domain/filter/ast.ts';
import { conditionNames, ID_WORD_LENGTH, principalNames } from '../domain/filter/match.ts';
import { type MomentTerm, rangeOf } from '../domain/filter/moments.ts';
import { isLiteral, matchesFromBoundary } from '../domain/filter/patterns.ts';
import { NEVER_USED } from './details.ts';
import type { AccessFacts } from './facts-text.ts';
import { factsPassing, factsWithWord } from './facts-search.ts';
import {
  ALWAYS,
  type Candidates,
  type FilterNode,
  type MemoryTest,
  NEVER,
  type RowTest,
  type Sql,
} from './filter-node.ts';
import { anywhereSql, fromBoundarySql, likeOf } from './pattern-sql.ts';
import type { SearchIndex } from './search-index.ts';
import type { Connection } from './sqlite.ts';

/** The parts of a filter that look at single findings. Each must agree with domain/filter/match.ts. */
export interface RowParts {
  readonly connection: Connection;
  readonly search: SearchIndex;
}

/** Letters beyond ASCII were folded when the exposure was written; LIKE folds the rest. */
const RESOURCE = 'ifnull(e.folded, e.resource)';

const LIST = '(SELECT value FROM json_each(?))';

/** Greater than anything that begins with the prefix. */
const endOfPrefix = (prefix: string): string => `${prefix}\u{10ffff}`;

function ofFacts(ids: readonly number[]): FilterNode {
  if (ids.length === 0) return NEVER;
  const values = [JSON.stringify(ids)];
  const live = `SELECT exposure AS id FROM finding WHERE facts IN ${LIST} AND gone_at IS NULL`;
  return {
    kind: 'row',
    // Without the + SQLite would look each exposure up under each of the facts, which are thousands.
    sql: `+f.facts IN ${LIST}`,
    values,
    lone: { sql: `e.id IN (${live})`, values },
    candidates: { sql: live, values },
    memory: { on: 'facts', ids },
  };
}

function ofKeys(keys: readonly string[], parts: RowParts): FilterNode {
  if (keys.length === 0) return NEVER;
  const values = [JSON.stringify(keys)];
  const candidates = { sql: `SELECT id FROM exposure WHERE key IN ${LIST}`, values };
  const rows = (): readonly number[] => rowsOf(candidates, parts);
  return {
    kind: 'row',
    sql: `e.key IN ${LIST}`,
    values,
    candidates,
    memory: { on: 'exposures', rows, lone: false },
  };
}

const rowsOf = ({ sql, values }: Candidates, { connection }: RowParts): readonly number[] =>
  connection.once<{ id: number }>(sql, values).map(({ id }) => id);

const anyOf = (tests: readonly FilterNode[]): FilterNode => ({ kind: 'or', items: tests });

const withCandidates = (test: Sql, candidates: RowTest['candidates'], memory?: MemoryTest): FilterNode => ({
  kind: 'row',
  sql: test.sql,
  values: test.values,
  ...(candidates === undefined ? {} : { candidates }),
  ...(memory === undefined ? {} : { memory }),
});

const ofResource = (patterns: readonly Pattern[], { search }: RowParts): FilterNode =>
  anyOf(
    patterns.map((pattern) =>
      withCandidates(fromBoundarySql(RESOURCE, pattern), search.candidates(pattern), {
        on: 'resources',
        mark: (resources, marks) => resources.matching(pattern, marks),
      }),
    ),
  );

function ofId(pattern: Pattern): FilterNode {
  const like = likeOf(pattern);
  const test: Sql = { sql: "f.aws_id LIKE ? ESCAPE '\\' OR e.key LIKE ? ESCAPE '\\'", values: [like, like] };
  const start = (pattern.parts[0] ?? '').toLowerCase();
  if (start === '') return withCandidates(test, undefined);
  const range = [start, isLiteral(pattern) ? start : endOfPrefix(start)];
  return withCandidates(test, {
    sql: `SELECT exposure AS id FROM finding WHERE aws_id BETWEEN ? AND ? UNION SELECT id FROM exposure WHERE key BETWEEN ? AND ?`,
    values: [...range, ...range],
  });
}

function ofIdStart(pattern: Pattern, parts: RowParts): FilterNode[] {
  const word = isLiteral(pattern) ? (pattern.parts[0] ?? '').toLowerCase() : '';
  if (word.length < ID_WORD_LENGTH) return [];
  const test: Sql = { sql: `substr(f.aws_id, 1, ${[...word].length}) = ?`, values: [word] };
  const candidates = {
    sql: 'SELECT exposure AS id FROM finding WHERE aws_id BETWEEN ? AND ?',
    values: [word, endOfPrefix(word)],
  };
  const rows = (): readonly number[] => rowsOf(candidates, parts);
  return [withCandidates(test, candidates, { on: 'exposures', rows, lone: true })];
}

/** What of a bare word the facets do not answer. */
export function rowsOfWord(pattern: Pattern, parts: RowParts): FilterNode[] {
  return [
    withCandidates(anywhereSql(RESOURCE, pattern), parts.search.candidates(pattern), {
      on: 'resources',
      mark: (resources, marks) => resources.holding(pattern, marks),
    }),
    ofFacts(factsWithWord(parts.connection, pattern)),
    ...ofIdStart(pattern, parts),
  ];
}

const FACTS_VALUES: Readonly<Partial<Record<FilterKey, (facts: AccessFacts) => readonly string[]>>> = {
  principal: (facts) => principalNames(facts.principal),
  action: (facts) => facts.action ?? [],
  condition: (facts) => conditionNames(facts.condition),
};

/** `resource:*backup*`, `principal:4444*`, `id:…`; undefined: not a key that findings answer. */
export function rowsOfKey(
  key: FilterKey,
  values: readonly Pattern[],
  parts: RowParts,
): FilterNode | undefined {
  if (key === 'resource') return ofResource(values, parts);
  if (key === 'id') return anyOf(values.map(ofId));
  const select = FACTS_VALUES[key];
  if (select === undefined) return undefined;
  return ofFacts(
    factsPassing(parts.connection, values, (facts) =>
      select(facts).some((value) => values.some((pattern) => matchesFromBoundary(pattern, value))),
    ),
  );
}

/** `new:yes`, `marked:yes`. */
export function rowsOfFlag(key: FilterKey, context: FilterContext, parts: RowParts): FilterNode | undefined {
  if (key === 'marked') return ofKeys([...context.marked], parts);
  return key === 'new' ? ofFirstSeen(context.lastVisitAt, parts) : undefined;
}

/** Often all findings are new, on the first day, or none: the ends of the index tell. */
function ofFirstSeen(since: number, { connection }: RowParts): FilterNode {
  const end = (name: 'min' | 'max'): number | null =>
    connection.get<{ at: number | null }>(`SELECT ${name}(first_seen_at) AS at FROM finding`)?.at ?? null;
  const first = end('min');
  const last = end('max');
  if (first === null || last === null || last <= since) return NEVER;
  if (first > since) return ALWAYS;
  return {
    kind: 'row',
    sql: 'f.first_seen_at > ?',
    values: [since],
    candidates: { sql: 'SELECT exposure AS id FROM finding WHERE first_seen_at > ?', values: [since] },
  };
}

/** Exposures that a test of their decisions has picked. */
export const rowsOfExposures = ofKeys;

const TIMES: Readonly<Record<MomentTerm['key'], string>> = {
  age: 'f.created_at',
  updated: 'f.updated_at',
  used: 'd.last_used',
};

/** `age:>30d`: a range of times. "Never" is in every range that is open to the past, the unknown in none. */
export function rowsOfMoment(term: MomentTerm, now: number): FilterNode {
  const range = rangeOf(term, now);
  const time = TIMES[term.key];
  if (range === undefined) {
    return term.key === 'used'
      ? { kind: 'row', sql: `ifnull(${time} = ${NEVER_USED}, 0)`, values: [] }
      : NEVER;
  }
  const { from, until } = range;
  const bounds = [
    ...(from === undefined ? [] : [`${time} >= ?`]),
    ...(until === undefined ? [] : [`${time} < ?`]),
  ];
  const inside = bounds.join(' AND ') || '1';
  const values = [from, until].filter((bound) => bound !== undefined);
  if (term.key !== 'used') {
    const lone = { sql: inside.replaceAll('f.', 'e.'), values };
    const memory: MemoryTest = { on: 'created', from, until };
    return { kind: 'row', sql: inside, lone, values, ...(term.key === 'age' ? { memory } : {}) };
  }
  const never = from === undefined ? '1' : '0';
  return {
    kind: 'row',
    sql: `CASE WHEN ${time} IS NULL THEN 0 WHEN ${time} = ${NEVER_USED} THEN ${never} ELSE ${inside} END`,
    values,
  };
}

import type { Pattern } from '../domain/filter/ast.ts';
import { anywhere, matchesPattern } from '../domain/filter/patterns.ts';
import type { AccessFacts } from './facts-text.ts';
import { parseNumbers } from './number-list.ts';
import { requiredParts } from './pattern-sql.ts';
import type { Connection } from './sqlite.ts';

interface FactsRow {
  readonly id: number;
  readonly body: string;
  readonly text: string;
}

/** Rows whose text holds all required parts of one of the patterns; what they mean is left to the caller. */
function* rowsHolding(connection: Connection, groups: readonly (readonly string[])[]): Generator<FactsRow> {
  const conditions = groups.map((parts) => parts.map(() => 'instr(text, ?) > 0').join(' AND ') || '1');
  const sql = `SELECT id, body, text FROM facts WHERE ${conditions.map((each) => `(${each})`).join(' OR ')}`;
  yield* connection.iterate<FactsRow>(sql, groups.flat());
}

/** One line of a text that holds a literal part is all that a word without wildcards asks for. */
function idsHolding(connection: Connection, [part = '']: readonly string[]): number[] {
  const sql = 'SELECT group_concat(id) AS ids FROM facts WHERE instr(text, ?) > 0';
  return Array.from(parseNumbers(connection.get<{ ids: string | null }>(sql, part)?.ids));
}

/** Ids of the facts that hold a bare word. */
export function factsWithWord(connection: Connection, pattern: Pattern): number[] {
  const inside = anywhere(pattern);
  const parts = requiredParts(pattern);
  if (pattern.parts.length === 1 && !parts.some((part) => part.includes('\n')))
    return idsHolding(connection, parts);
  const found: number[] = [];
  for (const row of rowsHolding(connection, [parts])) {
    if (row.text.split('\n').some((line) => matchesPattern(inside, line))) found.push(row.id);
  }
  return found;
}

/** A literal `*` is written `everyone` in the text, and `key=value` is two lines: such parts cannot narrow. */
const narrowing = (pattern: Pattern): string[] =>
  requiredParts(pattern)
    .filter((part) => !part.includes('*') && !'everyone'.includes(part))
    .flatMap((part) => part.split('='))
    .map((part) => part.replace(/^[/:]/, ''))
    .filter((part) => part !== '');

/** Ids of the facts that pass a test; one of the patterns must match what it looks at. */
export function factsPassing(
  connection: Connection,
  patterns: readonly Pattern[],
  test: (facts: AccessFacts) => boolean,
): number[] {
  const found: number[] = [];
  for (const row of rowsHolding(connection, patterns.map(narrowing))) {
    if (test(JSON.parse(row.body) as AccessFacts)) found.push(row.id);
  }
  return found;
}

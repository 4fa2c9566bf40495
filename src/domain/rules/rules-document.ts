import { ANALYZER_TYPES, type AnalyzerType } from '../analyzer.ts';
import type { Criteria, Criterion } from '../archive-rule.ts';
import { fail, type Problem, type Result, succeed } from '../problem.ts';
import { formatCriteria } from './criteria-text.ts';

/**
 * The file that `rules export` writes and `rules import` reads: JSON, versioned, readable. Rules stand under the analyzer
 * that they are from; times are ISO 8601.
 */
export const RULES_FORMAT = 'iam-triage/archive-rules';
export const RULES_VERSION = 1;

export interface RulesDocument {
  readonly exportedAt: string;
  readonly analyzers: readonly AnalyzerRules[];
}

export interface AnalyzerRules {
  readonly profile: string;
  readonly region: string;
  readonly arn: string;
  readonly name: string;
  readonly type: AnalyzerType;
  readonly rules: readonly DocumentRule[];
}

export interface DocumentRule {
  readonly name: string;
  /** For people; import does not read it. */
  readonly comment: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly filter: Criteria;
}

export function formatRulesDocument({ exportedAt, analyzers }: RulesDocument): string {
  return `${JSON.stringify({ format: RULES_FORMAT, version: RULES_VERSION, exportedAt, analyzers }, null, 2)}\n`;
}

/** What a reader of the file should know of a rule without reading its filter. */
export const commentOf = (filter: Criteria): string => `Archives findings where ${formatCriteria(filter)}.`;

/** Reads the file again; says where it is wrong. Nothing of a file with a mistake in it is taken. */
export function parseRulesDocument(text: string): Result<RulesDocument> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    return fail(wrong(`This is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}.`));
  }
  if (!isRecord(json) || json['format'] !== RULES_FORMAT) {
    return fail(wrong(`This is not a file of archive rules: "format" should be "${RULES_FORMAT}".`));
  }
  const version = json['version'];
  if (typeof version !== 'number') return fail(wrong('The file has no "version".'));
  if (version > RULES_VERSION) {
    return fail(
      wrong(
        `The file is of version ${version}; this program reads up to ${RULES_VERSION}.`,
        'Update iam-triage.',
      ),
    );
  }
  try {
    return succeed({
      exportedAt: typeof json['exportedAt'] === 'string' ? json['exportedAt'] : '',
      analyzers: listAt(json, 'analyzers', 'analyzers').map(toAnalyzerRules),
    });
  } catch (thrown) {
    if (thrown instanceof Misfit) return fail(wrong(thrown.message));
    throw thrown;
  }
}

const wrong = (message: string, hint = 'Write one with: iam-triage rules export'): Problem => ({
  kind: 'usage',
  message,
  hint,
});

/** A place in the file that does not hold what it should; stays inside this module. */
class Misfit extends Error {}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function recordAt(value: unknown, place: string): Record<string, unknown> {
  if (!isRecord(value)) throw new Misfit(`${place} should be an object.`);
  return value;
}

function listAt(record: Record<string, unknown>, key: string, place: string): readonly unknown[] {
  const value = record[key];
  if (!Array.isArray(value)) throw new Misfit(`${place} should be a list.`);
  return value;
}

function textAt(record: Record<string, unknown>, key: string, place: string): string {
  const value = record[key];
  if (typeof value !== 'string') throw new Misfit(`${place}.${key} should be a text.`);
  return value;
}

function toAnalyzerRules(value: unknown, index: number): AnalyzerRules {
  const place = `analyzers[${index}]`;
  const record = recordAt(value, place);
  const type = textAt(record, 'type', place);
  const known = ANALYZER_TYPES.find((each) => each === type);
  if (known === undefined) throw new Misfit(`${place}.type should be one of ${ANALYZER_TYPES.join(', ')}.`);
  return {
    profile: textAt(record, 'profile', place),
    region: textAt(record, 'region', place),
    arn: textAt(record, 'arn', place),
    name: textAt(record, 'name', place),
    type: known,
    rules: listAt(record, 'rules', `${place}.rules`).map((rule, number) =>
      toRule(rule, `${place}.rules[${number}]`),
    ),
  };
}

/** Criteria as the API and the file write them: `{"resourceType": {"eq": ["AWS::S3::Bucket"]}}`. */
export function parseCriteria(text: string): Result<Criteria> {
  try {
    return succeed(toCriteria(JSON.parse(text), 'The criteria'));
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const hint = 'For example: {"resourceType": {"eq": ["AWS::S3::Bucket"]}}';
    return fail(wrong(thrown instanceof Misfit ? message : `The criteria are not JSON: ${message}.`, hint));
  }
}

function toCriteria(value: unknown, place: string): Criteria {
  const filter = Object.entries(recordAt(value, place));
  return Object.fromEntries(
    filter.map(([key, criterion]) => [key, toCriterion(criterion, `${place}.${key}`)]),
  );
}

function toRule(value: unknown, place: string): DocumentRule {
  const record = recordAt(value, place);
  const filter = toCriteria(record['filter'], `${place}.filter`);
  const textOr = (key: string): string => (typeof record[key] === 'string' ? record[key] : '');
  return {
    name: textAt(record, 'name', place),
    comment: textOr('comment'),
    createdAt: textOr('createdAt'),
    updatedAt: textOr('updatedAt'),
    filter,
  };
}

const LISTS = ['eq', 'neq', 'contains'] as const;

function toCriterion(value: unknown, place: string): Criterion {
  const record = recordAt(value, place);
  const stranger = Object.keys(record).find((key) => key !== 'exists' && !LISTS.some((list) => list === key));
  if (stranger !== undefined)
    throw new Misfit(`${place} has ${stranger}; it may have eq, neq, contains and exists.`);
  const criterion: { -readonly [K in keyof Criterion]: Criterion[K] } = {};
  for (const key of LISTS) {
    if (record[key] === undefined) continue;
    const values = listAt(record, key, `${place}.${key}`);
    if (!values.every((each) => typeof each === 'string'))
      throw new Misfit(`${place}.${key} should be a list of texts.`);
    criterion[key] = values;
  }
  const { exists } = record;
  if (exists === undefined) return criterion;
  if (typeof exists !== 'boolean') throw new Misfit(`${place}.exists should be true or false.`);
  return { ...criterion, exists };
}

import { FINDING_STATUSES, FINDING_TYPES, TYPE_LABELS } from '../finding.ts';
import { RESOURCE_KINDS } from '../resource-kind.ts';
import type { FilterKey } from './ast.ts';
import { isFilterKey } from './keys.ts';
import { bareIndex, type Cell, cellText, splitAtCommas, type Token, toTokens } from './tokens.ts';

/** What can be completed at the cursor: `text.slice(from, to)` is what a completion replaces. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  /** What was typed of it, up to the cursor, without quotes. */
  readonly prefix: string;
  /** A key is completed with its colon. */
  readonly kind: 'key' | 'value';
  /** The key whose value is typed. */
  readonly key?: FilterKey;
}

export interface KeyHelp {
  readonly summary: string;
  readonly example: string;
  /** What to offer, where it does not depend on the store. */
  readonly values?: readonly string[];
}

const YES_NO = ['yes', 'no'];
const NAME_RULE = 'or the end of it from a / or : on';

/** One entry a key, for the help, the completion and the README. */
export const FILTER_KEY_HELP: Readonly<Record<FilterKey, KeyHelp>> = {
  status: {
    summary: 'Status of the finding',
    example: 'status:active',
    values: FINDING_STATUSES.map((status) => status.toLowerCase()),
  },
  type: {
    summary: "Type of the finding, by AWS's name or the label in the list",
    example: 'type:unused-*',
    values: FINDING_TYPES.map((type) => TYPE_LABELS[type]),
  },
  kind: {
    summary: "Kind of resource, by AWS's name or the label in the list",
    example: 'kind:s3',
    values: RESOURCE_KINDS.map(({ kind }) => kind),
  },
  resource: { summary: `ARN of the resource, ${NAME_RULE}`, example: 'resource:*backup*' },
  account: { summary: 'Account that owns the resource, by id or name', example: 'account:123456789012' },
  region: { summary: 'Region of the analyzer', example: 'region:eu-*,us-east-1' },
  analyzer: { summary: 'Analyzer, by name or ARN', example: 'analyzer:org-*' },
  profile: { summary: 'Profile through which it was seen', example: 'profile:prod' },
  principal: {
    summary: `Who has access: account, ARN ${NAME_RULE}, provider, or everyone`,
    example: 'principal:444455556666',
  },
  action: { summary: `What may be done: an action ${NAME_RULE}`, example: 'action:kms:*' },
  condition: {
    summary: 'Condition that narrows the access: its key, its value, or key=value',
    example: 'condition:aws:SourceVpce=vpce-*',
  },
  public: { summary: 'Whether anyone at all has access', example: 'public:yes', values: YES_NO },
  error: {
    summary: 'Whether the analysis failed, or with what',
    example: 'error:yes',
    values: [...YES_NO, 'ACCESS_DENIED', 'INTERNAL_ERROR'],
  },
  age: {
    summary: 'Time since the finding was created, or the day of it (UTC)',
    example: 'age:>30d',
    values: ['>1d', '>7d', '>30d', '>90d', '>1y', '<1d', '<7d'],
  },
  updated: {
    summary: 'Last update of the finding',
    example: 'updated:>2026-01-31',
    values: ['<1d', '<7d', '<30d', '>30d', '>90d'],
  },
  used: {
    summary: 'Last use of what is unused; never counts as longest ago',
    example: 'used:never',
    values: ['never', '>90d', '>180d', '>1y'],
  },
  new: { summary: 'First seen since the last visit', example: 'new:yes', values: YES_NO },
  marked: { summary: 'Marked in the list', example: 'marked:yes', values: YES_NO },
  rule: { summary: 'Whether an archive rule hides it, or which', example: 'rule:no', values: YES_NO },
  note: {
    summary: 'Any part of the reason, ticket or note of its decision, or whether there is one',
    example: 'note:backup',
    values: YES_NO,
  },
  owner: {
    summary: 'Owner in its decision, or whether there is one',
    example: 'owner:team-data',
    values: YES_NO,
  },
  id: { summary: 'Id of the finding or of its row', example: 'id:1f2e*' },
};

const textUpTo = (cells: readonly Cell[], cursor: number): string =>
  cellText(cells.filter(({ at }) => at < cursor));

/** The value between commas that the cursor is in, operators included. */
function valueAt(
  token: Extract<Token, { kind: 'word' }>,
  colon: number,
  cursor: number,
): Omit<Completion, 'kind'> {
  const start = (token.cells[colon]?.at ?? token.span.start) + 1;
  const parts = splitAtCommas(token.cells.slice(colon + 1), { start, end: token.span.end });
  const part = parts.find(({ span }) => cursor <= span.end) ?? {
    cells: [],
    span: { start: cursor, end: cursor },
  };
  return { from: part.span.start, to: part.span.end, prefix: textUpTo(part.cells, cursor) };
}

/** What stands at the cursor (a UTF-16 offset); works on half-written filters too. */
export function completionAt(text: string, cursor: number): Completion {
  const token = toTokens(text).tokens.find(
    (each) => each.kind === 'word' && each.span.start <= cursor && cursor <= each.span.end,
  );
  if (token?.kind !== 'word') return { from: cursor, to: cursor, prefix: '', kind: 'key' };
  const colon = bareIndex(token.cells, ':');
  const colonAt = token.cells[colon]?.at;
  const key = cellText(token.cells.slice(0, Math.max(0, colon))).toLowerCase();
  if (colonAt !== undefined && cursor > colonAt && isFilterKey(key)) {
    return { ...valueAt(token, colon, cursor), kind: 'value', key };
  }
  const to = colonAt !== undefined && isFilterKey(key) ? colonAt + 1 : token.span.end;
  return { from: token.span.start, to, prefix: textUpTo(token.cells, cursor), kind: 'key' };
}

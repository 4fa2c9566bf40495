import type { AccountNames } from '../../domain/filter/account-names.ts';
import { shortResource } from '../../domain/arn.ts';
import { TYPE_LABELS } from '../../domain/finding.ts';
import type { ExposureRow } from '../../domain/listing.ts';
import { kindOf } from '../../domain/resource-kind.ts';
import { cleanText, padEnd, padStart, truncateEnd, truncateMiddle } from '../../domain/text.ts';
import { ageText, whoWhatText } from '../../domain/words.ts';
import type { ColumnId } from '../../app/columns.ts';
import type { Token } from '../../theme/tokens.ts';
import { blank, span, type Line, type Span } from '../line.ts';
import { GUTTER, type PlacedColumn } from './place-columns.ts';

/** What the screen knows of a row besides the row. */
export interface RowPlace {
  readonly isCursor: boolean;
  readonly isMarked: boolean;
  /** Epoch ms that ages are relative to. */
  readonly now: number;
  readonly accountNames: AccountNames;
}

const KIND_CELLS = 6;

/** The word of the FINDING column: what is wrong, in the fewest letters. */
export function findingLabel(row: Pick<ExposureRow, 'findingType' | 'isPublic' | 'error'>): string {
  if (row.error !== undefined) return 'error';
  // The column is 12 cells wide: "unused password" would be cut where it matters.
  return row.isPublic ? 'public' : TYPE_LABELS[row.findingType].replace('-', ' ').replace('password', 'pwd');
}

/** The meaning of that word, for the theme. */
export function findingToken(row: Pick<ExposureRow, 'findingType' | 'isPublic' | 'error' | 'status'>): Token {
  if (row.status === 'ARCHIVED') return 'archived';
  if (row.status === 'RESOLVED') return 'resolved';
  if (row.error !== undefined) return 'warning';
  if (row.isPublic) return 'public';
  if (row.findingType === 'ExternalAccess') return 'external';
  return row.findingType === 'InternalAccess' ? 'internal' : 'unused';
}

const FIXED = 'fixed, waiting for proof';
const FIXED_SHORT = 'fixed, unproven';
/** Less room than this for who it is about says nothing. */
const LEAST_WHO = 8;

/** A fix that waits for its proof is what matters most about its row: these words are never cut. */
function whoOrFixed(row: ExposureRow, width: number): string {
  const who = whoWhatText(row);
  if (row.fixedAt === undefined) return who;
  if (width < FIXED.length) return FIXED_SHORT;
  return who === '' || width < FIXED.length + LEAST_WHO ? FIXED : `${FIXED} · ${who}`;
}

/** Four dots, as many of them full as the level says. */
export const riskDots = (level: number): string => '●'.repeat(level) + '○'.repeat(4 - level);

export function regionsText(regions: readonly string[]): string {
  const [first, ...more] = regions;
  if (first === undefined) return '';
  return more.length === 0 ? cleanText(first) : `${regions.length} Regions`;
}

/** Kind in its own narrow column, then the name cut in the middle: its two ends tell resources apart. */
function resourceSpans(row: ExposureRow, width: number, place: RowPlace): readonly Span[] {
  const kind = cleanText(kindOf(row.resourceType));
  const shown = padEnd(truncateEnd(kind, Math.min(KIND_CELLS, width)), Math.min(KIND_CELLS, width));
  const name = truncateMiddle(
    cleanText(shortResource(row.resource, row.resourceType)),
    Math.max(0, width - KIND_CELLS - 1),
  );
  const token: Token = place.isCursor
    ? 'cursor'
    : row.status === 'ACTIVE' || row.status === 'MIXED'
      ? 'text'
      : 'archived';
  return [span(`${shown} `, 'muted'), span(padEnd(name, Math.max(0, width - KIND_CELLS - 1)), token)];
}

const cell = (text: string, width: number, token: Token): readonly Span[] => [
  span(padEnd(truncateEnd(text, width), width), token),
];

const STATUS_TOKENS = {
  ACTIVE: 'active',
  ARCHIVED: 'archived',
  RESOLVED: 'resolved',
  MIXED: 'muted',
} as const;

const CELLS: Readonly<
  Record<ColumnId, (row: ExposureRow, width: number, place: RowPlace) => readonly Span[]>
> = {
  risk: (row, width) => cell(riskDots(row.riskLevel), width, row.riskLevel >= 3 ? 'risk' : 'muted'),
  finding: (row, width) => cell(findingLabel(row), width, findingToken(row)),
  status: (row, width) => cell(row.status.toLowerCase(), width, STATUS_TOKENS[row.status]),
  resource: resourceSpans,
  who: (row, width, { isCursor }) =>
    cell(whoOrFixed(row, width), width, isCursor ? 'cursor' : row.status === 'ACTIVE' ? 'text' : 'muted'),
  account: (row, width, { accountNames }) =>
    cell(cleanText(accountNames[row.account] ?? row.account), width, 'muted'),
  region: (row, width) => cell(regionsText(row.regions), width, 'muted'),
  age: (row, width, { now }) => [span(padStart(ageText(now - row.createdAt), width), 'muted')],
};

/** One exposure as one line of the list. */
export function formatRow(row: ExposureRow, columns: readonly PlacedColumn[], place: RowPlace): Line {
  const cursor = place.isCursor ? span('▌', 'accent') : blank(1);
  const mark = place.isMarked ? span('✓', 'marked') : blank(1);
  const cells = columns.flatMap(({ id, width }, index) => [
    ...(index === 0 ? [] : [blank(2)]),
    ...CELLS[id](row, width, place),
  ]);
  return [cursor, mark, blank(1), ...cells];
}

/** A row that has been asked for and has not come: a dot, never nothing. */
export const formatUnloadedRow = (isCursor: boolean): Line => [
  isCursor ? span('▌', 'accent') : blank(1),
  blank(GUTTER - 1),
  span('·', 'muted'),
];

const HEADS: Readonly<Record<ColumnId, string>> = {
  risk: 'RISK',
  finding: 'FINDING',
  status: 'STATUS',
  resource: 'RESOURCE',
  who: 'WHO / WHAT',
  account: 'ACCOUNT',
  region: 'REGION',
  age: 'AGE',
};

/** The line over the list. */
export function formatHeads(columns: readonly PlacedColumn[]): Line {
  const heads = columns.map(({ id, width }) => {
    const title = truncateEnd(HEADS[id], width);
    return id === 'age' ? padStart(title, width) : padEnd(title, width);
  });
  return [blank(GUTTER), span(heads.join('  '), 'muted')];
}

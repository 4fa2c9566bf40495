import { TYPE_LABELS } from '../../domain/finding.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { cleanText } from '../../domain/text.ts';
import { principalText } from '../../domain/words.ts';
import { toFindingJson, toIso } from '../../domain/finding-json.ts';
import { toJsonText } from '../../domain/json-text.ts';

export const LIST_FORMATS = ['table', 'json', 'ndjson', 'csv', 'md'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

/** Text before the first finding, of one finding, between two, and after the last: findings stream, nothing is held. */
interface ListWriter {
  readonly head: string;
  row(finding: StoredFinding): string;
  readonly between: string;
  readonly tail: string;
}

const CSV_COLUMNS: readonly (readonly [string, (finding: StoredFinding) => string])[] = [
  ['id', ({ id }) => id],
  ['findingType', ({ findingType }) => findingType],
  ['status', ({ status }) => status],
  ['risk', ({ risk }) => String(risk)],
  ['isPublic', ({ isPublic }) => (isPublic === undefined ? '' : String(isPublic))],
  ['resource', ({ resource }) => resource],
  ['resourceType', ({ resourceType }) => resourceType],
  ['resourceOwnerAccount', ({ resourceOwnerAccount }) => resourceOwnerAccount],
  ['principal', ({ principal }) => Object.values(principal ?? {}).join(' ')],
  ['action', ({ action }) => (action ?? []).join(' ')],
  ['condition', ({ condition }) => (condition === undefined ? '' : JSON.stringify(condition))],
  ['error', ({ error }) => error ?? ''],
  ['region', ({ region }) => region],
  ['profile', ({ profile }) => profile],
  ['analyzerArn', ({ analyzerArn }) => analyzerArn],
  ['exposure', ({ exposureId }) => exposureId],
  ['createdAt', ({ createdAt }) => toIso(createdAt)],
  ['updatedAt', ({ updatedAt }) => toIso(updatedAt)],
  ['firstSeenAt', ({ firstSeenAt }) => toIso(firstSeenAt)],
];

/**
 * A CSV field. One that a spreadsheet would take for a formula gets an apostrophe: names in AWS are chosen by strangers.
 */
export function toCsvField(text: string): string {
  const clean = cleanText(text);
  const safe = /^[=+\-@]/.test(clean) ? `'${clean}` : clean;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const toMarkdownCell = (text: string): string =>
  cleanText(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll('`', '\\`');

const MD_COLUMNS: readonly (readonly [string, (finding: StoredFinding) => string])[] = [
  ['Risk', ({ risk }) => String(risk)],
  ['Finding', (finding) => (finding.isPublic === true ? 'public' : TYPE_LABELS[finding.findingType])],
  ['Status', ({ status }) => status],
  ['Resource', ({ resource }) => resource],
  ['Principal', ({ principal }) => (principal === undefined ? '' : principalText(principal))],
  ['Account', ({ resourceOwnerAccount }) => resourceOwnerAccount],
  ['Region', ({ region }) => region],
  ['Updated', ({ updatedAt }) => toIso(updatedAt).slice(0, 10)],
];

const WRITERS: Readonly<Record<Exclude<ListFormat, 'table'>, ListWriter>> = {
  json: {
    head: '[\n',
    row: (finding) => toJsonText(toFindingJson(finding)),
    between: ',\n',
    tail: '\n]\n',
  },
  ndjson: { head: '', row: (finding) => toJsonText(toFindingJson(finding)), between: '\n', tail: '\n' },
  csv: {
    head: `${CSV_COLUMNS.map(([name]) => name).join(',')}\n`,
    row: (finding) => CSV_COLUMNS.map(([, value]) => toCsvField(value(finding))).join(','),
    between: '\n',
    tail: '\n',
  },
  md: {
    head: `| ${MD_COLUMNS.map(([name]) => name).join(' | ')} |\n|${MD_COLUMNS.map(() => '---|').join('')}\n`,
    row: (finding) => `| ${MD_COLUMNS.map(([, value]) => toMarkdownCell(value(finding))).join(' | ')} |`,
    between: '\n',
    tail: '\n',
  },
};

const CHUNK = 64 * 1024;

/** The whole text in chunks of about 64 KiB. No finding at all leaves head and a closed tail: valid in every format. */
export function* formatFindings(
  findings: Iterable<StoredFinding>,
  format: Exclude<ListFormat, 'table'>,
): Generator<string> {
  const writer = WRITERS[format];
  let text = writer.head;
  let first = true;
  for (const finding of findings) {
    text += first ? writer.row(finding) : writer.between + writer.row(finding);
    first = false;
    if (text.length >= CHUNK) {
      yield text;
      text = '';
    }
  }
  if (first && format !== 'json') yield text;
  else yield text + writer.tail;
}

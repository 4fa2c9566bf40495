import { formatNumber } from '../../domain/format-count.ts';
import type { Dialog } from '../../app/dialog.ts';
import { foundFocus } from '../../app/rules/rule-editor.ts';
import { shortResource } from '../../domain/arn.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { kindOf } from '../../domain/resource-kind.ts';
import { cleanText, padEnd, truncateEnd, truncateMiddle } from '../../domain/text.ts';
import { principalText } from '../../domain/words.ts';
import { blank, EMPTY_LINE, span, type Line } from '../line.ts';
import { partFrom } from '../visible-part.ts';

type Editor = Extract<Dialog, { kind: 'rule' }>;

/** The findings that the rule would archive, the riskiest first: a head and as many rows as there is room for. */
export function formatFound(dialog: Editor, rows: number, cells: number): readonly Line[] {
  const { trial, found, top } = dialog;
  const total = trial?.wouldArchive ?? 0;
  if (total === 0 || rows === 0) return [];
  const part = partFrom(total, top, rows);
  const hasFocus = dialog.focus === foundFocus(dialog);
  const place = `${formatNumber(part.from + 1)}–${formatNumber(part.to)} of ${formatNumber(total)}, the riskiest first`;
  const head: Line = [
    span(hasFocus ? '› ' : '  ', 'accent'),
    span('findings  ', hasFocus ? 'heading' : 'muted'),
    span(place, 'muted'),
  ];
  const shown = Array.from({ length: part.to - part.from }, (_, row): Line => {
    const finding = found.rows[part.from + row - found.offset];
    return finding === undefined ? [blank(2), span('…', 'muted')] : formatRow(finding, cells);
  });
  return [head, ...(shown.length === 0 ? [EMPTY_LINE] : shown)];
}

const SIGN = 10;
const KIND = 8;
const REGION = 16;
/** From here on there is room for who has access. */
const WIDE = 90;
const WHO = 26;

function formatRow(
  { isPublic, region, resource, resourceType, principal }: StoredFinding,
  cells: number,
): Line {
  const isWide = cells >= WIDE;
  const name = cells - 2 - SIGN - KIND - REGION - 2 - (isWide ? WHO + 2 : 0);
  const fitted = (text: string, width: number): string => padEnd(truncateEnd(cleanText(text), width), width);
  const short = truncateMiddle(cleanText(shortResource(resource, resourceType)), name);
  return [
    blank(2),
    span(padEnd(isPublic === true ? '! PUBLIC' : '', SIGN), 'public'),
    span(fitted(kindOf(resourceType), KIND - 1), 'muted'),
    blank(1),
    span(padEnd(short, name)),
    blank(2),
    ...(isWide ? [span(fitted(principalText(principal), WHO)), blank(2)] : []),
    span(fitted(region, REGION), 'muted'),
  ];
}

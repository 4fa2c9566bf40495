import stringWidth from 'string-width';
import { LateSegmenter } from './late-segmenter.ts';
import { isSimple, simpleWidth } from './simple-width.ts';

/**
 * Text for a terminal. Everything that comes from AWS or a person is hostile until `cleanText` has seen it; all widths
 * are in terminal cells.
 */
const PLAIN_ASCII = /^[\x20-\x7e]*$/;

/** What cleaning looks for. */
interface Signs {
  /** Anything that could steer a terminal, reorder what is read, or take part in it unseen. */
  readonly suspect: RegExp;
  /** Drawn for all that: variation selectors, and number signs of Arabic and Kaithi script (Prepended_Concatenation_Mark). */
  readonly drawn: RegExp;
  /** With `v`: V8 14.6 finds no surrogate pair by a class before `$` with `u`, and so took emoji of a skin tone apart. */
  readonly pictographBefore: RegExp;
  readonly pictographAfter: RegExp;
}

const JOINER = '\u200d';
let signs: Signs | undefined;

/** Made when the first text comes that needs them: the Unicode properties take 15 ms, a good part of a start. */
const signsOf = (): Signs =>
  (signs ??= {
    suspect: /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
    drawn: /[\u0600-\u0605\u06dd\u0890\u0891\u08e2\u{110bd}\u{110cd}\ufe00-\ufe0f]/u,
    pictographBefore: /\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?$/v,
    pictographAfter: /^\p{Extended_Pictographic}/u,
  });

const codeName = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
};

/** Control Pictures (U+2400…) name the C0 controls in one cell; the rest is named by its code point. */
function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '\u2421' : codeName(character);
}

/** A joiner inside an emoji sequence (family, profession) belongs to what is drawn. */
const joinsPictographs = (text: string, at: number): boolean =>
  signsOf().pictographBefore.test(text.slice(Math.max(0, at - 4), at)) &&
  signsOf().pictographAfter.test(text.slice(at + 1, at + 3));

/**
 * The text with control characters, escapes, line breaks, tabs, bidirectional overrides and invisible characters made
 * visible (`␛`, `␊`, `‹U+202E›`). Safe to write to a terminal; cleaning twice changes nothing.
 */
export function cleanText(text: string): string {
  if (isSimple(text)) return text;
  const { suspect, drawn } = signsOf();
  return text.replace(suspect, (character, at: number) => {
    if (drawn.test(character)) return character;
    if (character === JOINER && joinsPictographs(text, at)) return character;
    return visible(character);
  });
}

/** Width in terminal cells. Escape sequences are not skipped: clean first. Runs for each row of each frame. */
export const cellWidth = (text: string): number =>
  simpleWidth(text) ?? stringWidth(text, { countAnsiEscapeCodes: true });

const segmenter = new LateSegmenter();
const graphemes = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** As many whole graphemes from the front of `clusters` as fit. */
function takeCells(clusters: readonly string[], cells: number): string[] {
  const taken: string[] = [];
  let width = 0;
  for (const cluster of clusters) {
    width += cellWidth(cluster);
    if (width > cells) break;
    taken.push(cluster);
  }
  return taken;
}

function fitting(text: string, cells: number): string {
  if (cells <= 0) return '';
  return PLAIN_ASCII.test(text) ? text.slice(0, cells) : takeCells(graphemes(text), cells).join('');
}

/** The last whole graphemes of a text that fit. */
function fittingEnd(text: string, cells: number): string {
  if (cells <= 0) return '';
  if (PLAIN_ASCII.test(text)) return text.slice(-cells);
  return takeCells(graphemes(text).reverse(), cells).reverse().join('');
}

/** At most `cells` wide; what is cut off at the end is marked by the ellipsis. */
export function truncateEnd(text: string, cells: number, ellipsis = '…'): string {
  if (cellWidth(text) <= cells) return text;
  const mark = fitting(ellipsis, cells);
  return fitting(text, cells - cellWidth(mark)) + mark;
}

/** At most `cells` wide; the beginning and the end stay, which for ARNs and names is what tells them apart. */
export function truncateMiddle(text: string, cells: number, ellipsis = '…'): string {
  if (cellWidth(text) <= cells) return text;
  const mark = fitting(ellipsis, cells);
  const room = cells - cellWidth(mark);
  const start = fitting(text, Math.ceil(room / 2));
  return start + mark + fittingEnd(text, room - cellWidth(start));
}

/** Filled up with spaces on the right; never shortened. */
export const padEnd = (text: string, cells: number): string =>
  text + ' '.repeat(Math.max(0, cells - cellWidth(text)));

/** Filled up with spaces on the left; never shortened. */
export const padStart = (text: string, cells: number): string =>
  ' '.repeat(Math.max(0, cells - cellWidth(text))) + text;

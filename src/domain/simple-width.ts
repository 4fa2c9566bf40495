/**
 * Widths of the texts that need no Unicode tables: nearly all that a console draws. The tables of graphemes and emoji
 * take longer to load than the first frame to draw, so they are asked only for what this file does not know.
 */
const PLAIN_ASCII = /^[\x20-\x7e]*$/;

/**
 * Letters, marks and signs of one cell that never join with a neighbour: Latin, Greek, Cyrillic, some punctuation,
 * arrows, boxes and blocks.
 */
const NARROW = String.raw`\x20-\x7e\xa0-\xac\xae-\u02ff\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2039\u203a\u2190-\u2193\u2400-\u2421\u2500-\u259f\u25cb\u25cf\u2713`;
/** The same of two cells: Kana, the common Han ideographs, Hangul syllables. */
const WIDE = String.raw`\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3`;
const SIMPLE = new RegExp(`^[${NARROW}${WIDE}]*$`);
const WIDE_CHARACTERS = new RegExp(`[${WIDE}]`, 'g');

const ESC = '\u001b';
/** Colours and styles (SGR), and links (OSC 8) to an address without control characters. */
const STYLES = new RegExp(`${ESC}(?:\\[(?:\\d{1,3}(?:;\\d{1,3})*)?m|\\]8;;[\\x20-\\x7e]*${ESC}\\\\)`, 'g');

/**
 * Whether a text is of simple characters alone: each is drawn, and is a grapheme, and a UTF-16 code unit, of its own.
 */
export const isSimple = (text: string): boolean => PLAIN_ASCII.test(text) || SIMPLE.test(text);

/** Width in terminal cells; undefined if the text is not of simple characters alone. */
export function simpleWidth(text: string): number | undefined {
  if (PLAIN_ASCII.test(text)) return text.length;
  return isSimple(text) ? text.length + (text.match(WIDE_CHARACTERS)?.length ?? 0) : undefined;
}

/** The same for a text with styles and links in it, which take no cells. */
export const styledSimpleWidth = (text: string): number | undefined =>
  simpleWidth(text.includes(ESC) ? text.replace(STYLES, '') : text);

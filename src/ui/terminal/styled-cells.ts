import { cellWidth } from '../../domain/text.ts';

/** How a cell is drawn. The cells of a run share one. */
export interface CellLook {
  /** SGR parameters by slot (weight, italic, underline, inverse, fg, bg), joined by `|`; '' is the terminal's own look. */
  readonly style: string;
  /** The part of the style that is seen on a blank: background, inverse, underline. */
  readonly ground: string;
  /** Target of an OSC 8 link; '' is none. */
  readonly link: string;
}

/** A row in columns: an object for each of the ten thousand cells of a screen would be a megabyte of garbage a frame. */
export interface CellRow {
  /** Of each cell. A wide character's second cell has the text ''. */
  readonly texts: readonly string[];
  /** Of each cell. */
  readonly looks: readonly CellLook[];
  /**
   * Whether every cluster is of one code point: only then can a terminal and this program be trusted to agree about
   * columns, so only then is a part of a row drawn anew.
   */
  readonly simple: boolean;
}

/** The terminal's own look. */
export const OWN_LOOK: CellLook = { style: '', ground: '', link: '' };

// SGR, OSC 8 (ended by ST or BEL), or the text up to the next escape.
const PIECE = new RegExp(
  '\\u001b\\[([0-9;]*)m|\\u001b\\]8;[^;]*;([^\\u0007\\u001b]*)(?:\\u0007|\\u001b\\\\)|([^\\u001b]+)|\\u001b',
  'gu',
);
const ESC = '\u001b';
// ASCII, and the signs that this program draws with: each is one cluster and one cell wide.
const PLAIN = /^[ -~·–…←↑→↓─│╭╮╯╰▌█░●○✓×›‹]*$/;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Which slot of the style a code fills; codes that empty a slot are the second of each. */
const SLOTS = ['weight', 'italic', 'underline', 'inverse', 'fg', 'bg'] as const;
type Slot = (typeof SLOTS)[number];
const GROUND_SLOTS: readonly Slot[] = ['underline', 'inverse', 'bg'];
type Style = Partial<Record<Slot, string>>;

const OPENS: Readonly<Record<string, Slot>> = {
  '1': 'weight',
  '2': 'weight',
  '3': 'italic',
  '4': 'underline',
  '7': 'inverse',
};
const CLOSES: Readonly<Record<string, Slot>> = {
  '22': 'weight',
  '23': 'italic',
  '24': 'underline',
  '27': 'inverse',
  '39': 'fg',
  '49': 'bg',
};

function withCode(style: Style, code: string): Style {
  if (code === '' || code === '0') return {};
  const closed = CLOSES[code];
  if (closed !== undefined)
    return Object.fromEntries(Object.entries(style).filter(([slot]) => slot !== closed));
  const slot = OPENS[code] ?? (/^(4\d|10\d)/.test(code) ? 'bg' : 'fg');
  // Bold and dim can be on together; one code closes both.
  const value = slot === 'weight' && style.weight !== undefined && style.weight !== code ? `1;2` : code;
  return { ...style, [slot]: value };
}

const styleText = (style: Style, slots: readonly Slot[]): string => {
  const text = slots.map((slot) => style[slot] ?? '').join('|');
  return /^\|*$/.test(text) ? '' : text;
};

/** A look without a link, and what codes make of it. */
interface Styled {
  readonly style: Style;
  readonly look: CellLook;
  readonly after: Map<string, Styled>;
}

const OWN: Styled = { style: {}, look: OWN_LOOK, after: new Map() };
/** By their `style`. A theme has some dozens of looks, and they come again in every line of every frame. */
const STYLED = new Map([[OWN_LOOK.style, OWN]]);

function styledAs(style: Style): Styled {
  const key = styleText(style, SLOTS);
  let styled = STYLED.get(key);
  if (styled === undefined) {
    styled = {
      style,
      look: { style: key, ground: styleText(style, GROUND_SLOTS), link: '' },
      after: new Map(),
    };
    STYLED.set(key, styled);
  }
  return styled;
}

function styledAfter({ style, after }: Styled, code: string): Styled {
  let styled = after.get(code);
  if (styled === undefined) after.set(code, (styled = styledAs(withCode(style, code))));
  return styled;
}

/** What sets each slot back, in the order of the slots. */
const RESETS = ['22', '23', '24', '27', '39', '49'] as const;

/** The shortest SGR sequence that turns one look into another. */
export function styleChange(from: string, to: string): string {
  if (to === '') return `${ESC}[m`;
  const before = from.split('|');
  const codes = to.split('|').flatMap((code, slot) => {
    const was = before[slot] ?? '';
    if (was === code) return [];
    // Bold does not end dim: the old weight is set back first.
    const reset = was !== '' && (code === '' || slot === 0) ? [RESETS[slot] ?? ''] : [];
    return code === '' ? reset : [...reset, code];
  });
  return `${ESC}[${codes.join(';')}m`;
}

function clustersOf(text: string): {
  readonly clusters: readonly string[];
  readonly simple: boolean;
  readonly plain: boolean;
} {
  if (PLAIN.test(text)) return { clusters: text.split(''), simple: true, plain: true };
  const clusters = Array.from(segmenter.segment(text), ({ segment }) => segment);
  return { clusters, plain: false, simple: clusters.every((cluster) => [...cluster].length === 1) };
}

/** Takes a line as Ink writes it (text, SGR, OSC 8) apart into cells. */
export function toCells(line: string): CellRow {
  const texts: string[] = [];
  const looks: CellLook[] = [];
  let styled = OWN;
  let link = '';
  let simple = true;
  for (const [, sgr, target, text] of line.matchAll(PIECE)) {
    if (sgr !== undefined) styled = styledAfter(styled, sgr);
    else if (target !== undefined) link = target;
    else if (text !== undefined) {
      const look = link === '' ? styled.look : { ...styled.look, link };
      const split = clustersOf(text);
      simple &&= split.simple;
      for (const cluster of split.clusters) {
        texts.push(cluster);
        looks.push(look);
        for (let extra = split.plain ? 1 : cellWidth(cluster); extra > 1; extra--) {
          texts.push('');
          looks.push(look);
        }
      }
    }
  }
  return { texts, looks, simple };
}

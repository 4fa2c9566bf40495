import { RGB_FROM, type ScreenCell } from '../pty/driver.ts';

/** A frame of a terminal as an SVG picture: one text for each run of cells that look alike. */
const CELL = { width: 8.4, height: 18 } as const;
const PAD = 14;
const PAPER = '#16181d';
const INK = '#d5d9e0';
const SIXTEEN =
  '#2b2f38 #e06c75 #8fc379 #dcb567 #61a8ef #c578dd #4fb6c2 #c3c9d4 #6b7280 #f0848c #a5d68f #ecca86 #82bdf7 #d694ea #6fcdd8 #ffffff'.split(
    ' ',
  );
const LEVELS = [0, 95, 135, 175, 215, 255];

const hex = (number: number): string => `#${number.toString(16).padStart(6, '0')}`;

function colourOf(code: number | undefined, fallback: string): string {
  if (code === undefined) return fallback;
  if (code >= RGB_FROM) return hex(code - RGB_FROM);
  if (code < 16) return SIXTEEN[code] ?? fallback;
  if (code >= 232) return hex((8 + (code - 232) * 10) * 0x010101);
  const [red = 0, green = 0, blue = 0] = [36, 6, 1].map((base) => LEVELS[Math.floor((code - 16) / base) % 6]);
  return hex((red << 16) | (green << 8) | blue);
}

interface Look {
  readonly ink: string;
  readonly paper: string;
  readonly style: string;
}

function lookOf(cell: ScreenCell): Look {
  const [ink, paper] = [colourOf(cell.foreground, INK), colourOf(cell.background, PAPER)];
  const style = [
    cell.bold ? 'font-weight="bold"' : '',
    cell.dim ? 'opacity="0.65"' : '',
    cell.underline ? 'text-decoration="underline"' : '',
  ];
  return {
    ink: cell.inverse ? paper : ink,
    paper: cell.inverse ? ink : paper,
    style: style.join(' ').trim(),
  };
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function formatRow(cells: readonly ScreenCell[], row: number): string {
  const parts: string[] = [];
  const y = PAD + row * CELL.height;
  let column = 0;
  for (let at = 0; at < cells.length;) {
    const look = lookOf(cells[at] as ScreenCell);
    const same = (cell: ScreenCell): boolean => JSON.stringify(lookOf(cell)) === JSON.stringify(look);
    let end = at;
    while (end < cells.length && same(cells[end] as ScreenCell)) end++;
    const run = cells.slice(at, end);
    parts.push(formatPaper(run, { column, y }, look), ...formatTexts(run, { column, y }, look));
    column += widthOf(run);
    at = end;
  }
  return parts.join('');
}

interface Place {
  readonly column: number;
  readonly y: number;
}

const widthOf = (cells: readonly ScreenCell[]): number => cells.reduce((sum, cell) => sum + cell.width, 0);

const xOf = (column: number): string => (PAD + column * CELL.width).toFixed(1);

const lengthOf = (cells: readonly ScreenCell[]): string => (widthOf(cells) * CELL.width).toFixed(1);

function formatPaper(run: readonly ScreenCell[], { column, y }: Place, { paper }: Look): string {
  if (paper === PAPER) return '';
  return `<rect x="${xOf(column)}" y="${y}" width="${lengthOf(run)}" height="${CELL.height}" fill="${paper}"/>`;
}

/** Each column of a table is a text of its own, so that it stands in its place whatever font draws it. */
function formatTexts(run: readonly ScreenCell[], { column, y }: Place, { ink, style }: Look): string[] {
  const isBlank = (at: number): boolean => (run[at]?.text ?? ' ').trim() === '';
  const texts: string[] = [];
  for (let at = 0; at < run.length;) {
    if (isBlank(at)) {
      at++;
      continue;
    }
    let end = at;
    while (!isBlank(end) || !isBlank(end + 1)) end++;
    const cells = run.slice(at, end);
    const text = cells.map((cell) => cell.text).join('');
    const x = xOf(column + widthOf(run.slice(0, at)));
    texts.push(
      `<text x="${x}" y="${y + 13}" fill="${ink}"${style === '' ? '' : ` ${style}`} textLength="${lengthOf(cells)}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escape(text)}</text>\n`,
    );
    at = end;
  }
  return texts;
}

/** The whole picture; what it says is in its title, for those who cannot see it. */
export function formatFrameSvg(rows: readonly (readonly ScreenCell[])[], title: string): string {
  const columns = (rows[0] ?? []).reduce((sum, cell) => sum + cell.width, 0);
  const [width, height] = [columns * CELL.width + 2 * PAD, rows.length * CELL.height + 2 * PAD];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escape(title)}</title>
<rect width="100%" height="100%" rx="10" fill="${PAPER}"/>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="13.5">
${rows.map(formatRow).join('')}</g>
</svg>
`;
}

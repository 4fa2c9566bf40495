import type { Token } from '../theme/tokens.ts';
import type { Palette } from '../theme/resolve.ts';
import { toAscii } from './glyphs.ts';
import { blank, fitLine, lineWidth, type Line, type Span } from './line.ts';

/** Everything about the terminal that decides how a line is written. */
export interface Look {
  readonly palette: Palette;
  readonly ascii: boolean;
  /** Whether the terminal knows OSC 8 links. */
  readonly links: boolean;
}

const OSC8 = '\u001b]8;;';
const ST = '\u001b\\';

function paintSpan({ text, token, href }: Span, look: Look): string {
  const shown = look.ascii ? toAscii(text) : text;
  const painted = look.palette.open[token] + shown + look.palette.close[token];
  return href === undefined || !look.links ? painted : `${OSC8}${href}${ST}${painted}${OSC8}${ST}`;
}

const BLANKS = /^ *$/;

/** Spans of the same meaning next to each other need their escapes only once; a blank goes with the span before it. */
function merge(line: Line, { flat }: Look['palette']): Line {
  const merged: Span[] = [];
  for (const part of line) {
    const last = merged.at(-1);
    if (last !== undefined && last.href === part.href && joins(last, part, flat)) {
      merged[merged.length - 1] = { ...last, text: last.text + part.text };
    } else if (part.text !== '') merged.push(part);
  }
  return merged;
}

const joins = (last: Span, next: Span, flat: ReadonlySet<Token>): boolean =>
  last.token === next.token || (BLANKS.test(next.text) && flat.has(last.token) && flat.has(next.token));

/** A line as text with escape sequences, exactly as wide as asked where the theme has a background. */
export function paintLine(line: Line, look: Look, cells: number): string {
  const whole = look.palette.fills || lineWidth(line) > cells ? fitLine(line, cells) : line;
  const painted = merge(whole, look.palette)
    .map((part) => paintSpan(part, look))
    .join('');
  // Ink gives an empty Text no height.
  return painted === '' ? paintSpan(blank(1), look) : painted;
}

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

/** Spans of the same meaning next to each other need their escapes only once. */
function merge(line: Line): Line {
  const merged: Span[] = [];
  for (const part of line) {
    const last = merged.at(-1);
    if (last?.token === part.token && last.href === part.href) {
      merged[merged.length - 1] = { ...last, text: last.text + part.text };
    } else if (part.text !== '') merged.push(part);
  }
  return merged;
}

/** A line as text with escape sequences, exactly as wide as asked where the theme has a background. */
export function paintLine(line: Line, look: Look, cells: number): string {
  const whole = look.palette.fills || lineWidth(line) > cells ? fitLine(line, cells) : line;
  const painted = merge(whole)
    .map((part) => paintSpan(part, look))
    .join('');
  // Ink gives an empty Text no height.
  return painted === '' ? paintSpan(blank(1), look) : painted;
}

import { cellWidth, cleanText, truncateEnd } from '../domain/text.ts';
import type { TextField } from '../app/text-field.ts';
import type { Token } from '../theme/tokens.ts';
import { span, type Line } from './line.ts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const firstGrapheme = (text: string): string => {
  const [first] = segmenter.segment(text);
  return first?.segment ?? '';
};

/** The end of a text that fits, with an ellipsis where something was cut off before it. */
function tail(text: string, cells: number): string {
  if (cellWidth(text) <= cells) return text;
  const parts = Array.from(segmenter.segment(text), ({ segment }) => segment);
  while (parts.length > 0 && cellWidth(parts.join('')) > cells - 1) parts.shift();
  return `…${parts.join('')}`;
}

/** What is typed, with the caret on the character that it stands before; scrolls so that the caret is always seen. */
export function formatField(field: TextField, cells: number, token: Token = 'text'): Line {
  const at = firstGrapheme(field.text.slice(field.caret));
  const under = at === '' ? ' ' : cleanText(at);
  const before = tail(cleanText(field.text.slice(0, field.caret)), Math.max(0, cells - cellWidth(under) - 1));
  const rest = cells - cellWidth(before) - cellWidth(under);
  const after = truncateEnd(cleanText(field.text.slice(field.caret + at.length)), Math.max(0, rest));
  return [span(before, token), span(under, 'caret'), span(after, token)].filter((part) => part.text !== '');
}

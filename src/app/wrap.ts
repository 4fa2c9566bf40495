import { cellWidth } from '../domain/text.ts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A word that is wider than a line, cut between graphemes: an ARN has no blanks to break at. */
function cutWord(word: string, cells: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const { segment } of segmenter.segment(word)) {
    if (part !== '' && cellWidth(part + segment) > cells) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return [...parts, part];
}

/** Blanks to break at: `430 d ago` holds together. */
const BLANK = / (?!(?:(?:min|mo|[hdwy]) )?ago\b)/u;

/** A line that is full, and what goes on below it: a `·` stands before what it sets off. */
function breakBefore(word: string, line: string, cells: number): readonly [line: string, next: string] {
  const next = `· ${word}`;
  return line.endsWith(' ·') && cellWidth(next) <= cells ? [line.slice(0, -2), next] : [line, word];
}

/** Clean text as lines of at most `cells` terminal cells. An empty text is one empty line. */
export function wrapText(text: string, cells: number): readonly string[] {
  if (cellWidth(text) <= cells) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .split(BLANK)
    .flatMap((each) => (cellWidth(each) > cells ? cutWord(each, cells) : [each]))) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (cellWidth(joined) <= cells) line = joined;
    else {
      const [full, next] = breakBefore(word, line, cells);
      lines.push(full);
      line = next;
    }
  }
  return [...lines, line];
}

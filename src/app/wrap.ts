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

/** Clean text as lines of at most `cells` terminal cells. An empty text is one empty line. */
export function wrapText(text: string, cells: number): readonly string[] {
  if (cellWidth(text) <= cells) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .split(' ')
    .flatMap((each) => (cellWidth(each) > cells ? cutWord(each, cells) : [each]))) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (cellWidth(joined) <= cells) line = joined;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

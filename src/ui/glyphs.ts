/**
 * The signs that this program draws with, and what `--ascii` writes in their place: always one cell for one cell, so
 * that the layout is the same. Screens use the left column; `paint.ts` replaces them.
 */
const ASCII: Readonly<Record<string, string>> = {
  '▌': '>',
  '›': '>',
  '‹': '<',
  '✓': '*',
  '●': '#',
  '○': '.',
  '·': '-',
  '…': '~',
  '─': '-',
  '│': '|',
  '╭': '+',
  '╮': '+',
  '╰': '+',
  '╯': '+',
  '├': '+',
  '┤': '+',
  '█': '#',
  '░': '.',
  '▏': '|',
  '↑': '^',
  '↓': 'v',
  '→': '>',
  '←': '<',
  '×': 'x',
  '–': '-',
  '—': '-',
  '’': "'",
  '“': '"',
  '”': '"',
  '≠': '!',
};

const DRAWN = new RegExp(`[${Object.keys(ASCII).join('')}]`, 'gu');

/** Our own signs in ASCII. Names that came from AWS stay as they are: changing them would lose what they say. */
export const toAscii = (text: string): string => text.replace(DRAWN, (sign) => ASCII[sign] ?? sign);

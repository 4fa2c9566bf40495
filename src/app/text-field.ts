import type { Chord } from './keymap.ts';
import { chordText } from './input.ts';

/** A text field inside a dialog or the palette. */
export interface TextField {
  readonly text: string;
  /** UTF-16 units. */
  readonly caret: number;
}

/** Editing one line of text, by whole graphemes: an emoji or an accented letter is one step of the caret. */

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export const emptyField: TextField = { text: '', caret: 0 };

export const fieldOf = (text: string): TextField => ({ text, caret: text.length });

const boundaries = (text: string): number[] => [
  ...Array.from(segmenter.segment(text), (part) => part.index),
  text.length,
];

const before = (field: TextField): number => boundaries(field.text).findLast((at) => at < field.caret) ?? 0;

const after = (field: TextField): number =>
  boundaries(field.text).find((at) => at > field.caret) ?? field.text.length;

/** Start of the word before the caret, as ctrl+w has it. */
function wordStart(field: TextField): number {
  const head = field.text.slice(0, field.caret);
  return head.trimEnd().search(/\S*$/u);
}

const cut = (field: TextField, from: number, to: number): TextField =>
  from === to ? field : { text: field.text.slice(0, from) + field.text.slice(to), caret: from };

const moved = (field: TextField, caret: number): TextField =>
  caret === field.caret ? field : { ...field, caret };

export function insertText(field: TextField, text: string): TextField {
  if (text === '') return field;
  return {
    text: field.text.slice(0, field.caret) + text + field.text.slice(field.caret),
    caret: field.caret + text.length,
  };
}

const EDITS: Readonly<Record<Chord, (field: TextField) => TextField>> = {
  left: (field) => moved(field, before(field)),
  right: (field) => moved(field, after(field)),
  home: (field) => moved(field, 0),
  end: (field) => moved(field, field.text.length),
  'ctrl+a': (field) => moved(field, 0),
  'ctrl+e': (field) => moved(field, field.text.length),
  'ctrl+b': (field) => moved(field, before(field)),
  'ctrl+f': (field) => moved(field, after(field)),
  backspace: (field) => cut(field, before(field), field.caret),
  'ctrl+h': (field) => cut(field, before(field), field.caret),
  delete: (field) => cut(field, field.caret, after(field)),
  'ctrl+d': (field) => cut(field, field.caret, after(field)),
  'ctrl+w': (field) => cut(field, wordStart(field), field.caret),
  'ctrl+u': (field) => cut(field, 0, field.caret),
  'ctrl+k': (field) => cut(field, field.caret, field.text.length),
};

/** The field after a key; undefined: the key does not edit text. */
export function editField(field: TextField, chord: Chord): TextField | undefined {
  const edit = Object.hasOwn(EDITS, chord) ? EDITS[chord] : undefined;
  if (edit !== undefined) return edit(field);
  const text = chordText(chord);
  return text === undefined ? undefined : insertText(field, text);
}

/** Pasted text as one line: newlines and tabs become single spaces, other control characters go. */
export function foldPaste(text: string): string {
  return text
    .replace(/[\r\n\t]+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim();
}

import type { Chord } from './keymap.ts';

/**
 * From what a terminal sends to chords. Held keys, SSH and tmux deliver several keys in one chunk (`jjj`, `\r\r`,
 * `ESC [ B ESC [ B`), so a chunk is always split. ESC that begins no control sequence is the key esc, also before a letter:
 * nothing is bound to alt, and a person who presses esc and the next key over a slow line must lose neither.
 */
const NAMED: Readonly<Record<string, Chord>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  ' ': 'space',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0000': 'ctrl+space',
};

const FINALS: Readonly<Record<string, Chord>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  Z: 'shift+tab',
};

/** The number of `ESC [ n ~` (VT220 and rxvt). */
const TILDES: Readonly<Record<string, Chord>> = {
  '1': 'home',
  '2': 'insert',
  '3': 'delete',
  '4': 'end',
  '5': 'pgup',
  '6': 'pgdown',
  '7': 'home',
  '8': 'end',
};

// CSI: parameters, intermediates, one final byte (ECMA-48 5.4). SS3: one byte after ESC O.
// eslint's no-control-regex is about accidents; these are the escapes themselves.
const CSI = new RegExp('^\\u001b\\[([0-9;:<=>?]*)[ -/]*([@-~])', 'u');
const SS3 = new RegExp('^\\u001bO([A-Za-z])', 'u');

const ESC = '\u001b';
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** xterm's modifier parameter: 1 + (1 shift, 2 alt, 4 ctrl). */
function withModifiers(name: Chord, parameter: string | undefined): Chord {
  const bits = parameter === undefined ? 0 : Number.parseInt(parameter, 10) - 1;
  if (!Number.isInteger(bits) || bits <= 0) return name;
  return `${bits & 4 ? 'ctrl+' : ''}${bits & 2 ? 'alt+' : ''}${bits & 1 ? 'shift+' : ''}${name}`;
}

/** A control sequence as a chord; undefined: a key that has no name here (function keys, focus reports). */
function fromControlSequence(parameters: string, final: string): Chord | undefined {
  const [first = '', modifier] = parameters.split(';');
  const name = final === '~' ? TILDES[first] : FINALS[final];
  return name === undefined ? undefined : withModifiers(name, modifier);
}

interface Cut {
  readonly chord: Chord | undefined;
  readonly length: number;
}

function cutEscape(rest: string): Cut {
  const csi = CSI.exec(rest);
  if (csi) return { chord: fromControlSequence(csi[1] ?? '', csi[2] ?? ''), length: csi[0].length };
  const ss3 = SS3.exec(rest);
  if (ss3) return { chord: FINALS[ss3[1] ?? ''], length: ss3[0].length };
  return { chord: 'esc', length: 1 };
}

function cutOne(rest: string): Cut {
  if (rest.startsWith(ESC)) return cutEscape(rest);
  if (rest.startsWith('\r\n')) return { chord: 'enter', length: 2 };
  const [part] = segmenter.segment(rest);
  const text = part?.segment ?? rest;
  const named = NAMED[text];
  if (named !== undefined) return { chord: named, length: text.length };
  const code = text.codePointAt(0) ?? 0;
  if (code < 0x20) return { chord: `ctrl+${String.fromCodePoint(code + 0x60)}`, length: text.length };
  // C1 controls are no keys.
  if (code >= 0x80 && code < 0xa0) return { chord: undefined, length: text.length };
  return { chord: text, length: text.length };
}

/** All keys of a raw input chunk, in order. */
export function splitChunk(chunk: string): readonly Chord[] {
  const chords: Chord[] = [];
  for (let rest = chunk; rest !== '';) {
    const { chord, length } = cutOne(rest);
    if (chord !== undefined) chords.push(chord);
    rest = rest.slice(length);
  }
  return chords;
}

/** What Ink's useInput says about a key beside its text; the names are Ink's. */
export interface InkKey {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageDown: boolean;
  readonly pageUp: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly tab: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly meta: boolean;
}

const INK_NAMES: readonly (readonly [keyof InkKey, Chord])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageDown', 'pgdown'],
  ['pageUp', 'pgup'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** One call of useInput as chords: Ink names single keys and hands runs of them on as text. */
export function chordsOfInk(input: string, key: InkKey): readonly Chord[] {
  const name = INK_NAMES.find(([flag]) => key[flag])?.[1];
  if (name !== undefined) {
    const chord = `${key.ctrl ? 'ctrl+' : ''}${key.shift ? 'shift+' : ''}${name}`;
    // Ink says meta for a plain esc too.
    return key.meta && name !== 'esc' ? ['esc', chord] : [chord];
  }
  if (key.ctrl) return input === '' ? [] : [`ctrl+${input === ' ' ? 'space' : input}`];
  if (key.meta) return ['esc', ...splitChunk(input)];
  return splitChunk(input);
}

const isName = (chord: Chord): boolean => /^[a-z][a-z0-9]+$/u.test(chord) || /^[a-z]+\+./u.test(chord);

/** The text that a key types into a field; undefined: it types none. */
export function chordText(chord: Chord): string | undefined {
  if (chord === 'space') return ' ';
  return isName(chord) ? undefined : chord;
}

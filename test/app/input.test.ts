import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../domain/fixed-seed.ts';
import { chordsOfInk, chordText, splitChunk } from '../../src/app/input.ts';
import type { InkKey } from '../../src/app/input.ts';

const NO_KEY: InkKey = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
};

test('held keys in one chunk are as many keys', () => {
  assert.deepEqual(splitChunk('jjj'), ['j', 'j', 'j']);
  assert.deepEqual(splitChunk('\r\r'), ['enter', 'enter']);
  assert.deepEqual(splitChunk('\r\u001b[B\r'), ['enter', 'down', 'enter']);
});

test('escape sequences have names, in both cursor modes', () => {
  assert.deepEqual(splitChunk('\u001b[A\u001b[B\u001b[C\u001b[D'), ['up', 'down', 'right', 'left']);
  assert.deepEqual(splitChunk('\u001bOA\u001bOB'), ['up', 'down']);
  assert.deepEqual(splitChunk('\u001b[5~\u001b[6~\u001b[H\u001b[F'), ['pgup', 'pgdown', 'home', 'end']);
  assert.deepEqual(splitChunk('\u001b[1~\u001b[4~\u001b[3~\u001b[Z'), ['home', 'end', 'delete', 'shift+tab']);
  assert.deepEqual(splitChunk('\u001b[1;5C\u001b[1;2A'), ['ctrl+right', 'shift+up']);
});

test('esc, alt and control keys', () => {
  assert.deepEqual(splitChunk('\u001b'), ['esc']);
  assert.deepEqual(splitChunk('\u001b\u001b'), ['esc', 'esc']);
  assert.deepEqual(splitChunk('\u001bx'), ['esc', 'x']);
  assert.deepEqual(splitChunk('\u0004\u0015\u0012\u0003'), ['ctrl+d', 'ctrl+u', 'ctrl+r', 'ctrl+c']);
  assert.deepEqual(splitChunk('\t \u007f\b'), ['tab', 'space', 'backspace', 'backspace']);
});

test('what has no name is no key: function keys, focus reports, C1 controls', () => {
  assert.deepEqual(splitChunk('\u001b[15~j\u001b[Ij\u009bj'), ['j', 'j', 'j']);
});

test('text is split by graphemes', () => {
  assert.deepEqual(splitChunk('é日👩‍🚀e\u0301'), ['é', '日', '👩‍🚀', 'e\u0301']);
});

test('splitting loses no printable text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const printable = text.replace(/\p{Cc}/gu, '');
      assert.equal(
        splitChunk(printable)
          .map((chord) => chordText(chord) ?? '?')
          .join(''),
        printable,
      );
    }),
  );
});

test('whatever comes in, splitting ends and says nothing empty', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('\u001b', '[', 'O', '1', ';', '~', 'A', '\r', '\u0000', '😀', '\ud800'),
      }),
      (chunk) => {
        assert.equal(splitChunk(chunk).includes(''), false);
      },
    ),
  );
});

test("Ink's names for single keys become the same chords", () => {
  assert.deepEqual(chordsOfInk('', { ...NO_KEY, downArrow: true }), ['down']);
  assert.deepEqual(chordsOfInk('', { ...NO_KEY, escape: true, meta: true }), ['esc']);
  assert.deepEqual(chordsOfInk('d', { ...NO_KEY, ctrl: true }), ['ctrl+d']);
  assert.deepEqual(chordsOfInk('', { ...NO_KEY, tab: true, shift: true }), ['shift+tab']);
  assert.deepEqual(chordsOfInk('x', { ...NO_KEY, meta: true }), ['esc', 'x']);
  assert.deepEqual(chordsOfInk('G', { ...NO_KEY, shift: true }), ['G']);
});

test('runs that Ink hands on as text are split', () => {
  assert.deepEqual(chordsOfInk('jjj', NO_KEY), ['j', 'j', 'j']);
  assert.deepEqual(chordsOfInk('\r\r', NO_KEY), ['enter', 'enter']);
});

test('only text types text', () => {
  assert.equal(chordText('a'), 'a');
  assert.equal(chordText('space'), ' ');
  assert.equal(chordText('+'), '+');
  assert.equal(chordText('👩‍🚀'), '👩‍🚀');
  for (const chord of ['enter', 'ctrl+a', 'alt+x', 'pgup', 'shift+tab', 'ctrl+left', 'alt+é'])
    assert.equal(chordText(chord), undefined);
});

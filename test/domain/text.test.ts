import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import './fixed-seed.ts';
import stringWidth from 'string-width';
import {
  cellWidth,
  cleanText,
  padEnd,
  padStart,
  truncateEnd,
  truncateMiddle,
} from '../../src/domain/text.ts';

const ESC = '\u001b';
/** Text of all scripts, with what a hostile name would carry mixed in. */
const hostile = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
    fc.constantFrom(
      '漢字',
      'é',
      'e\u0301',
      '👨‍👩‍👧',
      '🇩🇪',
      'ﾞ',
      '한글',
      `${ESC}[31m`,
      '\u202e',
      '\u200b',
      '\r\n',
      '\u009b2J',
    ),
  ),
  { maxLength: 8 },
);
const anyText = hostile.map((parts) => parts.join(''));

test('ordinary names stay as they are', () => {
  for (const text of ['arn:aws:s3:::photos', 'naïve café', '漢字', 'مرحبا', '👨‍👩‍👧 🇩🇪 👍🏽 ❤️', 'team 👩🏽‍🚀']) {
    assert.equal(cleanText(text), text);
  }
});

test('what could steer a terminal is shown instead of sent', () => {
  assert.equal(cleanText(`a${ESC}[2Jb`), 'a␛[2Jb');
  assert.equal(cleanText('a\nb\tc\u007f'), 'a␊b␉c␡');
  assert.equal(cleanText('\u009b31m'), '‹U+009B›31m');
  assert.equal(cleanText('a\u202eb'), 'a‹U+202E›b');
  assert.equal(cleanText('pay\u200bpal'), 'pay‹U+200B›pal');
  assert.equal(cleanText('a\u200db'), 'a‹U+200D›b');
  assert.equal(cleanText('👍\u200db'), '👍‹U+200D›b');
  assert.equal(cleanText('👍\u200b👍'), '👍‹U+200B›👍');
  assert.equal(cleanText('a\u200d👍'), 'a‹U+200D›👍');
  assert.equal(cleanText('x\u{e0041}'), 'x‹U+E0041›');
  assert.equal(cleanText('\ud800'), '‹U+D800›');
});

test('clean text holds no control, bidirectional or invisible characters, and stays clean', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const clean = cleanText(text);
      assert.doesNotMatch(clean, /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
      assert.doesNotMatch(clean, /[\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/);
      assert.equal(cleanText(clean), clean);
    }),
    { numRuns: 1000 },
  );
});

test('width is that of the terminal, whichever way it is counted', () => {
  assert.equal(cellWidth('abc'), 3);
  assert.equal(cellWidth('漢字'), 4);
  assert.equal(cellWidth('e\u0301'), 1);
  assert.equal(cellWidth('👨‍👩‍👧'), 2);
  assert.equal(cellWidth('●●○ …'), 5);
  fc.assert(
    fc.property(anyText, (text) => {
      assert.equal(cellWidth(text), stringWidth(text, { countAnsiEscapeCodes: true }));
    }),
  );
});

test('every character that is counted fast is counted right', () => {
  const wrong: string[] = [];
  const width = (text: string) => stringWidth(text, { countAnsiEscapeCodes: true });
  for (let code = 0x20; code < 0xd800; code++) {
    const text = `a${String.fromCharCode(code)}b`;
    if (cellWidth(text) !== width(text)) wrong.push(code.toString(16));
  }
  assert.deepEqual(wrong, []);
});

test('truncated text never exceeds its cells, and what fits is not touched', () => {
  fc.assert(
    fc.property(
      anyText,
      fc.integer({ min: -2, max: 20 }),
      fc.constantFrom('…', '...', ''),
      (text, cells, ellipsis) => {
        for (const truncate of [truncateEnd, truncateMiddle]) {
          const cut = truncate(text, cells, ellipsis);
          assert.ok(cellWidth(cut) <= Math.max(0, cells), `${JSON.stringify(cut)} is wider than ${cells}`);
          if (cellWidth(text) <= cells) assert.equal(cut, text);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test('where text is cut', () => {
  assert.equal(truncateEnd('photos-backup', 8), 'photos-…');
  assert.equal(truncateMiddle('photos-backup', 8), 'phot…kup');
  assert.equal(truncateEnd('漢字漢字', 4), '漢…');
  assert.equal(truncateMiddle('漢字漢字', 5), '漢…字');
  assert.equal(truncateMiddle('漢字かな交', 9), '漢字…な交');
  assert.equal(truncateEnd('photos', 4, '...'), 'p...');
  assert.equal(truncateEnd('photos', 2, '...'), '..');
  assert.equal(truncateEnd('photos', 0), '');
});

test('padding counts cells', () => {
  assert.equal(padEnd('漢', 4), '漢  ');
  assert.equal(padStart('漢', 4), '  漢');
  assert.equal(padEnd('photos', 3), 'photos');
});

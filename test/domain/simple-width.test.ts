import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import './fixed-seed.ts';
import stringWidth from 'string-width';
import { isSimple, simpleWidth, styledSimpleWidth } from '../../src/domain/simple-width.ts';

const ESC = '\u001b';
/** Escape sequences that a screen holds, some that it does not, and text of several scripts between them. */
const styled = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 5 }),
      fc.constantFrom(
        '漢字',
        '한글',
        'カナ',
        'é',
        'e\u0301',
        '👨‍👩‍👧',
        '↑↓',
        '●○',
        '█▌',
        '✓',
        '✓\ufe0f',
        '↔',
        '\n',
      ),
      fc.constantFrom(
        `${ESC}[1m`,
        `${ESC}[38;2;1;20;255m`,
        `${ESC}[m`,
        `${ESC}[0;31m`,
        `${ESC}[4:3m`,
        `${ESC}[2J`,
      ),
      fc.constantFrom(
        `${ESC}]8;;https://aws.amazon.com${ESC}\\`,
        `${ESC}]8;;${ESC}\\`,
        `${ESC}]8;;x\u0007`,
        ESC,
      ),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));

test('a width is that of string-width, or none', () => {
  let known = 0;
  fc.assert(
    fc.property(styled, (text) => {
      const [plain, shown] = [simpleWidth(text), styledSimpleWidth(text)];
      if (plain !== undefined) assert.equal(plain, stringWidth(text, { countAnsiEscapeCodes: true }));
      if (shown !== undefined) assert.equal(shown, stringWidth(text));
      if (shown !== undefined) known++;
    }),
    { numRuns: 2_000 },
  );
  assert.ok(known > 200, `${known} texts were simple`);
});

test('what a screen is made of is simple', () => {
  const row = `${ESC}[1m▌ ●●●○ naïve–café ✓ … ↑ 漢字${ESC}[22m ${ESC}]8;;https://x${ESC}\\ARN${ESC}]8;;${ESC}\\`;
  assert.equal(styledSimpleWidth(row), stringWidth(row));
  assert.notEqual(styledSimpleWidth(row), undefined);
});

test('no simple character is invisible, steers a terminal, or joins with the next', () => {
  const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Mark}]/u;
  const segmenter = new Intl.Segmenter();
  for (let code = 0; code < 0x1_0000; code++) {
    const character = String.fromCharCode(code);
    if (!isSimple(character)) continue;
    assert.doesNotMatch(character, hidden, code.toString(16));
    assert.equal([...segmenter.segment(`${character}a${character}${character}漢${character}`)].length, 6);
  }
});

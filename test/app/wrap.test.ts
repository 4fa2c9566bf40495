import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../domain/fixed-seed.ts';
import { wrapText } from '../../src/app/wrap.ts';
import { cellWidth } from '../../src/domain/text.ts';

test('wrapped text loses nothing but the blanks at its breaks and fits', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', ' ', '日', '👩‍🚀', '-', '·') }),
      fc.integer({ min: 2, max: 20 }),
      (text, cells) => {
        const lines = wrapText(text, cells);
        assert.ok(lines.every((line) => cellWidth(line) <= cells));
        assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
      },
    ),
  );
});

test('an age is not torn apart, and a dot stands before what it sets off', () => {
  assert.deepEqual(wrapText('created 2025-09-25 · updated 430 d ago · analyzed 3 min ago', 38), [
    'created 2025-09-25 · updated 430 d ago',
    '· analyzed 3 min ago',
  ]);
  assert.deepEqual(wrapText('analyzed 12 mo ago', 14), ['analyzed', '12 mo ago']);
  assert.deepEqual(wrapText('a · bcdefghij', 9), ['a ·', 'bcdefghij']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
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

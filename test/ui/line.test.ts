import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../domain/fixed-seed.ts';
import { cellWidth } from '../../src/domain/text.ts';
import { formatField } from '../../src/ui/field.ts';
import { bothSides, cutLine, fitLine, lineText, lineWidth, span } from '../../src/ui/line.ts';
import { paintLine } from '../../src/ui/paint.ts';
import { partAround, partFrom } from '../../src/ui/visible-part.ts';
import { lookOf } from './harness.tsx';

const text = fc
  .array(fc.constantFrom('a', 'bc ', '日本', '●', 'é', '👩‍👧', '…'), { maxLength: 8 })
  .map((parts) => parts.join(''));
const line = fc.array(text, { maxLength: 5 }).map((parts) => parts.map((part) => span(part)));
const cells = fc.integer({ min: 1, max: 30 });

test('a fitted line is exactly as wide as asked, a cut one at most', () => {
  fc.assert(
    fc.property(line, cells, (parts, width) => {
      assert.equal(lineWidth(fitLine(parts, width)), width);
      assert.ok(lineWidth(cutLine(parts, width)) <= width);
    }),
  );
});

test('a line that fits is left as it is', () => {
  const parts = [span('one '), span('two', 'muted')];
  assert.equal(cutLine(parts, 7), parts);
  assert.equal(lineText(cutLine(parts, 6)), 'one t…');
});

test('of two sides the left one gives way, and a blank stays between them', () => {
  fc.assert(
    fc.property(line, line, cells, (left, right, width) =>
      assert.ok(lineWidth(bothSides(left, right, width)) <= width),
    ),
  );
  assert.equal(lineText(bothSides([span('left side')], [span('right')], 12)), 'left … right');
});

test('the caret is always seen, wherever it is in a text of any length', () => {
  fc.assert(
    fc.property(text, fc.nat(), cells, (typed, at, width) => {
      // The field's editing keeps the caret between graphemes.
      const steps = [...Array.from(new Intl.Segmenter().segment(typed), ({ index }) => index), typed.length];
      const caret = steps[at % steps.length] ?? 0;
      const field = formatField({ text: typed, caret }, width + 3);
      assert.equal(field.filter((part) => part.token === 'caret').length, 1);
      assert.ok(lineWidth(field) <= width + 3, lineText(field));
    }),
  );
});

test('the part of a list that is shown holds the chosen item and wastes no row', () => {
  const positive = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(positive, fc.nat({ max: 39 }), positive, (count, at, rows) => {
      const chosen = at % count;
      const { from, to } = partAround(count, chosen, rows);
      assert.ok(from <= chosen && chosen < to);
      assert.equal(to - from, Math.min(count, rows));
    }),
  );
  assert.deepEqual(partFrom(10, 99, 4), { from: 6, to: 10 });
  assert.deepEqual(partFrom(3, 1, 4), { from: 0, to: 3 });
});

test('links are written only where the terminal knows them', () => {
  const parts = [{ text: 'console', token: 'link' as const, href: 'https://example.com/' }];
  assert.equal(paintLine(parts, lookOf('default', 'none'), 20).includes(']8;;'), false);
  assert.match(
    paintLine(parts, lookOf('default', 'none', { links: true }), 20),
    /\]8;;https:\/\/example\.com\/.*console.*\]8;;/,
  );
});

test('a theme with a background fills its rows to their end', () => {
  const painted = paintLine([span('x')], lookOf('dracula', 'truecolor'), 9);
  assert.equal(cellWidth(painted.replace(new RegExp('\\u001b\\[[0-9;]*m', 'g'), '')), 9);
});

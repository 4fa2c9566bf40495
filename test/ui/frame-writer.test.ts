import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../domain/fixed-seed.ts';
import { FrameWriter, type Size } from '../../src/ui/terminal/frame-writer.ts';
import type { PlacedLines } from '../../src/ui/terminal/screen-row.ts';
import { manyExposures, stateWith, withDetail } from './fixture.ts';
import { draw, lookOf } from './harness.tsx';
import { TestTerminal } from './terminal.ts';

const ESC = '\u001b';
const SIZE = { columns: 20, rows: 4 };

const PIECES = ['a', 'bc', ' ', '   ', '·', '●', '日', '本', 'é', '👩‍👧', 'e\u0301', '‹'];
const CODES = [
  '1',
  '2',
  '4',
  '7',
  '22',
  '24',
  '27',
  '31',
  '32',
  '39',
  '41',
  '49',
  '0',
  '38;5;120',
  '48;2;1;2;3',
];

/** A frame of one block that fills the screen. */
const whole = (frame: string): readonly PlacedLines[] => [{ x: 0, y: 0, lines: frame.split('\n') }];
const drawText = (writer: FrameWriter, frame: string, size: Size): boolean => writer.draw(whole(frame), size);

/** A line as it may be painted: text and SGR, never wider than the screen. */
const line = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES),
      fc.constantFrom(...CODES).map((code) => `${ESC}[${code}m`),
    ),
    { maxLength: 9 },
  )
  .map((parts) => `${parts.join('')}${ESC}[0m`);
const frame = fc.array(line, { minLength: 1, maxLength: SIZE.rows }).map((lines) => lines.join('\n'));

test('whatever the frames before, the screen ends as if the last one had been drawn alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 5 }), async (frames) => {
      const [step, alone] = [
        new TestTerminal(SIZE.columns, SIZE.rows),
        new TestTerminal(SIZE.columns, SIZE.rows),
      ];
      const writer = new FrameWriter(step.write);
      for (const each of frames) drawText(writer, each, SIZE);
      drawText(new FrameWriter(alone.write), frames.at(-1) ?? '', SIZE);
      assert.deepEqual(await step.lines(), await alone.lines());
      assert.deepEqual(await step.looks(), await alone.looks());
    }),
    { numRuns: 150 },
  );
});

test('a whole frame is what its text says', async () => {
  const terminal = new TestTerminal(SIZE.columns, SIZE.rows);
  drawText(new FrameWriter(terminal.write), `one\n${ESC}[1mtwo${ESC}[22m\n\n日本 four`, SIZE);
  assert.deepEqual(await terminal.lines(), ['one', 'two', '', '日本 four']);
});

const numbered = (from: number, cursor: number): string =>
  Array.from(
    { length: 12 },
    (_, row) => `${row === cursor ? '▌' : ' '} row ${from + row} ${'x'.repeat((from + row) % 7)}`,
  ).join('\n');

test('a list that moves by one is moved by the terminal, up and down', async () => {
  const size = { columns: 40, rows: 14 };
  const terminal = new TestTerminal(size.columns, size.rows);
  const writer = new FrameWriter(terminal.write);
  for (const [from, cursor] of [
    [0, 11],
    [1, 11],
    [2, 11],
    [1, 0],
    [0, 0],
  ] as const) {
    const text = `head\n${numbered(from, cursor)}\nfoot`;
    drawText(writer, text, size);
    assert.deepEqual(
      await terminal.lines(),
      text.split('\n').map((line) => line.trimEnd()),
    );
    const bytes = terminal.takeBytes();
    assert.ok(from === 0 && cursor === 11 ? bytes > 200 : bytes < 120, `${bytes} bytes`);
  }
});

test('frames that are like each other but moved end as they should', async () => {
  const rows = fc.array(fc.constantFrom('', 'one', 'two', 'three', '日本', '▌ row'), {
    minLength: 10,
    maxLength: 10,
  });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: -2, max: 2 }), rows, async (lines, by, others) => {
      const size = { columns: 20, rows: 10 };
      const terminal = new TestTerminal(size.columns, size.rows);
      const writer = new FrameWriter(terminal.write);
      drawText(writer, lines.join('\n'), size);
      const moved = lines.map((_, row) => lines[row + by] ?? others[row] ?? '');
      drawText(writer, moved.join('\n'), size);
      assert.deepEqual(await terminal.lines(), moved);
    }),
    { numRuns: 300 },
  );
});

test('the same frame again writes nothing', () => {
  const terminal = new TestTerminal(SIZE.columns, SIZE.rows);
  const writer = new FrameWriter(terminal.write);
  drawText(writer, 'one\ntwo', SIZE);
  terminal.takeBytes();
  drawText(writer, 'one\ntwo', SIZE);
  assert.equal(terminal.takeBytes(), 0);
});

test('a changed word writes that word, not its line', () => {
  const terminal = new TestTerminal(80, 4);
  const writer = new FrameWriter(terminal.write);
  const size = { columns: 80, rows: 4 };
  drawText(writer, 'a long line that begins alike, then 12 and ends alike for quite a while', size);
  terminal.takeBytes();
  drawText(writer, 'a long line that begins alike, then 13 and ends alike for quite a while', size);
  assert.equal(terminal.written, `${ESC}[1;38H3`);
});

test('modes pass through, and a fresh alternate screen is drawn whole', () => {
  const terminal = new TestTerminal(SIZE.columns, SIZE.rows);
  const writer = new FrameWriter(terminal.write);
  drawText(writer, 'one', SIZE);
  terminal.takeBytes();
  writer.pass(`${ESC}[?2004h`);
  assert.equal(terminal.written, `${ESC}[?2004h`);
  writer.pass(`${ESC}[?1049h`);
  terminal.takeBytes();
  drawText(writer, 'one', SIZE);
  assert.match(terminal.written, /\[2J.*one/s);
});

test('after a resize everything is drawn again, and no more rows than there are', async () => {
  const terminal = new TestTerminal(SIZE.columns, SIZE.rows);
  const writer = new FrameWriter(terminal.write);
  drawText(writer, '1\n2\n3\n4', SIZE);
  terminal.takeBytes();
  drawText(writer, '1\n2\n3\n4', { columns: SIZE.columns, rows: 2 });
  assert.match(terminal.written, /\[2J/);
  assert.deepEqual((await terminal.lines()).slice(0, 3), ['1', '2', '']);
});

for (const [theme, depth] of [
  ['default', '16'],
  ['dark', 'truecolor'],
] as const) {
  test(`moving the cursor at 200×50 takes at most 330 bytes, a page at most a screen (${theme})`, () => {
    const look = lookOf(theme, depth);
    const terminal = new TestTerminal(200, 50);
    const writer = new FrameWriter(terminal.write);
    const at = (cursor: number, top: number): string => {
      const state = withDetail(stateWith(manyExposures(400), { viewport: { columns: 200, rows: 50 } }));
      return draw({ ...state, list: { ...state.list, cursor, top, cursorId: `e${cursor}` } }, look);
    };
    drawText(writer, at(3, 0), { columns: 200, rows: 50 });
    terminal.takeBytes();
    for (const cursor of [4, 5, 6, 5]) {
      drawText(writer, at(cursor, 0), { columns: 200, rows: 50 });
      const bytes = terminal.takeBytes();
      assert.ok(bytes > 0 && bytes <= 330, `${bytes} bytes`);
    }
    drawText(writer, at(50, 44), { columns: 200, rows: 50 });
    const page = terminal.takeBytes();
    drawText(new FrameWriter(terminal.write), at(50, 44), { columns: 200, rows: 50 });
    const whole = terminal.takeBytes();
    assert.ok(page <= whole, `${page} bytes where the whole screen takes ${whole}`);
  });
}

test('a frame drawn for a wider terminal is not wrapped over its neighbours; the one after it is whole', async () => {
  const terminal = new TestTerminal(SIZE.columns, SIZE.rows);
  const writer = new FrameWriter(terminal.write);
  drawText(writer, 'one\ntwo', SIZE);
  drawText(writer, `${'x'.repeat(SIZE.columns + 5)}\ntwo`, SIZE);
  drawText(writer, 'one\nnew', SIZE);
  assert.deepEqual(
    (await terminal.lines()).slice(0, 3).map((text) => text.trimEnd()),
    ['one', 'new', ''],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FrameWriter } from '../../src/ui/terminal/frame-writer.ts';
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

/** A line as Ink may write it: text and SGR, never wider than the screen. */
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
      for (const each of frames) writer.write(each, SIZE);
      new FrameWriter(alone.write).write(frames.at(-1) ?? '', SIZE);
      assert.deepEqual(await step.lines(), await alone.lines());
      for (let row = 0; row < SIZE.rows; row++)
        assert.deepEqual(await step.looks(row), await alone.looks(row));
    }),
    { numRuns: 150 },
  );
});

test('a whole frame is what its text says', async () => {
  const terminal = new TestTerminal(SIZE.columns, SIZE.rows);
  new FrameWriter(terminal.write).write(`one\n${ESC}[1mtwo${ESC}[22m\n\n日本 four`, SIZE);
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
    writer.write(text, size);
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
      writer.write(lines.join('\n'), size);
      const moved = lines.map((_, row) => lines[row + by] ?? others[row] ?? '');
      writer.write(moved.join('\n'), size);
      assert.deepEqual(await terminal.lines(), moved);
    }),
    { numRuns: 300 },
  );
});

test('the same frame again writes nothing', () => {
  const terminal = new TestTerminal(SIZE.columns, SIZE.rows);
  const writer = new FrameWriter(terminal.write);
  writer.write('one\ntwo', SIZE);
  terminal.takeBytes();
  writer.write('one\ntwo', SIZE);
  assert.equal(terminal.takeBytes(), 0);
});

test('a changed word writes that word, not its line', () => {
  const terminal = new TestTerminal(80, 4);
  const writer = new FrameWriter(terminal.write);
  const size = { columns: 80, rows: 4 };
  writer.write('a long line that begins alike, then 12 and ends alike for quite a while', size);
  terminal.takeBytes();
  writer.write('a long line that begins alike, then 13 and ends alike for quite a while', size);
  assert.equal(terminal.written, `${ESC}[1;38H3`);
});

test('modes pass through, and a fresh alternate screen is drawn whole', () => {
  const terminal = new TestTerminal(SIZE.columns, SIZE.rows);
  const writer = new FrameWriter(terminal.write);
  writer.write('one', SIZE);
  terminal.takeBytes();
  writer.write(`${ESC}[?2004h`, SIZE);
  assert.equal(terminal.written, `${ESC}[?2004h`);
  writer.write(`${ESC}[?1049h`, SIZE);
  terminal.takeBytes();
  writer.write('one', SIZE);
  assert.match(terminal.written, /\[2J.*one/s);
});

test('after a resize everything is drawn again, and no more rows than there are', async () => {
  const terminal = new TestTerminal(SIZE.columns, SIZE.rows);
  const writer = new FrameWriter(terminal.write);
  writer.write('1\n2\n3\n4', SIZE);
  terminal.takeBytes();
  writer.write('1\n2\n3\n4', { columns: SIZE.columns, rows: 2 });
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
    writer.write(at(3, 0), { columns: 200, rows: 50 });
    terminal.takeBytes();
    for (const cursor of [4, 5, 6, 5]) {
      writer.write(at(cursor, 0), { columns: 200, rows: 50 });
      const bytes = terminal.takeBytes();
      assert.ok(bytes > 0 && bytes <= 330, `${bytes} bytes`);
    }
    writer.write(at(50, 44), { columns: 200, rows: 50 });
    const page = terminal.takeBytes();
    new FrameWriter(terminal.write).write(at(50, 44), { columns: 200, rows: 50 });
    const whole = terminal.takeBytes();
    assert.ok(page <= whole, `${page} bytes where the whole screen takes ${whole}`);
  });
}

test('a frame drawn for a wider terminal is not wrapped over its neighbours; the one after it is whole', async () => {
  const terminal = new TestTerminal(SIZE.columns, SIZE.rows);
  const writer = new FrameWriter(terminal.write);
  writer.write('one\ntwo', SIZE);
  writer.write(`${'x'.repeat(SIZE.columns + 5)}\ntwo`, SIZE);
  writer.write('one\nnew', SIZE);
  assert.deepEqual(
    (await terminal.lines()).slice(0, 3).map((text) => text.trimEnd()),
    ['one', 'new', ''],
  );
});

import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import fc from 'fast-check';
import { Box, render } from 'ink';
import type { ReactElement } from 'react';
import { CanvasContext } from '../../src/ui/canvas.ts';
import { Console } from '../../src/ui/app.tsx';
import { PaintedRows } from '../../src/ui/rows.tsx';
import { FrameWriter, type Size } from '../../src/ui/terminal/frame-writer.ts';
import type { PlacedLines } from '../../src/ui/terminal/screen-row.ts';
import { createScreenStream } from '../../src/ui/terminal/screen-stream.ts';
import { drawTree, lookOf } from './harness.tsx';
import { SCENES } from './scenes.ts';
import { TestTerminal } from './terminal.ts';

/** The terminal of the console: what Ink places is drawn by the frame writer. */
async function drawOnCanvas(tree: ReactElement, { columns, rows }: Size): Promise<TestTerminal> {
  const terminal = new TestTerminal(columns, rows);
  const stdout = Object.assign(new EventEmitter(), { columns, rows, write: terminal.write });
  const { stream, canvas } = createScreenStream(stdout as unknown as NodeJS.WriteStream);
  const options = { debug: true, patchConsole: false, exitOnCtrlC: false, interactive: false } as const;
  const instance = render(<CanvasContext value={canvas}>{tree}</CanvasContext>, {
    ...options,
    stdout: stream,
  });
  await Promise.resolve();
  instance.unmount();
  instance.cleanup();
  return terminal;
}

/** The same, put together by Ink. */
function drawByInk(tree: ReactElement, size: Size): TestTerminal {
  const terminal = new TestTerminal(size.columns, size.rows);
  const lines = drawTree(tree, size.columns, size.rows).split('\n');
  new FrameWriter(terminal.write).draw([{ x: 0, y: 0, lines }], size);
  return terminal;
}

async function assertSame(tree: ReactElement, size: Size): Promise<void> {
  const [own, ink] = [await drawOnCanvas(tree, size), drawByInk(tree, size)];
  assert.deepEqual(await own.lines(), await ink.lines());
  assert.deepEqual(await own.looks(), await ink.looks());
}

for (const { size, theme, depth } of [
  { size: { columns: 80, rows: 24 }, theme: 'default', depth: '16' },
  { size: { columns: 161, rows: 40 }, theme: 'dark', depth: 'truecolor' },
] as const) {
  test(`every scene is drawn as Ink would draw it, at ${size.columns} columns in ${theme}`, async () => {
    const look = lookOf(theme, depth);
    for (const scene of Object.values(SCENES))
      await assertSame(<Console state={{ ...scene(), viewport: size }} look={look} />, size);
  });
}

const SIZE = { columns: 16, rows: 5 };
const ESC = '\u001b';
const painted = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', 'bc', ' ', '日', '本', '·', 'é'),
      fc.constantFrom('1', '31', '41', '0').map((code) => `${ESC}[${code}m`),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => `${parts.join('')}${ESC}[0m`);
const block = fc.record({
  x: fc.nat(SIZE.columns - 12),
  y: fc.nat(SIZE.rows - 1),
  lines: fc.array(painted, { minLength: 1, maxLength: SIZE.rows }),
});

test('blocks over each other are what Ink makes of them, halves of wide characters included', async () => {
  const tree = (blocks: readonly PlacedLines[]): ReactElement => (
    <Box width={SIZE.columns} height={SIZE.rows}>
      {blocks.map(({ x, y, lines }, at) => (
        <Box key={at} position="absolute" left={x} top={y} width={SIZE.columns}>
          <PaintedRows lines={lines} width={SIZE.columns} />
        </Box>
      ))}
    </Box>
  );
  await fc.assert(
    fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 4 }), (blocks) =>
      assertSame(tree(blocks), SIZE),
    ),
    { numRuns: 200 },
  );
});

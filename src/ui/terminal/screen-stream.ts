import { measureElement, type DOMElement } from 'ink';
import type { RefObject } from 'react';
import type { Canvas } from '../canvas.ts';
import { FrameWriter } from './frame-writer.ts';
import type { PlacedLines } from './screen-row.ts';

export interface ScreenStream {
  /** The terminal as Ink sees it. */
  readonly stream: NodeJS.WriteStream;
  /** What Ink places while it puts a frame together is what that frame is. */
  readonly canvas: Canvas;
  /** Draws the frame that Ink wrote last, if it has not been drawn yet. */
  readonly draw: () => void;
}

interface Block {
  readonly box: RefObject<DOMElement | null>;
  readonly lines: readonly string[];
}

/**
 * So wide Ink takes the terminal to be. All boxes have widths of their own, and of the text that it makes of a frame
 * nothing is drawn: at 200 columns it would make and throw away ten thousand cells a frame.
 */
const NARROW = 1;

/** Where the blocks stand. undefined: one of them is gone, so the screen is being taken down. */
function measureBlocks(blocks: readonly Block[]): readonly PlacedLines[] | undefined {
  const placed: PlacedLines[] = [];
  for (const { box, lines } of blocks) {
    if (box.current === null) return undefined;
    const { x, y } = measureElement(box.current);
    placed.push({ x, y, lines });
  }
  return placed;
}

/** Stands between Ink and the terminal. Everything but `write` and the width is the terminal's own. */
export function createScreenStream(stdout: NodeJS.WriteStream): ScreenStream {
  const writer = new FrameWriter((text) => stdout.write(text));
  let placing: Block[] = [];
  let frame: readonly Block[] | undefined;

  const draw = (): void => {
    const placed = frame && measureBlocks(frame);
    frame = undefined;
    if (placed !== undefined) writer.draw(placed, { columns: stdout.columns, rows: stdout.rows });
  };

  /** Ink writes a frame in the middle of React's commit, when a box that is new has no ref yet: it is drawn right after. */
  const keepFrame = (): void => {
    if (frame === undefined) queueMicrotask(draw);
    frame = placing;
    placing = [];
  };

  const write = (text: string, ...rest: readonly unknown[]): boolean => {
    const isFrame = placing.length > 0;
    if (isFrame) keepFrame();
    else draw();
    const wrote = isFrame || writer.pass(text);
    const done = rest.find((part) => typeof part === 'function');
    // Ink waits for an empty write to know that all before it has been flushed.
    if (done !== undefined) stdout.write('', () => (done as () => void)());
    return wrote;
  };

  const stream = new Proxy(stdout, {
    get(target, name): unknown {
      if (name === 'write') return write;
      if (name === 'columns') return NARROW;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
  });
  return { stream, canvas: { place: (box, lines) => void placing.push({ box, lines }) }, draw };
}

import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { render } from 'ink';
import type { ReactElement } from 'react';
import type { AppState } from '../../src/app/state.ts';
import { loadTheme } from '../../src/theme/load-theme.ts';
import { resolveTheme, type ColourDepth } from '../../src/theme/resolve.ts';
import { Console } from '../../src/ui/app.tsx';
import { LinearConsole } from '../../src/ui/linear/linear-console.tsx';
import type { Look } from '../../src/ui/paint.ts';
import { shippedThemes } from '../theme/shipped.ts';

const texts = shippedThemes();

export function lookOf(name: string, depth: ColourDepth, over: Partial<Look> = {}): Look {
  const [theme, plain] = [loadTheme(name, texts), loadTheme('default', texts)];
  assert.ok(theme.ok && plain.ok);
  return { palette: resolveTheme(theme.value, plain.value, depth), ascii: false, links: false, ...over };
}

/** A terminal that keeps the last frame. In debug mode Ink writes each frame whole. */
class FakeScreen extends EventEmitter {
  readonly columns: number;
  readonly rows: number;
  frame = '';

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): boolean {
    this.frame = text;
    return true;
  }
}

/** What Ink draws for a tree on a terminal of this size. */
export function drawTree(tree: ReactElement, columns: number, rows: number): string {
  const screen = new FakeScreen(columns, rows);
  const stdout = screen as unknown as NodeJS.WriteStream;
  const instance = render(tree, {
    stdout,
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
    interactive: false,
  });
  const { frame } = screen;
  instance.unmount();
  instance.cleanup();
  return frame;
}

/** The whole console at the size that the state names. */
export function draw(state: AppState, look: Look = lookOf('mono', 'none')): string {
  return drawTree(<Console state={state} look={look} />, state.viewport.columns, state.viewport.rows);
}

/** What Ink writes for a screen reader. */
export function drawLinear(state: AppState): string {
  const screen = new FakeScreen(80, 24);
  const stdout = screen as unknown as NodeJS.WriteStream;
  const options = {
    stdout,
    debug: true,
    patchConsole: false,
    interactive: false,
    isScreenReaderEnabled: true,
  };
  const instance = render(<LinearConsole state={state} />, options);
  const { frame } = screen;
  instance.unmount();
  instance.cleanup();
  return frame;
}

const ESCAPES = new RegExp('\\u001b\\[[0-9;]*m', 'g');

/** What a person sees: no escapes, no blanks at the ends of lines. */
export const plainText = (frame: string): string => frame.replace(ESCAPES, '').replace(/ +$/gm, '');

const folder = new URL('frames/', import.meta.url);

/** Lines that differ, with their numbers: what a person reads when a frame has changed. */
function difference(was: string, is: string): string {
  const [before, after] = [was.split('\n'), is.split('\n')];
  const rows = Math.max(before.length, after.length);
  const changed = Array.from({ length: rows }, (_, row) => row).filter((row) => before[row] !== after[row]);
  return changed
    .map((row) => `${row + 1}\n  was |${before[row] ?? ''}|\n  is  |${after[row] ?? ''}|`)
    .join('\n');
}

/** Compares a frame with the one on disk; UPDATE_FRAMES=1 writes it anew. */
export function matchFrame(name: string, frame: string): void {
  const file = new URL(`${name}.txt`, folder);
  const text = `${plainText(frame)}\n`;
  if (process.env['UPDATE_FRAMES'] === '1') {
    mkdirSync(new URL('.', file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  assert.ok(existsSync(file), `no frame ${name}: look at it and write it with UPDATE_FRAMES=1`);
  const was = readFileSync(file, 'utf8');
  assert.ok(
    was === text,
    `frame ${name} differs; if it should, UPDATE_FRAMES=1 writes it anew\n${difference(was, text)}`,
  );
}

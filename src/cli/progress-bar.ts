import type { Writable } from 'node:stream';
import { cellWidth, truncateEnd } from '../domain/text.ts';

/** One line on a terminal that is drawn over itself and wiped when it is done. */
export interface ProgressBar {
  update(fraction: number, text: string): void;
  finish(): void;
}

const WIDTH = 24;
const ERASE_LINE = '\r\u001b[2K';

/** Draws only what has changed. Without a terminal it draws nothing. */
export function createProgressBar(io: {
  readonly err: Writable;
  readonly interactive: boolean;
  readonly barColumns: number;
  readonly ascii: boolean;
}): ProgressBar {
  if (!io.interactive) return { update: () => undefined, finish: () => undefined };
  let drawn = '';
  return {
    update(fraction, text) {
      const line = formatProgress(fraction, text, { columns: io.barColumns, ascii: io.ascii });
      if (line === drawn) return;
      drawn = line;
      io.err.write(ERASE_LINE + line);
    },
    finish() {
      if (drawn !== '') io.err.write(ERASE_LINE);
      drawn = '';
    },
  };
}

/** `━━━━━━────── 42 %  text`, never wider than the terminal. */
export function formatProgress(
  fraction: number,
  text: string,
  { columns, ascii }: { readonly columns: number; readonly ascii: boolean },
): string {
  const clamped = Math.min(1, Math.max(0, fraction));
  const full = Math.round(clamped * WIDTH);
  const bar = (ascii ? '#' : '━').repeat(full) + (ascii ? '.' : '─').repeat(WIDTH - full);
  const head = `${bar} ${String(Math.floor(clamped * 100)).padStart(3)} %  `;
  return head + truncateEnd(text, Math.max(0, columns - cellWidth(head) - 1), ascii ? '...' : '…');
}

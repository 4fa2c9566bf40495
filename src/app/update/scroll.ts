import type { Chord } from '../keymap.ts';
import type { CommandMessage } from '../message.ts';
import { clamp } from './window.ts';

export type Move = Extract<CommandMessage, { kind: 'move' }>;

/** How many lines a unit of moving is. */
export const lines = (unit: Move['unit'], page: number, total: number): number =>
  ({ row: 1, 'half-page': Math.max(1, Math.floor(page / 2)), page, end: total })[unit];

/** Where a scrolled text stands after a move: its last line stays at the bottom. */
export const scrolled = (scroll: number, move: Move, height: number, page: number): number =>
  clamp(
    clamp(scroll, 0, Math.max(0, height - page)) + move.by * lines(move.unit, page, height),
    0,
    Math.max(0, height - page),
  );

const LINES: Readonly<Record<Chord, (page: number) => number>> = {
  j: () => 1,
  down: () => 1,
  k: () => -1,
  up: () => -1,
  space: (page) => page,
  pgdown: (page) => page,
  'ctrl+d': (page) => Math.ceil(page / 2),
  'ctrl+u': (page) => -Math.ceil(page / 2),
  pgup: (page) => -page,
  g: () => -Infinity,
  home: () => -Infinity,
  G: () => Infinity,
  end: () => Infinity,
};

/** How many lines a key moves a text in which nothing is written; undefined: it does not move it. */
export const linesOf = (chord: Chord, page: number): number | undefined =>
  Object.hasOwn(LINES, chord) ? LINES[chord]?.(page) : undefined;

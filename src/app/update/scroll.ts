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

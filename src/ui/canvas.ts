import type { DOMElement } from 'ink';
import { createContext, type RefObject } from 'react';

/**
 * Takes painted lines past Ink: it lays them out, and says when and in which order they are drawn; the frame writer draws
 * them. Ink would take each line apart into an object for every cell, put ten thousand of them together again and write
 * one text a frame, of which the frame writer then finds the few cells that changed.
 */
export interface Canvas {
  /** Draws where the box stands, over what was placed before in the same frame. */
  place(box: RefObject<DOMElement | null>, lines: readonly string[]): void;
}

/** undefined: Ink draws the lines itself, as it does for whoever has no terminal (the tests). */
export const CanvasContext = createContext<Canvas | undefined>(undefined);

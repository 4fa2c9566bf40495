import type { AnalyzerSpec } from './finding.ts';

/** Which plain finding: index `index` of the world's analyzer number `n`. */
export interface PlainPlace {
  readonly analyzer: AnalyzerSpec;
  readonly n: number;
  readonly index: number;
  readonly seed: number;
  readonly now: number;
}

/** A number below `range` that follows from the place; `salt` tells the uses apart. */
export type Draw = (salt: number, range: number) => number;

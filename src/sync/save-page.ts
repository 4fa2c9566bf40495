import { setImmediate } from 'node:timers/promises';
import type { Finding } from '../domain/finding.ts';
import type { Pass } from './ports.ts';

/** Findings written in one go: some milliseconds, so that a key pressed meanwhile is not kept waiting. */
const SLICE = 250;

export interface Places {
  /** Where the pass stands until the page is written whole. */
  readonly before: () => string | undefined;
  /** Called once, with the last slice: takes the page as read and answers where the pass stands then. */
  readonly after: () => string | undefined;
}

/** Writes a page in slices. An interruption between two of them only means that the page is read again. */
export async function savePage(
  pass: Pass,
  findings: readonly Finding[],
  { before, after }: Places,
): Promise<void> {
  let start = 0;
  for (; start + SLICE < findings.length; start += SLICE) {
    pass.savePage(findings.slice(start, start + SLICE), before());
    await setImmediate();
  }
  pass.savePage(start === 0 ? findings : findings.slice(start), after());
}

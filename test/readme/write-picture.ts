/** Draws the README's picture from a real frame: the built program on its demo, in a terminal of 120×28. */
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { BIN, withProgram } from '../cli/program.ts';
import { PtyDriver } from '../pty/driver.ts';
import { formatFrameSvg } from './frame-svg.ts';

const CALM_MS = 1_000;

/** The list follows a moment after the sync has ended. */
async function untilCalm(terminal: PtyDriver): Promise<void> {
  let before = '';
  while (before !== (before = terminal.screen())) await setTimeout(CALM_MS);
}

await withProgram({}, async (program) => {
  const terminal = new PtyDriver({
    command: process.execPath,
    args: [BIN, '--demo'],
    columns: 120,
    rows: 28,
    env: { HOME: program.home },
  });
  await terminal.waitFor(
    (screen) => /Findings [1-9]/.test(screen) && /just now/.test(screen) && !/syncing/.test(screen),
    60_000,
  );
  await untilCalm(terminal);
  terminal.type('g');
  terminal.type('jj j');
  await terminal.waitFor(/1 marked/);
  writeFileSync(
    new URL('./console.svg', import.meta.url),
    formatFrameSvg(terminal.cells(), 'iam-triage: a list of findings, riskiest first, one of them marked'),
  );
  await terminal.close();
});

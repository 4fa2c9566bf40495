import { type Bench, formatCount } from '../bench.ts';
import type { Row } from '../figure.ts';
import { median } from '../measure.ts';
import { storeOf } from '../stores.ts';

const QUIET_MS = 300;

/** One of the ten analyzers of the plain world: a tenth of all findings. */
const FILTER = 'region:us-west-2';

/** Mark all that the filter shows, then plan to archive it: until the dialog with its numbers stands. */
export async function measurePlan(bench: Bench): Promise<readonly Row[]> {
  const { scale } = bench;
  const [marks, plans]: [number[], number[]] = [[], []];
  // Not offline, which refuses to plan; the sync meets a closed port and has ended when the screen is quiet.
  const home = await storeOf(bench, scale.large);
  const terminal = bench.openConsole(home, '--region', 'us-west-2', '--filter', FILTER);
  await terminal.waitFor((screen) => screen.includes('1 of '));
  await terminal.quiet(4_000);
  for (let round = 0; round < Math.max(3, scale.rounds); round++) {
    const mark = await terminal.press('*', { quietMs: QUIET_MS, until: (screen) => / marked/.test(screen) });
    const plan = await terminal.press('a', {
      quietMs: QUIET_MS,
      until: (screen) => /esc leaves/.test(screen),
    });
    marks.push(mark.listMs);
    plans.push(mark.listMs + plan.listMs);
    await terminal.press('\u001b', { quietMs: QUIET_MS });
    await terminal.press('*', { quietMs: QUIET_MS });
  }
  await terminal.close();
  return [
    {
      what: 'mark all, plan to archive them, to the dialog',
      at: formatCount(scale.large / 10),
      value: median(plans),
      unit: 'ms',
      bar: { of: 'value', most: 300 },
      note: `marking ${median(marks).toFixed(0)} ms of it`,
    },
  ];
}

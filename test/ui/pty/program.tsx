import { createKeymap } from '../../../src/app/bindings.ts';
import { createInitialState } from '../../../src/app/initial-state.ts';
import type { Services } from '../../../src/app/services.ts';
import { createStore } from '../../../src/app/store.ts';
import { rangeAt } from '../../../src/domain/list-place.ts';
import { succeed } from '../../../src/domain/problem.ts';
import { colourDepth } from '../../../src/theme/resolve.ts';
import { createLooks } from '../../../src/ui/looks.ts';
import { runConsole } from '../../../src/ui/run-console.tsx';
import { shippedThemes } from '../../theme/shipped.ts';
import { noAnalyzers, noRules } from '../../app/fakes/fake-rules.ts';
import { detailOf, manyExposures, MODE, NOW, SUMMARY } from '../fixture.ts';

/** The console over forty rows in memory, for tests in a real terminal. What it was asked for stands in its last line. */

const rows = manyExposures(40);
const publicFindings = rows.filter((row) => row.isPublic).length;
const counts = { exposures: rows.length, findings: rows.length, publicFindings };
const nothing = async (): Promise<never> => Promise.reject(new Error('This program changes nothing.'));

const services: Services = {
  queries: {
    around: async (_query, place) => {
      const at = rows.findIndex((row) => row.exposureId === place.follow);
      const found = at === -1 ? undefined : at;
      const { offset, limit } = rangeAt(place, found, rows.length);
      return { counts, found, heir: undefined, offset, rows: rows.slice(offset, offset + limit) };
    },
    window: async (_query, offset, limit) => rows.slice(offset, offset + limit),
    exposureIds: async () => rows.map((row) => row.exposureId),
    exposure: async (id) => rows.filter((row) => row.exposureId === id).map(detailOf)[0],
    successors: async () => new Map(),
    history: async () => [],
    values: async () => [],
    summary: async () => SUMMARY,
    journal: async () => [],
    missingDetails: async () => [],
    withoutDetail: async () => 0,
  },
  changes: {
    planArchive: nothing,
    planUndo: nothing,
    planRedo: nothing,
    planFinish: nothing,
    planScan: nothing,
    run: nothing,
    recover: async () => [],
  },
  recommendations: { load: nothing, check: nothing, format: nothing, save: nothing },
  resolutions: { load: nothing, prove: nothing },
  rules: noRules,
  analyzers: noAnalyzers,
  syncing: {
    run: nothing,
    cancel: () => undefined,
    wantDetails: () => undefined,
  },
  outside: { copy: async () => succeed(undefined), findingsToCopy: nothing, exportList: nothing },
  memory: {
    saveTheme: () => succeed(undefined),
    saveView: () => succeed(undefined),
    saveOrganization: () => succeed(undefined),
    deleteView: () => succeed(undefined),
  },
};

const { stdin, stdout, env } = process;
const texts = shippedThemes();
const initial = createInitialState({
  viewport: { columns: stdout.columns, rows: stdout.rows },
  now: NOW,
  mode: { ...MODE, screenReader: env['INK_SCREEN_READER'] === 'true' },
  keymap: createKeymap(),
  themeName: env['TEST_THEME'] ?? 'default',
  themeNames: [...texts.keys()],
  views: [],
  first: { rows, counts },
  summary: SUMMARY,
});
const store = createStore({ initial, services });
if (env['TEST_CRASH'] !== undefined) {
  store.subscribe(() => {
    if (store.getState().screen === 'overview')
      setImmediate(() => {
        throw new Error('crashed on purpose');
      });
  });
}

try {
  process.exitCode = await runConsole({
    store,
    looks: createLooks({ texts, depth: colourDepth(env, false), ascii: false, links: false }),
    stdin,
    stdout,
    screenReader: initial.mode.screenReader,
  });
  const { list, screen, quit } = store.getState();
  stdout.write(
    `ended: row ${list.cursor} of ${screen}, ${quit === undefined ? 'not asked to' : 'asked to'}\n`,
  );
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`thrown: ${String(error)}\n`);
}
process.exit();

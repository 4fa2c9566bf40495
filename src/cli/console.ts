import { createInitialState, HOME_FILTER } from '../app/initial-state.ts';
import { createKeymap } from '../app/bindings.ts';
import { createStore, type AppStore } from '../app/store.ts';
import type { Mode } from '../app/state.ts';
import { DEFAULT_SORT, type ListQuery } from '../domain/listing.ts';
import { withAccountNames } from '../domain/filter/account-names.ts';
import { parseFilter } from '../domain/filter/parse.ts';
import type { Problem, Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import type { Store } from '../services/runtime.ts';
import { createConsoleServices } from '../services/console-services.ts';
import type { Runtime } from '../services/runtime.ts';
import { SETTINGS } from '../services/settings-table.ts';
import { listThemes, noSuchTheme, type ThemeCollection } from '../services/theme-service.ts';
import { colourDepth } from '../theme/resolve.ts';
import { createLooks, knowsLinks } from '../ui/looks.ts';
import { runConsole } from '../ui/run-console.tsx';
import type { CommandIo } from './command.ts';
import { parseFilterWords } from './query.ts';

export interface ConsoleOptions {
  readonly runtime: Runtime;
  readonly io: CommandIo;
  readonly filter: string | undefined;
  readonly theme: string | undefined;
  readonly noColor: boolean;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  /** Called once the first frame is on the screen. */
  readonly onPainted?: () => void;
}

/** Opens the console on the store and answers its exit code; the list stands before anything is asked of AWS. */
export async function openConsole(options: ConsoleOptions): Promise<number | Problem> {
  const { runtime, stdout, stdin, env } = options;
  const filter = parseFilterWords([options.filter ?? '']);
  if (!filter.ok) return filter.problem;
  const store = runtime.store();
  if (!store.ok) return store.problem;
  const themes = listThemes(runtime.paths.themes, runtime.settings.values.theme);
  const theme = chooseTheme(options, themes);
  if (!theme.ok) return theme.problem;
  const mode = createMode(options, store.value);
  const services = createConsoleServices(runtime, { env, write: (text) => void stdout.write(text) });
  const initial = createInitialState({
    viewport: { columns: stdout.columns, rows: stdout.rows },
    now: runtime.now(),
    mode,
    keymap: createKeymap(runtime.settings.values.keys),
    themeName: theme.value,
    themeNames: themes.themes.map(({ name }) => name),
    views: runtime.settings.values.views.map((view) => ({ ...view, shipped: false })),
    organizations: runtime.settings.values.organizations,
    ...firstLook(store.value, mode, { now: runtime.now(), rows: stdout.rows }),
  });
  const app = createStore({ initial, services });
  let stop: (() => void) | undefined;
  try {
    return await runConsole({
      store: app,
      looks: createLooks({
        texts: themes.texts,
        depth: colourDepth(env, options.noColor),
        ascii: mode.ascii,
        links: knowsLinks(env),
      }),
      stdin,
      stdout,
      screenReader: mode.screenReader,
      onPainted: () => {
        options.onPainted?.();
        stop = startLife(app, store.value, { runtime, problems: themes.problems });
      },
    });
  } finally {
    stop?.();
    services.stop();
    store.value.setLastVisit(runtime.now());
  }
}

function createMode({ runtime, io, filter, env }: ConsoleOptions, store: Store): Mode {
  return {
    readOnly: runtime.readOnly,
    offline: runtime.offline,
    demo: runtime.demo,
    ascii: io.ascii,
    screenReader: env['INK_SCREEN_READER'] === 'true',
    lastVisitAt: store.lastVisit(),
    profiles: runtime.profiles,
    accountNames: runtime.settings.values.accounts,
    homeFilter: filter ?? HOME_FILTER,
  };
}

/** The first window is read before the first paint: it takes less than a frame, and the screen never shows an empty list. */
function firstLook(
  store: Store,
  mode: Mode,
  { now, rows }: { readonly now: number; readonly rows: number },
): Pick<Parameters<typeof createInitialState>[0], 'first' | 'summary'> {
  const filter = parseFilter(mode.homeFilter);
  if (!filter.ok) return { summary: store.summary() };
  const context = { now, lastVisitAt: mode.lastVisitAt, marked: new Set<string>() };
  const query: ListQuery = {
    filter: withAccountNames(filter.expr, mode.accountNames),
    sort: DEFAULT_SORT,
    context,
  };
  return {
    first: { rows: store.window(query, 0, 2 * rows), counts: store.counts(query) },
    summary: store.summary(),
  };
}

function chooseTheme({ theme, runtime }: ConsoleOptions, { texts }: ThemeCollection): Result<string> {
  if (theme !== undefined) return texts.has(theme) ? succeed(theme) : fail(noSuchTheme(theme, texts));
  const { theme: kept } = runtime.settings.values;
  return succeed(texts.has(kept) ? kept : SETTINGS.theme.default);
}

const TICK_MS = 15_000;
const LOOK_MS = 3_000;

interface LifeOptions {
  readonly runtime: Runtime;
  readonly problems: readonly Problem[];
}

/** What happens without a key: the clock, what was left in flight, the first sync, and what is wrong with the settings. */
function startLife(app: AppStore, store: Store, { runtime, problems }: LifeOptions): () => void {
  const ticking = setInterval(() => app.dispatch({ kind: 'tick', now: runtime.now() }), TICK_MS);
  const looking = setInterval(watchStore(app, store), LOOK_MS);
  app.dispatch({ kind: 'opened' });
  for (const problem of [...runtime.takeNotices(), ...problems]) {
    app.dispatch({
      kind: 'say',
      toast: {
        kind: 'warning',
        text: problem.message,
        ...(problem.hint === undefined ? {} : { hint: problem.hint }),
      },
    });
  }
  return () => {
    clearInterval(ticking);
    clearInterval(looking);
  };
}

/** Two consoles may run on one store, and a command may write it: what they did is shown, too. */
function watchStore(app: AppStore, store: Store): () => void {
  let seen = store.version();
  return () => {
    const version = store.version();
    if (version === seen) return;
    seen = version;
    if (app.getState().sync.kind !== 'running') app.dispatch({ kind: 'store-changed' });
  };
}

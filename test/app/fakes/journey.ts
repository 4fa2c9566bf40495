import { createKeymap } from '../../../src/app/bindings.ts';
import type { KeySettings } from '../../../src/app/bindings.ts';
import { createInitialState } from '../../../src/app/initial-state.ts';
import type { StartFacts } from '../../../src/app/initial-state.ts';
import type { Mode } from '../../../src/app/state.ts';
import { createStore } from '../../../src/app/store.ts';
import type { AppState } from '../../../src/app/state.ts';
import type { StoredFinding } from '../../../src/domain/listing.ts';
import { createFakeWorld } from './fake-services.ts';
import { FakeStore } from './fake-store.ts';
import { manyFindings, NOW } from './findings.ts';

export const MODE: Mode = {
  readOnly: false,
  offline: false,
  demo: false,
  ascii: false,
  screenReader: false,
  lastVisitAt: 0,
  profiles: [],
  accountNames: {},
  homeFilter: 'status:active',
};

export interface JourneyOptions {
  readonly findings?: readonly StoredFinding[];
  readonly mode?: Partial<Mode>;
  readonly keys?: KeySettings;
  readonly organizations?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

export function startFacts(options: JourneyOptions = {}): StartFacts {
  const { mode, keys, organizations = {}, columns = 100, rows = 16 } = options;
  return {
    viewport: { columns, rows },
    now: NOW,
    mode: { ...MODE, ...mode },
    keymap: createKeymap(keys),
    themeName: 'default',
    themeNames: ['default', 'dark', 'light'],
    views: [],
    organizations,
  };
}

/** A state without a store behind it, for pure tests. */
export const aState = (options: JourneyOptions = {}, change: Partial<AppState> = {}): AppState => ({
  ...createInitialState(startFacts(options)),
  ...change,
});

/** Debounced effects run at once; a toast stays. */
const rest = (ms: number): Promise<void> => (ms < 1000 ? Promise.resolve() : new Promise(() => {}));

/** The whole console but its screen: press, wait until nothing runs, look. */
export function beginJourney(options: JourneyOptions = {}) {
  const fake = new FakeStore(options.findings ?? manyFindings(40));
  const { world, services } = createFakeWorld(fake);
  const store = createStore({
    initial: createInitialState(startFacts(options)),
    services,
    rest,
  });
  const getState = () => store.getState();
  return {
    world,
    store,
    state: getState,
    fake,
    /** Opens and waits: the list stands, the first sync has ended. */
    async open() {
      store.dispatch({ kind: 'opened' });
      await store.idle();
    },
    /** One input chunk, raw as a terminal sends it. */
    async press(chunk: string) {
      store.input(chunk);
      await store.idle();
    },
    async keys(...chords: string[]) {
      for (const chord of chords) {
        store.input([chord]);
        await store.idle();
      }
    },
    /** Id of the finding under the cursor. */
    under(): string | undefined {
      const { list } = getState();
      return list.rows[list.cursor - list.offset]?.resource.split('bucket-')[1];
    },
    top(): string | undefined {
      const { list } = getState();
      return list.rows[list.top - list.offset]?.resource.split('bucket-')[1];
    },
    async refresh() {
      store.dispatch({ kind: 'store-changed' });
      await store.idle();
    },
  };
}

export async function openJourney(options: JourneyOptions = {}) {
  const journey = beginJourney(options);
  await journey.open();
  return journey;
}

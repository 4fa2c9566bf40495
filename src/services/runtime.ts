import type { FilterContext } from '../domain/filter/ast.ts';
import type { Problem, Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import type { AwsGateway } from '../aws/gateway.ts';
import { openStore } from '../cache/open-store.ts';
import type { Store } from '../cache/store.ts';
import type { Gateway } from '../sync/ports.ts';
import type { ResolveGateway } from '../triage/resolve/ports.ts';
import { createPaths, type Paths } from './paths.ts';
import { loadSettings, type SettingsFile } from './settings.ts';

/** What every command and the console stand on, opened when it is first asked for. */
export interface Runtime {
  readonly paths: Paths;
  readonly settings: SettingsFile;
  readonly readOnly: boolean;
  readonly offline: boolean;
  readonly demo: boolean;
  /** Profiles and Regions asked for: the command line's, else the settings'. */
  readonly profiles: readonly string[];
  readonly regions: readonly string[];
  readonly now: () => number;
  /** What a person should hear about settings and store; each is said once. */
  takeNotices(): readonly Problem[];
  /** What another thread needs to stand on the same ground. */
  readonly ground: RuntimeGround;
  store(): Result<Store>;
  /** Fails with kind `usage` in offline mode. The SDK is loaded here, not before. */
  gateway(): Promise<Result<FullGateway>>;
  /** Of the store, and of the connections to AWS that are kept open. */
  close(): void;
}

export type { Store };
export type FullGateway = Gateway & ResolveGateway;
type OpenGateway = FullGateway & Pick<AwsGateway, 'close'>;

/** The part of a runtime's options that is plain data. */
export interface RuntimeGround {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly profiles: readonly string[];
  readonly regions: readonly string[];
  readonly readOnly: boolean;
  readonly offline: boolean;
  readonly demo: boolean;
  /** Whether a damaged store is rebuilt; yes unless told. A thread must not: the others have the store open. */
  readonly rebuild?: boolean;
}

export interface RuntimeOptions extends RuntimeGround {
  /** Asks the person for the code of an MFA device; absent where nobody can be asked. */
  readonly mfaPrompt?: (serial: string) => Promise<string>;
  readonly now?: () => number;
}

export function createRuntime(options: RuntimeOptions): Runtime {
  const paths = createPaths(options.env, options.cwd);
  const settings = loadSettings(paths.config);
  const now = options.now ?? Date.now;
  const { values } = settings;
  const profiles = options.profiles.length > 0 ? options.profiles : values.profiles;
  const regions = options.regions.length > 0 ? options.regions : values.regions;
  const notices: Problem[] = [...settings.problems];
  let store: Result<Store> | undefined;
  let gateway: Promise<Result<OpenGateway>> | undefined;

  const open = (): Result<Store> => {
    const { rebuild = true } = options;
    const opened = openStore(paths.store, { knownAccounts: new Set(values.knownAccounts), now, rebuild });
    if (opened.ok)
      notices.push(...opened.value.notices.map((message): Problem => ({ kind: 'store-unusable', message })));
    return opened;
  };
  const connect = async (): Promise<Result<OpenGateway>> => {
    if (options.offline) return fail(offlineProblem);
    const { createGateway } = await import('../aws/gateway.ts');
    return createGateway({
      profiles,
      regions: regions.length > 0 ? regions : undefined,
      env: options.env,
      detailsPerSecond: values.detailsPerSecond,
      ...(options.mfaPrompt === undefined ? {} : { mfaPrompt: options.mfaPrompt }),
    });
  };

  return {
    paths,
    settings,
    ground: groundOf(options),
    profiles,
    regions,
    now,
    readOnly: options.readOnly,
    offline: options.offline,
    demo: options.demo,
    takeNotices: () => notices.splice(0),
    store: () => (store ??= open()),
    gateway: () => (gateway ??= connect()),
    close: () => {
      if (store?.ok === true) store.value.close();
      // Why it could not be opened was said to whoever asked for it.
      gateway?.then((opened) => opened.ok && opened.value.close()).catch(() => undefined);
    },
  };
}

/** Without what cannot be sent to a thread; `process.env` can only as a copy. */
const groundOf = ({ env, ...options }: RuntimeOptions): RuntimeGround => {
  const { cwd, profiles, regions, readOnly, offline, demo } = options;
  return { env: { ...env }, cwd, profiles, regions, readOnly, offline, demo, rebuild: false };
};

const offlineProblem: Problem = {
  kind: 'usage',
  message: 'This needs AWS, and the program was started offline.',
  hint: 'Start it again without --offline.',
};

/** What filters mean outside the console: nothing is marked, and `new` is what came since the last visit. */
export function filterContext(runtime: Runtime, store: Store): FilterContext {
  return { now: runtime.now(), lastVisitAt: store.lastVisit(), marked: new Set() };
}

export const openBoth = async (runtime: Runtime): Promise<Result<{ store: Store; gateway: FullGateway }>> => {
  const store = runtime.store();
  if (!store.ok) return store;
  const gateway = await runtime.gateway();
  return gateway.ok ? succeed({ store: store.value, gateway: gateway.value }) : gateway;
};

import { createKeymap } from '../app/bindings.ts';
import { statSync } from 'node:fs';
import type { Target } from '../sync/ports.ts';
import { toProblem, type Problem } from '../domain/problem.ts';
import type { FullGateway, Runtime } from './runtime.ts';
import { listThemes } from './theme-service.ts';

/** One thing that was looked at, and how it is. */
export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'note' | 'problem';
  readonly text: string;
  readonly hint?: string;
}

const ok = (name: string, text: string): Check => ({ name, state: 'ok', text });
const wrong = (name: string, { message, hint }: Problem, state: Check['state'] = 'problem'): Check => ({
  name,
  state,
  text: message,
  ...(hint === undefined ? {} : { hint }),
});

/** Looks at program, settings, store, credentials and Regions, one after the other; each answer comes as it is known. */
export async function* runCheckup(runtime: Runtime, signal: AbortSignal): AsyncGenerator<Check> {
  yield ok('program', `Node ${process.versions.node} on ${process.platform} ${process.arch}`);
  yield* checkSettings(runtime);
  yield checkStore(runtime);
  if (runtime.offline) {
    yield { name: 'aws', state: 'note', text: 'Not asked: started offline.' };
    return;
  }
  const gateway = await runtime.gateway();
  if (!gateway.ok) yield wrong('aws', gateway.problem);
  else yield* checkProfiles(gateway.value, signal);
}

function* checkSettings({ settings, paths }: Runtime): Generator<Check> {
  const ofKeys = createKeymap(settings.values.keys).problems.map((message): Problem => ({
    kind: 'settings',
    message,
    hint: `Mend it in ${settings.path}.`,
  }));
  const wrongs = [...settings.problems, ...ofKeys];
  if (wrongs.length === 0) yield ok('settings', settings.path);
  for (const problem of wrongs) yield wrong('settings', problem);
  const { themes, problems } = listThemes(paths.themes, settings.values.theme);
  if (problems.length === 0) yield ok('themes', `${themes.length} themes`);
  for (const problem of problems) yield wrong('themes', problem);
}

function checkStore(runtime: Runtime): Check {
  const store = runtime.store();
  if (!store.ok) return wrong('store', store.problem);
  const { size, mode } = statSync(runtime.paths.store);
  const megabytes = (size / 1_000_000).toFixed(1);
  const { lastSyncAt, journalEntries } = store.value.summary();
  const synced = lastSyncAt === undefined ? 'never synced' : `synced ${new Date(lastSyncAt).toISOString()}`;
  const text = `${runtime.paths.store}: ${megabytes} MB, mode ${(mode & 0o777).toString(8)}, ${synced}, ${journalEntries} journal entries`;
  return ok('store', text);
}

async function* checkProfiles(gateway: FullGateway, signal: AbortSignal): AsyncGenerator<Check> {
  for (const profile of new Set(gateway.targets.map((target) => target.profile))) {
    try {
      yield ok(profile, `signed in to account ${await gateway.callerAccount(profile, signal)}`);
    } catch (thrown) {
      yield wrong(profile, toProblem(thrown));
      continue;
    }
    const checks = gateway.targets
      .filter((target) => target.profile === profile)
      .map((target) => checkRegion(gateway, target, signal));
    for (const check of checks) yield await check;
  }
}

async function checkRegion(gateway: FullGateway, target: Target, signal: AbortSignal): Promise<Check> {
  const name = `${target.profile} ${target.region}`;
  try {
    const analyzers = await gateway.at(target).listAnalyzers(signal);
    if (analyzers.length === 0) return { name, state: 'note', text: 'no analyzer: AWS finds nothing here' };
    return ok(
      name,
      analyzers.map((analyzer) => `${analyzer.name} (${analyzer.type} ${analyzer.status})`).join(', '),
    );
  } catch (thrown) {
    const problem = toProblem(thrown);
    return wrong(name, problem, problem.kind === 'region-not-enabled' ? 'note' : 'problem');
  }
}

import type { StoredFinding } from '../domain/listing.ts';
import { type Result, succeed } from '../domain/problem.ts';
import type { Store } from '../services/runtime.ts';
import { createChangeService } from '../services/change-service.ts';
import type { Runtime } from '../services/runtime.ts';
import type { Command, CommandInput } from './command.ts';
import { runPlanCommand } from './plan-command.ts';
import { createQuery, parseFilterWords } from './query.ts';
import { findFindings } from './show.ts';

/** `archive FILTER|ID…` and `unarchive …`: as the console does it, through the journal. */
export const archive: Command = (input) => changeStatus(input, 'ARCHIVED');
export const unarchive: Command = (input) => changeStatus(input, 'ACTIVE');

async function changeStatus(input: CommandInput, to: 'ARCHIVED' | 'ACTIVE') {
  const { runtime, positionals, options } = input;
  const store = runtime.store();
  if (!store.ok) return store.problem;
  const findings = findTargets(runtime, store.value, positionals, to);
  if (!findings.ok) return findings.problem;
  const plan = createChangeService(runtime).planArchive(findings.value, to, options.text('reason'));
  return runPlanCommand(input, plan);
}

/** An id of a finding or its beginning, as lists show it, or of an exposure. An account has twelve digits and is none. */
const ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f-]*)?|[0-9a-f]{16})$/i;

/** Ids where every word looks like one, else one filter over all words. */
function findTargets(
  runtime: Runtime,
  store: Store,
  words: readonly string[],
  to: 'ARCHIVED' | 'ACTIVE',
): Result<Iterable<StoredFinding>> {
  if (words.every((word) => ID.test(word))) {
    const targets: StoredFinding[] = [];
    for (const word of words) {
      const found = findFindings(store, word);
      if (!found.ok) return found;
      targets.push(...found.value);
    }
    return succeed(targets);
  }
  const filter = parseFilterWords(words);
  if (!filter.ok) return filter;
  // What is in the wanted status already needs no mention when a filter, not a person, named it.
  const matching = store.findingsOf(createQuery(runtime, store, filter.value));
  return succeed(without(matching, to));
}

function* without(findings: Iterable<StoredFinding>, status: string): Generator<StoredFinding> {
  for (const finding of findings) if (finding.status !== status) yield finding;
}

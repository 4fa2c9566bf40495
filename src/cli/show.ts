import type { StoredFinding } from '../domain/listing.ts';
import type { Problem, Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import { ID_WORD_LENGTH } from '../domain/filter/match.ts';
import { formatCount } from '../domain/format-count.ts';
import { cleanText } from '../domain/text.ts';
import type { Store } from '../services/runtime.ts';
import { fetchDetail } from '../services/detail-service.ts';
import type { Command } from './command.ts';
import { formatFinding } from './formats/finding-page.ts';
import { toWholeFindingJson } from '../domain/finding-json.ts';
import { toJsonText } from '../domain/json-text.ts';
import { print, printProblem } from './print.ts';

/** `show ID`: one finding with its detail, which is asked of AWS where the store does not have it. */
export const show: Command = async ({ io, runtime, positionals, options, signal }) => {
  const store = runtime.store();
  if (!store.ok) return store.problem;
  const found = findFindings(store.value, positionals[0] ?? '');
  if (!found.ok) return found.problem;
  const [first] = found.value;
  let missing: Problem | undefined;
  if (first.detail === undefined && first.goneAt === undefined && !runtime.offline) {
    const fetched = await fetchDetail(runtime, first, signal);
    if (!fetched.ok) missing = fetched.problem;
  }
  const findings = findFindings(store.value, first.id);
  if (!findings.ok) return findings.problem;
  const shown = findings.value;
  const text = options.flag('json')
    ? `${toJsonText(shown.length === 1 ? toWholeFindingJson(shown[0]) : shown.map(toWholeFindingJson), 2)}\n`
    : shown
        .map((finding) =>
          formatFinding(finding, store.value.exposure(finding.exposureId), {
            now: runtime.now(),
            knownAccounts: new Set(runtime.settings.values.knownAccounts),
          }),
        )
        .join('\n');
  await print(io.out, text);
  if (missing === undefined) return 0;
  const message = `The detail could not be read: ${missing.message}`;
  printProblem(io, { ...missing, message });
  return 3;
};

/** A letter or two are the beginning of tens of thousands. */
const MOST_LOOKED_AT = 1_000;

/** Findings by whole id, by a prefix that names one, or by exposure id; at least one. */
export function findFindings(
  store: Store,
  text: string,
): Result<readonly [StoredFinding, ...StoredFinding[]]> {
  const findings = store.findById(text, text.length < ID_WORD_LENGTH ? MOST_LOOKED_AT : undefined);
  const [first, ...others] = findings;
  if (first === undefined) {
    return fail({
      kind: 'not-found',
      message: `The store has no finding "${cleanText(text)}".`,
      hint: 'List ids with `iam-triage list`, or refresh the store with `iam-triage sync`.',
    });
  }
  const exposures = new Set(findings.map(({ exposureId }) => exposureId));
  if (exposures.size === 1 || findings.every(({ id }) => id === text)) return succeed([first, ...others]);
  return fail({
    kind: 'usage',
    message: `"${cleanText(text)}" is the beginning of ${findings.length < MOST_LOOKED_AT ? '' : 'at least '}${formatCount(findings.length, 'finding')}.`,
    hint: `Give more of it: ${findings
      .slice(0, 4)
      .map(({ id, exposureId }) => cleanText(id.startsWith(text.toLowerCase()) ? id : exposureId))
      .join(', ')}${findings.length > 4 ? ', …' : ''}`,
  });
}

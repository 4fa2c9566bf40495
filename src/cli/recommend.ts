import type { StoredFinding } from '../domain/listing.ts';
import type { Problem, Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import { EXPORT_FORMATS, type ExportedFile, type ExportFormat } from '../domain/recommendation-export.ts';
import { checkPriceText, type Recommendation } from '../domain/recommendation.ts';
import { toJsonText } from '../domain/json-text.ts';
import { fetchDetail } from '../services/detail-service.ts';
import { checkNoNewAccess, exportAs, recommend as load, writeFiles } from '../services/recommend-service.ts';
import { checkable } from '../triage/recommend/check-recommendation.ts';
import { ask } from './ask.ts';
import type { Command, CommandInput } from './command.ts';
import { formatRecommendation } from './formats/recommendation-text.ts';
import { print } from './print.ts';
import { createProgressBar } from './progress-bar.ts';
import { findFindings } from './show.ts';

/** `recommend ID`: the recommended policies, what they take away, and their files. Changes nothing in AWS. */
export const recommend: Command = async (input) => {
  const { io, runtime, positionals, options, signal } = input;
  const format = readFormat(options.text('format'));
  if (!format.ok) return format.problem;
  const store = runtime.store();
  if (!store.ok) return store.problem;
  const found = findFindings(store.value, positionals[0] ?? '');
  if (!found.ok) return found.problem;
  // Which services are unused, and since when, is in the detail; without it the rest is still shown.
  if (found.value[0].detail === undefined) await fetchDetail(runtime, found.value[0], signal);
  const finding = store.value.finding(found.value[0]) ?? found.value[0];
  const bar = createProgressBar(io);
  const loaded = await load(runtime, finding, {
    signal,
    onProgress: ({ elapsedMs, usualMs }) => bar.update(elapsedMs / usualMs, 'waiting for the recommendation'),
  });
  bar.finish();
  if (!loaded.ok) return loaded.problem;
  const checked = options.flag('check') ? await check(input, finding, loaded.value) : succeed(loaded.value);
  if (!checked.ok) return checked.problem;
  return show(input, finding, checked.value, format.value);
};

function readFormat(text: string | undefined): Result<ExportFormat | undefined> {
  if (text === undefined) return succeed(undefined);
  const format = EXPORT_FORMATS.find((one) => one === text);
  if (format !== undefined) return succeed(format);
  return fail({
    kind: 'usage',
    message: `There is no format "${text}".`,
    hint: `There are ${EXPORT_FORMATS.join(', ')}.`,
  });
}

/** The price is named before the first paid call; without a person to ask, --yes stands for the answer. */
async function check(
  { io, runtime, options, signal }: CommandInput,
  finding: StoredFinding,
  recommendation: Recommendation,
): Promise<Result<Recommendation>> {
  const price = checkPriceText(checkable(recommendation).length);
  io.err.write(`CheckNoNewAccess: ${price}.\n`);
  if (!options.flag('yes')) {
    const answer = io.interactive ? await ask(io, 'Type check to do it: ', signal) : undefined;
    if (answer?.trim() !== 'check') return fail(notChecked(price, io.interactive));
  }
  return checkNoNewAccess(runtime, finding, recommendation, { signal });
}

const notChecked = (price: string, asked: boolean): Problem => ({
  kind: asked ? 'cancelled' : 'usage',
  message: `Nothing was checked and nothing was paid (${price}).`,
  hint: 'Add --yes to agree to the price, or leave out --check.',
});

async function show(
  { io, runtime, options }: CommandInput,
  finding: StoredFinding,
  recommendation: Recommendation,
  format: ExportFormat | undefined,
): Promise<0 | Problem> {
  const out = options.text('out');
  const wanted = format !== undefined || out !== undefined;
  const exported = wanted
    ? await exportAs(runtime, finding, recommendation, format === undefined ? EXPORT_FORMATS : [format])
    : succeed<readonly ExportedFile[]>([]);
  if (!exported.ok) return exported.problem;
  const written = out === undefined ? succeed<readonly string[]>([]) : await writeFiles(out, exported.value);
  if (!written.ok) return written.problem;
  if (options.flag('json')) {
    await print(io.out, `${toJsonText({ ...recommendation, files: written.value })}\n`);
  } else if (format !== undefined && out === undefined) {
    await print(io.out, exported.value.map(({ text }) => text).join('\n'));
  } else {
    await print(io.out, formatRecommendation(finding, recommendation, io.columns));
    for (const path of written.value) await print(io.out, `${path}\n`);
  }
  return 0;
}

import { isUnseen } from '../domain/analyzer.ts';
import type { Expr } from '../domain/filter/ast.ts';
import { typesAskedInDetail } from '../domain/filter/detail-types.ts';
import { formatCount } from '../domain/format-count.ts';
import { nearest } from '../domain/nearest.ts';
import type { ListQuery, StoredFinding, StoreSummary } from '../domain/listing.ts';
import type { Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import type { Runtime, Store } from '../services/runtime.ts';
import type { Command, CommandIo, ExitCode } from './command.ts';
import { keepYoungGeneration } from '../services/young-generation.ts';
import { formatFindings, LIST_FORMATS, type ListFormat } from '../services/formats/list-format.ts';
import { formatFindingTables } from './formats/finding-table.ts';
import { print } from './print.ts';
import { createQuery, parseFilterWords } from './query.ts';
import { exitCodeOfReport, syncWithBar } from './sync.ts';

/**
 * `list`: the findings that match a filter, streamed from the store: riskiest first, and for programs (`ndjson`) as they
 * lie on the disk, which is twice as quick.
 */
export const list: Command = async ({ io, runtime, positionals, options, signal }) => {
  const format = parseFormat(options.text('format') ?? 'table');
  if (!format.ok) return format.problem;
  const filter = parseFilterWords(
    positionals.length > 0 ? positionals : filterOption(options.text('filter')),
  );
  if (!filter.ok) return filter.problem;
  let exitCode: ExitCode = 0;
  if (options.flag('sync')) {
    const report = await syncWithBar(io, runtime, { full: false, signal });
    if (!report.ok) return report.problem;
    exitCode = exitCodeOfReport(report.value);
  }
  const store = runtime.store();
  if (!store.ok) return store.problem;
  await printFindings(io, store.value, createQuery(runtime, store.value, filter.value), format.value);
  io.err.write(formatSummary(store.value.summary(), runtime));
  io.err.write(formatUnknown(store.value, filter.value));
  return exitCode;
};

const filterOption = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text]);

function parseFormat(text: string): Result<ListFormat> {
  const format = LIST_FORMATS.find((name) => name === text);
  if (format !== undefined) return succeed(format);
  const near = nearest(text, LIST_FORMATS);
  return fail({
    kind: 'usage',
    message: `There is no format "${text}"${near === undefined ? '' : `; did you mean "${near}"`}.`,
    hint: `Formats: ${LIST_FORMATS.join(', ')}.`,
  });
}

async function printFindings(
  io: CommandIo,
  store: Store,
  query: ListQuery,
  format: ListFormat,
): Promise<void> {
  // Of a finding that was printed nothing stays: left alone, V8 would take 70 MB more to look for it less often.
  keepYoungGeneration();
  const order = format === 'ndjson' ? 'store' : 'list';
  const findings: Iterable<StoredFinding> = store.findingsOf(query, { order });
  const chunks =
    format === 'table'
      ? formatFindingTables(findings, io, query.context.now)
      : formatFindings(findings, format);
  for (const chunk of chunks) await print(io.out, chunk);
}

/** What the list does not hold, on stderr: a bare zero must not look like "nothing is exposed". */
export function formatSummary(
  { regions, lastSyncAt }: StoreSummary,
  { demo }: Pick<Runtime, 'demo'>,
): string {
  if (lastSyncAt === undefined && regions.length === 0) return demo ? DEMO_NOT_SYNCED : NOT_SYNCED;
  const unseen = regions.filter(({ status }) => isUnseen(status));
  if (unseen.length === 0) return '';
  return `${unseen.length === 1 ? '1 Region' : `${unseen.length} Regions`} not seen: ${unseen.map(({ region, status }) => `${region} (${status})`).join(', ')}.\n`;
}

/** Findings that the filter may mean or not, for lack of their detail. */
function formatUnknown(store: Store, filter: Expr): string {
  const types = typesAskedInDetail(filter);
  const unknown = types.length === 0 ? 0 : store.withoutDetail(types);
  if (unknown === 0) return '';
  return `What this filter asks is not known of ${formatCount(unknown, 'finding')}: no detail was fetched yet. The console fetches it of what it shows, \`iam-triage show ID\` of one.\n`;
}

const NOT_SYNCED = 'The store is empty: nothing was read from AWS yet. Run `iam-triage sync` first.\n';

const DEMO_NOT_SYNCED =
  'The store is empty: run `iam-triage sync --demo` first, with IAM_TRIAGE_HOME set to a folder that keeps what it reads; the AWS of the demo begins anew with each command.\n';

import type { RefreshReport } from '../app/services.ts';
import type { SyncProgress, SyncReport } from '../sync/progress.ts';
import { judgedText } from '../triage/resolve/settle-fixed.ts';
import { syncRuntime } from '../services/sync-service.ts';
import type { Runtime } from '../services/runtime.ts';
import type { Result } from '../domain/problem.ts';
import { isUnseen } from '../domain/analyzer.ts';
import { formatCount } from '../domain/format-count.ts';
import { cleanText } from '../domain/text.ts';
import { toJsonText } from '../domain/json-text.ts';
import type { Command, CommandIo, ExitCode } from './command.ts';
import { print } from './print.ts';
import { createProgressBar } from './progress-bar.ts';

/** `sync`: refreshes the store; each Region that failed is named, and then the exit code is 3 (1 where all failed). */
export const sync: Command = async ({ io, runtime, options, signal }) => {
  const report = await syncWithBar(io, runtime, { full: options.flag('full'), signal });
  if (!report.ok) return report.problem;
  await print(
    io.out,
    options.flag('json') ? `${toJsonText(toReportJson(report.value))}\n` : formatReport(report.value),
  );
  return exitCodeOfReport(report.value);
};

/** A sync with a progress bar on a terminal; `list --sync` uses it too. */
export async function syncWithBar(
  io: CommandIo,
  runtime: Runtime,
  options: { readonly full: boolean; readonly signal: AbortSignal },
): Promise<Result<RefreshReport>> {
  const bar = createProgressBar(io);
  try {
    const onProgress = (progress: SyncProgress) => bar.update(progress.fraction, progressText(progress));
    return await syncRuntime(runtime, { ...options, onProgress });
  } finally {
    bar.finish();
  }
}

export function progressText({ regions, findings }: SyncProgress): string {
  const running = regions.filter(({ state }) => state === 'running').map(({ region }) => region);
  const ended = regions.filter(({ state }) => state !== 'running' && state !== 'waiting').length;
  return `${ended}/${regions.length} Regions · ${formatCount(findings, 'finding')}${running.length > 0 ? ` · ${running.join(' ')}` : ''}`;
}

const isRegionUnseen = ({ status }: SyncReport['regions'][number]): boolean => isUnseen(status);

/** Done, in part, or not at all. A Region without an analyzer, or that is off, is no failure: it was seen. */
export function exitCodeOfReport({ regions }: SyncReport): ExitCode {
  const unseen = regions.filter(isRegionUnseen).length;
  if (unseen === 0) return 0;
  return unseen === regions.length ? 1 : 3;
}

const toReportJson = ({ fixes, ...report }: RefreshReport): unknown => ({
  ...report,
  fixes: fixes.map(({ exposureId, verdict }) => ({ exposure: exposureId, verdict })),
});

export function formatReport(report: RefreshReport): string {
  const { findings, analyzers, requests, durationMs, regions, notes, fixes } = report;
  const seconds = (durationMs / 1000).toFixed(1);
  const lines = [
    `${formatCount(findings, 'finding')} of ${formatCount(analyzers, 'analyzer')} read in ${seconds} s with ${formatCount(requests, 'request')}.`,
  ];
  const count = (status: string) => regions.filter((region) => region.status === status).length;
  lines.push(
    `${formatCount(regions.length, 'Region')}: ${count('ok')} with analyzers, ${count('no-analyzer')} without, ${count('not-enabled')} not enabled, ${regions.filter(isRegionUnseen).length} not seen.`,
  );
  lines.push(...groupUnseen(regions).map((group) => `  ${group}`), ...notes.map(cleanText));
  const judged = judgedText(fixes);
  if (judged !== undefined) lines.push(judged);
  return `${lines.join('\n')}\n`;
}

/** One line for all Regions that failed alike: a line that is down is said once. */
function groupUnseen(regions: SyncReport['regions']): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { profile, region, status, error } of regions.filter(isRegionUnseen)) {
    // The sentence names its Region; without it the sentences of all are one.
    const words = (error ?? '').replaceAll(region, 'the Region');
    const key = `${status}${words === '' ? '' : `: ${cleanText(words)}`}`;
    groups.set(key, [...(groups.get(key) ?? []), `${region} (${cleanText(profile)})`]);
  }
  return [...groups].map(([what, where]) => `${where.join(', ')} ${what}`);
}

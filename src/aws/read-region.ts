import type { Analyzer } from '../domain/analyzer.ts';
import type { ArchiveRule } from '../domain/archive-rule.ts';
import type { FindingRef } from '../domain/finding.ts';
import { toProblem } from '../domain/problem.ts';
import { sendOptions } from './calls.ts';
import {
  createFindingLister,
  type FindingPage,
  type ListedAnalyzer,
  type ListOptions,
} from './list-findings.ts';
import { readPages, withToken } from './pages.ts';
import type { RegionCalls } from './region-calls.ts';
import { toAnalyzer } from './translate-analyzer.ts';
import { toArchiveRule } from './translate-criteria.ts';
import { toFindingWithDetail, type FindingWithDetail } from './translate-detail.ts';

/** Reads of one Region. Fills RegionGateway of src/sync/ports.ts; errors are thrown as ProblemError. */
export interface RegionReader {
  listAnalyzers(signal?: AbortSignal): Promise<readonly Analyzer[]>;
  getAnalyzer(analyzer: Analyzer, signal?: AbortSignal): Promise<Analyzer>;
  listFindings(analyzer: ListedAnalyzer, options?: ListOptions): AsyncIterable<FindingPage>;
  getFinding(
    ref: FindingRef,
    signal?: AbortSignal,
    onSent?: () => void,
  ): Promise<FindingWithDetail | undefined>;
  listArchiveRules(analyzer: Analyzer, signal?: AbortSignal): Promise<readonly ArchiveRule[]>;
}

export function createRegionReader(calls: RegionCalls): RegionReader {
  const listFindings = createFindingLister(calls);
  return {
    listAnalyzers: (signal) => listAnalyzers(calls, signal),
    getAnalyzer: (analyzer, signal) => getAnalyzer(calls, analyzer, signal),
    listFindings: (analyzer, options = {}) => listFindings(analyzer, options),
    getFinding: (ref, signal, onSent) => getFinding(calls, ref, { signal, onSent }),
    listArchiveRules: (analyzer, signal) => listArchiveRules(calls, analyzer, signal),
  };
}

type Signal = AbortSignal | undefined;

async function listAnalyzers(calls: RegionCalls, signal: Signal): Promise<readonly Analyzer[]> {
  const analyzers: Analyzer[] = [];
  const ask = (token: string | undefined) =>
    calls.run('ListAnalyzers', (client, sdk) =>
      client.send(new sdk.ListAnalyzersCommand(withToken(token)), sendOptions(signal)),
    );
  for await (const page of readPages(ask)) {
    for (const summary of page.analyzers ?? []) {
      const analyzer = toAnalyzer(summary, calls, calls.report);
      if (analyzer !== undefined) analyzers.push(analyzer);
    }
  }
  return analyzers;
}

async function getAnalyzer(calls: RegionCalls, analyzer: Analyzer, signal: Signal): Promise<Analyzer> {
  const answer = await calls.run('GetAnalyzer', (client, sdk) =>
    client.send(new sdk.GetAnalyzerCommand({ analyzerName: analyzer.name }), sendOptions(signal)),
  );
  if (answer.analyzer === undefined) return analyzer;
  return toAnalyzer(answer.analyzer, calls, calls.report) ?? analyzer;
}

async function listArchiveRules(
  calls: RegionCalls,
  analyzer: Analyzer,
  signal: Signal,
): Promise<readonly ArchiveRule[]> {
  const rules: ArchiveRule[] = [];
  const ask = (token: string | undefined) =>
    calls.run('ListArchiveRules', (client, sdk) =>
      client.send(
        new sdk.ListArchiveRulesCommand({ analyzerName: analyzer.name, ...withToken(token) }),
        sendOptions(signal),
      ),
    );
  for await (const page of readPages(ask)) {
    for (const summary of page.archiveRules ?? []) rules.push(toArchiveRule(summary, analyzer));
  }
  return rules;
}

/** `undefined`: the finding does not exist any more. Each detail page takes its turn. */
async function getFinding(
  calls: RegionCalls,
  ref: FindingRef,
  { signal, onSent }: { readonly signal: Signal; readonly onSent: (() => void) | undefined },
): Promise<FindingWithDetail | undefined> {
  const ask = async (token: string | undefined) => {
    await calls.pacer.turn(signal);
    if (token === undefined) onSent?.();
    const answer = await calls.run('GetFindingV2', (client, sdk) => {
      const input = { analyzerArn: ref.analyzerArn, id: ref.id, ...withToken(token) };
      return client.send(new sdk.GetFindingV2Command(input), sendOptions(signal));
    });
    calls.pacer.speedUp();
    return answer;
  };
  try {
    const answers = [];
    for await (const page of readPages(ask)) answers.push(page);
    const scope = { profile: calls.profile, region: calls.region, analyzerArn: ref.analyzerArn };
    return toFindingWithDetail(answers, scope, calls.report);
  } catch (thrown) {
    if (toProblem(thrown).kind === 'not-found') return undefined;
    throw thrown;
  }
}

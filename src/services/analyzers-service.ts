import type { Analyzer } from '../domain/analyzer.ts';
import type { Plan } from '../domain/journal.ts';
import type { AnalyzerCounts, StoreSummary } from '../domain/listing.ts';
import type { Result } from '../domain/problem.ts';
import { createRulesDocument } from '../domain/rules/create-document.ts';
import { type AnalyzerTruth, loadAnalyzer } from '../triage/analyzers/live-analyzer.ts';
import { planDeleteAnalyzer } from '../triage/analyzers/plan-delete-analyzer.ts';
import { rulesPath, writeRules } from './rules-file.ts';
import { openBoth, type Runtime, type Store } from './runtime.ts';

export type KnownAnalyzer = StoreSummary['analyzers'][number];

/** Analyzers themselves, for console and commands: what is lost with one, saving its rules first, and deleting it. */
export interface AnalyzersService {
  /** Reads from AWS what there is of it now; one that a service manages is refused. */
  look(
    analyzer: Pick<Analyzer, 'profile' | 'region' | 'arn'>,
    signal?: AbortSignal,
  ): Promise<Result<AnalyzerTruth>>;
  /** Where its rules would be written. */
  exportPath(truth: AnalyzerTruth): string;
  /** Writes its rules to a new file, as `rules import` reads them. */
  exportRules(truth: AnalyzerTruth, path: string): Promise<Result<void>>;
  planDelete(truth: AnalyzerTruth, facts: { readonly exportedTo?: string; readonly reason?: string }): Plan;
}

export function createAnalyzersService(runtime: Runtime, store: Store): AnalyzersService {
  return {
    look: async (analyzer, signal) => {
      const opened = await openBoth(runtime);
      if (!opened.ok) return opened;
      return loadAnalyzer(analyzer, { ...opened.value, ...(signal === undefined ? {} : { signal }) });
    },
    exportPath: ({ analyzer }) => rulesPath(runtime.paths.exports, analyzer.name, runtime.now()),
    exportRules: ({ analyzer, rules }, path) =>
      writeRules(path, createRulesDocument([analyzer], rules, runtime.now())),
    planDelete: (truth, { exportedTo, reason }) =>
      planDeleteAnalyzer({
        truth,
        counts: countsOf(truth.analyzer, store),
        exportedTo,
        ...(reason === undefined ? {} : { reason }),
      }),
  };
}

const NOTHING_KNOWN: AnalyzerCounts = { active: 0, archived: 0, resolved: 0, public: 0 };

const countsOf = ({ profile, arn }: Analyzer, store: Store): AnalyzerCounts =>
  store.summary().analyzers.find((each) => each.profile === profile && each.arn === arn)?.counts ??
  NOTHING_KNOWN;

import type { Analyzer } from '../domain/analyzer.ts';
import { toProblem } from '../domain/problem.ts';
import { sendOptions } from './calls.ts';
import type { RegionCalls } from './region-calls.ts';
import { toAnalyzer } from './translate-analyzer.ts';

/** Analyzers themselves: what there is of one, and taking it away. Fills part of TriageRegionGateway. */
export interface AnalyzerChanger {
  /** `undefined`: there is no such analyzer (any more). */
  readAnalyzer(
    analyzerArn: string,
    signal?: AbortSignal,
  ): Promise<{ readonly analyzer: Analyzer; readonly configuration: unknown } | undefined>;
  deleteAnalyzer(
    analyzerArn: string,
    options: { readonly clientToken: string; readonly signal?: AbortSignal },
  ): Promise<void>;
}

const nameOf = (analyzerArn: string): string => analyzerArn.slice(analyzerArn.lastIndexOf('/') + 1);

export function createAnalyzerChanger(calls: RegionCalls): AnalyzerChanger {
  return {
    readAnalyzer: async (analyzerArn, signal) => {
      try {
        const answer = await calls.run('GetAnalyzer', (client, sdk) =>
          client.send(new sdk.GetAnalyzerCommand({ analyzerName: nameOf(analyzerArn) }), sendOptions(signal)),
        );
        if (answer.analyzer === undefined) return undefined;
        const analyzer = toAnalyzer(answer.analyzer, calls, calls.report);
        return analyzer && { analyzer, configuration: answer.analyzer.configuration };
      } catch (thrown) {
        if (toProblem(thrown).kind === 'not-found') return undefined;
        throw thrown;
      }
    },
    deleteAnalyzer: async (analyzerArn, { clientToken, signal }) => {
      await calls.run('DeleteAnalyzer', (client, sdk) =>
        client.send(
          new sdk.DeleteAnalyzerCommand({ analyzerName: nameOf(analyzerArn), clientToken }),
          sendOptions(signal),
        ),
      );
    },
  };
}

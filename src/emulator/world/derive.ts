import { analyzerKind } from '../../domain/analyzer.ts';
import { deriveExternal, deriveExternalOf } from './derive-external.ts';
import { deriveInternal } from './derive-internal.ts';
import { deriveUnused } from './derive-unused.ts';
import type { AnalyzerView, WorldFinding } from './finding.ts';
import type { World } from './model.ts';

/**
 * What an analyzer finds in the world as it is now. Every finding follows from policies, sharing and usage; none is
 * stored, so that what is fixed is gone at the next look. Order: by account, then as the world has it.
 */
export function deriveFindings(world: World, analyzer: AnalyzerView): Iterable<WorldFinding> {
  switch (analyzerKind(analyzer.type)) {
    case 'external':
      return deriveExternal(world, analyzer);
    case 'unused':
      return deriveUnused(world, analyzer);
    case 'internal':
      return deriveInternal(world, analyzer);
  }
}

/** The findings of one resource. Only external analyzers can be asked to look at one (StartResourceScan), and for them it is cheap. */
export function* deriveForResource(
  world: World,
  analyzer: AnalyzerView,
  resourceArn: string,
): Iterable<WorldFinding> {
  if (analyzerKind(analyzer.type) === 'external') {
    yield* deriveExternalOf(world, analyzer, resourceArn);
    return;
  }
  for (const finding of deriveFindings(world, analyzer)) if (finding.resource === resourceArn) yield finding;
}

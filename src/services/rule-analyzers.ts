import { type Analyzer, analyzerKind, type AnalyzerType } from '../domain/analyzer.ts';
import { nearest } from '../domain/nearest.ts';
import { fail, type Problem, type Result, succeed } from '../domain/problem.ts';
import { cleanText } from '../domain/text.ts';

/** Words that stand for every active analyzer, or for those of one kind; a service's own ones are meant by name only. */
export const ANALYZER_GROUPS = ['all', 'external', 'unused', 'internal'] as const;
type Group = (typeof ANALYZER_GROUPS)[number];

/**
 * The analyzers that words mean: an ARN, a name, `region/name`, or a group. Each ARN comes once, however many profiles
 * see it. A word that means none is an error: a rule that lands nowhere must not look like one that was made.
 */
export function selectAnalyzers(
  analyzers: readonly Analyzer[],
  words: readonly string[],
): Result<readonly Analyzer[]> {
  const chosen = new Map<string, Analyzer>();
  for (const word of words) {
    const meant = analyzers.filter((analyzer) => means(word, analyzer));
    if (meant.length === 0) return fail(noSuchAnalyzer(word, analyzers));
    for (const analyzer of meant) if (!chosen.has(analyzer.arn)) chosen.set(analyzer.arn, analyzer);
  }
  return succeed([...chosen.values()]);
}

const NOT_READ = 'It may be gone, or not read yet: refresh the store with `iam-triage sync`.';

const isGroup = (word: string): boolean => ANALYZER_GROUPS.some((each) => each === word);

function means(word: string, { arn, name, region, status, type, managedBy }: Analyzer): boolean {
  const group = ANALYZER_GROUPS.find((each) => each === word);
  if (group === undefined) return word === arn || word === name || word === `${region}/${name}`;
  return status === 'ACTIVE' && managedBy === undefined && isOfGroup(group, type);
}

const isOfGroup = (group: Group, type: AnalyzerType): boolean =>
  group === 'all' || analyzerKind(type) === group;

function noSuchAnalyzer(word: string, analyzers: readonly Analyzer[]): Problem {
  if (isGroup(word)) {
    const message = `The store has no active ${word === 'all' ? '' : `${word} `}analyzer.`;
    return { kind: 'not-found', message, hint: NOT_READ };
  }
  const names = analyzers.flatMap(({ arn, name, region }) => [arn, name, `${region}/${name}`]);
  const near = nearest(word, [...new Set([...names, ...ANALYZER_GROUPS])]);
  const meant = near === undefined ? '.' : `; did you mean ${cleanText(near)}?`;
  return {
    kind: 'not-found',
    message: `The store has no analyzer ${cleanText(word)}${meant}`,
    hint: NOT_READ,
  };
}

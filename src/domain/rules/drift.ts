import type { Analyzer } from '../analyzer.ts';
import type { ArchiveRule } from '../archive-rule.ts';
import { parseArn } from '../arn.ts';
import { canonicalCriteria } from './criteria-algebra.ts';

/** A rule that is not the same on analyzers that should be equal. */
export interface Drift {
  readonly profile: string;
  readonly ruleName: string;
  /** The forms it has, the most common first, each with the analyzers that have it. */
  readonly forms: readonly RuleForm[];
  /** Analyzers of the same profile, account and type that have no rule of this name. */
  readonly missingFrom: readonly string[];
}

export interface RuleForm {
  /** One of those that are alike. */
  readonly rule: ArchiveRule;
  readonly analyzerArns: readonly string[];
}

/**
 * Analyzers of one profile, account and type should carry the same rules in every Region. A rule that stands on a
 * single one of several analyzers is local, not drifted: somebody made it there on purpose. Analyzers that a service
 * manages (Security Hub's) are its own, not peers of the person's.
 */
export function findDrift(analyzers: readonly Analyzer[], rules: readonly ArchiveRule[]): readonly Drift[] {
  const groups = group(
    analyzers.filter(({ managedBy }) => managedBy === undefined),
    ({ profile, arn, type }) => `${profile} ${parseArn(arn)?.account ?? ''} ${type}`,
  );
  return [...groups.values()].flatMap((peers) => driftAmong(peers, rules));
}

function driftAmong(peers: readonly Analyzer[], rules: readonly ArchiveRule[]): Drift[] {
  const [first] = peers;
  if (first === undefined || peers.length < 2) return [];
  const arns = new Set(peers.map(({ arn }) => arn));
  const theirs = rules.filter(
    ({ profile, analyzerArn }) => profile === first.profile && arns.has(analyzerArn),
  );
  return [...group(theirs, ({ ruleName }) => ruleName)].flatMap(([ruleName, namesakes]) => {
    const present = new Set(namesakes.map(({ analyzerArn }) => analyzerArn));
    const missingFrom = [...arns].filter((arn) => !present.has(arn));
    const forms = formsOf(namesakes);
    const isEqual = forms.length === 1 && (missingFrom.length === 0 || present.size === 1);
    return isEqual ? [] : [{ profile: first.profile, ruleName, forms, missingFrom }];
  });
}

function formsOf(rules: readonly ArchiveRule[]): RuleForm[] {
  return [...group(rules, ({ filter }) => canonicalCriteria(filter)).values()]
    .flatMap((alike) =>
      alike.slice(0, 1).map((rule) => ({ rule, analyzerArns: alike.map((each) => each.analyzerArn) })),
    )
    .sort((a, b) => b.analyzerArns.length - a.analyzerArns.length);
}

function group<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [item]);
    else members.push(item);
  }
  return groups;
}

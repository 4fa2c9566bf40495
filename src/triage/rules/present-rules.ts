import type { ArchiveRule } from '../../domain/archive-rule.ts';
import type { JournalOperation } from '../../domain/journal.ts';
import { type Problem, toProblem } from '../../domain/problem.ts';
import type { TriageGateway, TriageStore } from '../ports.ts';
import { groupByAnalyzer, sideBySide } from '../side-by-side.ts';
import { analyzerNameOf } from '../summarize-plan.ts';

/** Where rules live. */
interface Place {
  readonly profile: string;
  readonly region: string;
  readonly analyzerArn: string;
}

interface ReadDeps {
  readonly gateway: TriageGateway;
  readonly store: TriageStore;
  readonly signal?: AbortSignal;
}

/** The rules of an analyzer right now; they are kept in the store. Throws ProblemError. */
export async function readRules(
  place: Place,
  { gateway, store, signal }: ReadDeps,
): Promise<readonly ArchiveRule[]> {
  const { profile, region, analyzerArn } = place;
  const analyzer = { profile, region, arn: analyzerArn, name: analyzerNameOf(analyzerArn) };
  const rules = await gateway.at({ profile, region }).listArchiveRules(analyzer, signal);
  store.saveArchiveRules(analyzerArn, profile, rules);
  return rules;
}

export type PresentRule =
  | { readonly kind: 'present'; readonly rule: ArchiveRule }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unread'; readonly problem: Problem };

/** The rules that an entry's operations speak of, as they are now. */
export interface PresentRules {
  of(place: Place, ruleName: string): PresentRule;
}

const ANALYZERS_AT_ONCE = 4;

/** Reads what archive rules the analyzers of these operations have now. Nothing is thrown for what cannot be read. */
export async function loadPresentRules(
  operations: readonly JournalOperation[],
  deps: ReadDeps,
): Promise<PresentRules> {
  const read = new Map<string, readonly ArchiveRule[] | Problem>();
  const ofRules = operations.filter(({ change }) => 'ruleName' in change);
  await sideBySide(groupByAnalyzer(ofRules).values(), ANALYZERS_AT_ONCE, async ([first]) => {
    read.set(keyOf(first), await readRules(first, deps).catch(toProblem));
  });
  return {
    of: (place, ruleName) => {
      const rules = read.get(keyOf(place)) ?? NOT_ASKED;
      if ('kind' in rules) return { kind: 'unread', problem: rules };
      const rule = rules.find((each) => each.ruleName === ruleName);
      return rule === undefined ? { kind: 'gone' } : { kind: 'present', rule };
    },
  };
}

const NOT_ASKED: Problem = { kind: 'cancelled', message: 'It was not asked for.' };

const keyOf = ({ profile, analyzerArn }: Place): string => `${profile} ${analyzerArn}`;

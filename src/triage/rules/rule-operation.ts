import type { Analyzer, AnalyzerType } from '../../domain/analyzer.ts';
import type { Criteria } from '../../domain/archive-rule.ts';
import { awsCommand } from '../../domain/command-line.ts';
import type { ArchiveRuleChange, ArchiveRuleState, Operation } from '../../domain/journal.ts';
import { analyzerNameOf } from '../summarize-plan.ts';

/** The analyzer of a rule, as far as an operation on it needs to know. */
export interface RulePlace {
  readonly profile: string;
  readonly region: string;
  readonly analyzerArn: string;
  readonly analyzerType: AnalyzerType;
}

export const placeOf = ({ profile, region, arn, type }: Analyzer): RulePlace => ({
  profile,
  region,
  analyzerArn: arn,
  analyzerType: type,
});

/** Creates, replaces or deletes a rule, by what there is before and after; undefined: there is nothing to do. */
export function setRule(
  place: RulePlace,
  ruleName: string,
  before: ArchiveRuleState | null,
  after: ArchiveRuleState | null,
): Operation | undefined {
  if (after === null)
    return before === null ? undefined : operation(place, 'delete-archive-rule', { ruleName, before, after });
  const kind = before === null ? 'create-archive-rule' : 'update-archive-rule';
  return operation(place, kind, { ruleName, before, after });
}

/** Archives the findings that exist; `foreseen`: ids that the dry run says it archives. */
export function applyRule(
  place: RulePlace,
  ruleName: string,
  state: ArchiveRuleState,
  foreseen: readonly string[],
): Operation {
  return operation(place, 'apply-archive-rule', { ruleName, before: state, after: state, foreseen });
}

type RuleStep = Omit<ArchiveRuleChange, 'kind' | 'analyzerType'>;

function operation(place: RulePlace, kind: ArchiveRuleChange['kind'], step: RuleStep): Operation {
  const { profile, region, analyzerArn, analyzerType } = place;
  const change: ArchiveRuleChange = {
    kind,
    ruleName: step.ruleName,
    before: bare(step.before),
    after: bare(step.after),
    analyzerType,
    ...(step.foreseen === undefined ? {} : { foreseen: step.foreseen }),
  };
  return { profile, region, analyzerArn, change, command: awsCommand(wordsOf(place, change), place) };
}

/** A whole rule may be given; only what can be set is journalled. */
const bare = (state: ArchiveRuleState | null): ArchiveRuleState | null =>
  state === null ? null : { filter: state.filter };

function wordsOf({ analyzerArn }: RulePlace, { kind, ruleName, after }: ArchiveRuleChange): string[] {
  const analyzer =
    kind === 'apply-archive-rule'
      ? ['--analyzer-arn', analyzerArn]
      : ['--analyzer-name', analyzerNameOf(analyzerArn)];
  const filter =
    kind === 'create-archive-rule' || kind === 'update-archive-rule' ? filterWords(after?.filter ?? {}) : [];
  return ['accessanalyzer', kind, ...analyzer, '--rule-name', ruleName, ...filter];
}

const filterWords = (filter: Criteria): string[] => ['--filter', JSON.stringify(filter)];

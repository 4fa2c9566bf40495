import type { ArchiveRuleChange, ArchiveRuleState, JournalOperation } from '../../domain/journal.ts';
import { sameCriteria } from '../../domain/rules/criteria-algebra.ts';
import type { PlanBuilder } from '../plan-builder.ts';
import { wordFor } from '../typed-word.ts';
import type { PresentRule, PresentRules } from './present-rules.ts';
import { setRule } from './rule-operation.ts';

/**
 * Puts a rule back to the state before an operation; a rule that is not as the operation left it is left out and named.
 * What applying a rule archived is not a matter of the rule: its findings are taken back one by one.
 */
export function addRuleBack(operation: JournalOperation, rules: PresentRules, builder: PlanBuilder): void {
  const { change } = operation;
  if (!('ruleName' in change) || change.kind === 'apply-archive-rule') return;
  const now = rules.of(operation, change.ruleName);
  if (!tookEffect(operation, change, now)) return;
  const why = whyLeftOut(change, now);
  if (why !== undefined) {
    builder.note(`The rule ${change.ruleName} in ${operation.region} is left alone: ${why}`);
    return;
  }
  const place = { ...operation, analyzerType: change.analyzerType };
  const back = setRule(place, change.ruleName, change.after, change.before);
  if (back === undefined) return;
  builder.add(back);
  const word = wordFor(back.change);
  if (word !== undefined) builder.askFor(word);
}

/** A rule that was so before is not this entry's; of one whose answer was lost what it is now tells. */
function tookEffect(
  { state, error }: JournalOperation,
  { before }: ArchiveRuleChange,
  now: PresentRule,
): boolean {
  if (state !== 'sent') return state === 'done' && error === undefined;
  if (now.kind === 'gone') return before !== null;
  return now.kind === 'unread' || before === null || !isSame(now.rule, before);
}

function whyLeftOut({ after }: ArchiveRuleChange, now: PresentRule): string | undefined {
  if (now.kind === 'unread') return `it could not be read: ${now.problem.message}`;
  if (now.kind === 'gone') return after === null ? undefined : 'it was deleted since.';
  if (after === null) return 'there is a rule of this name again.';
  return isSame(now.rule, after) ? undefined : 'it was changed since.';
}

const isSame = (a: ArchiveRuleState, b: ArchiveRuleState): boolean => sameCriteria(a.filter, b.filter);

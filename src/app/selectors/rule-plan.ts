import type { Plan } from '../../domain/journal.ts';
import { diffCriteria } from '../../domain/rules/criteria-text.ts';
import { cleanText } from '../../domain/text.ts';
import type { TextLine } from './text-line.ts';

/** What a plan says of archive rules, once each: the whole filter is replaced, so it is shown as a difference. */
export function rulePlanLines({ operations }: Plan): readonly TextLine[] {
  const seen = new Set<string>();
  return operations.flatMap(({ change }): readonly TextLine[] => {
    if (!('ruleName' in change) || change.kind === 'apply-archive-rule') return [];
    const { removed, added, kept } = diffCriteria(change.before?.filter ?? {}, change.after?.filter ?? {});
    const key = JSON.stringify([change.ruleName, removed, added, kept]);
    if (seen.has(key)) return [];
    seen.add(key);
    return [
      ...removed.map((line): TextLine => ({ text: cleanText(`- ${line}`), tone: 'removed' })),
      ...added.map((line): TextLine => ({ text: cleanText(`+ ${line}`), tone: 'added' })),
      ...kept.map((line): TextLine => ({ text: cleanText(`  ${line}`) })),
    ];
  });
}

import type { Plan } from '../../domain/journal.ts';
import { type CriteriaDiff, diffCriteria } from '../../domain/rules/criteria-text.ts';
import { cleanText } from '../../domain/text.ts';
import { CAN_HIDE_PUBLIC } from './rule-remarks.ts';
import type { TextLine } from './text-line.ts';

/** What a plan says of archive rules, once each: the whole filter is replaced, so it is shown as a difference. */
export function rulePlanLines({ operations, typedWord }: Plan): readonly TextLine[] {
  const seen = new Map<string, readonly TextLine[]>();
  for (const { change } of operations) {
    if (!('ruleName' in change) || change.kind === 'apply-archive-rule') continue;
    const { ruleName, before, after } = change;
    const lines = diffLines(diffCriteria(before?.filter ?? {}, after?.filter ?? {}));
    seen.set(JSON.stringify([ruleName, lines]), [{ text: cleanText(ruleName), tone: 'heading' }, ...lines]);
  }
  const all = [...seen.values()];
  // One rule alone is named in the title already.
  const shown = all.length === 1 ? all.flatMap((lines) => lines.slice(1)) : all.flat();
  return typedWord === 'public' ? [CAN_HIDE_PUBLIC, ...shown] : shown;
}

const diffLines = ({ removed, added, kept }: CriteriaDiff): readonly TextLine[] => [
  ...removed.map((line): TextLine => ({ text: cleanText(`- ${line}`), tone: 'removed' })),
  ...added.map((line): TextLine => ({ text: cleanText(`+ ${line}`), tone: 'added' })),
  ...kept.map((line): TextLine => ({ text: cleanText(`  ${line}`) })),
];

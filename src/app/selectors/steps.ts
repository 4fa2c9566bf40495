import { cellText } from '../../domain/iam/cell.ts';
import type {
  IamBackup,
  IamChange,
  JournalEntry,
  JournalOperation,
  Operation,
} from '../../domain/journal.ts';
import { cleanText } from '../../domain/text.ts';
import { formatCount } from '../format-count.ts';
import type { TextLine } from './text-line.ts';

/** A fix in words: one line for each step in IAM, as planned and as it ended. */

type IamOperation<T extends Operation> = T & { readonly change: IamChange };

const isIam = <T extends Operation>(operation: T): operation is IamOperation<T> =>
  operation.change.kind === 'iam';

export const iamSteps = <T extends Operation>(operations: readonly T[]): readonly IamOperation<T>[] =>
  operations.filter(isIam);

function verbOf({ cell, before, after }: IamBackup): string {
  const joins = cell.kind === 'attached-policy' || cell.kind === 'instance-profile';
  if (before === null) return joins ? 'adds' : 'creates';
  if (after === null) return joins ? 'removes' : 'deletes';
  return 'changes';
}

/** `deletes the role legacy-cron`. */
const stepText = (backup: IamBackup): string => cleanText(`${verbOf(backup)} the ${cellText(backup.cell)}`);

/** Before it is confirmed: where, and every step in order. */
export function plannedSteps(operations: readonly Operation[]): readonly TextLine[] {
  const steps = iamSteps(operations);
  const [first] = steps;
  if (first === undefined) return [];
  const { account, assumeRole } = first.change.backup;
  const as = assumeRole === undefined ? '' : ` as ${cleanText(assumeRole)}`;
  return [
    { text: `${formatCount(steps.length, 'step')} in IAM of account ${cleanText(account)}${as}` },
    { text: '' },
    ...steps.map(({ change }, at): TextLine => ({ label: String(at + 1), text: stepText(change.backup) })),
  ];
}

const STATES: Readonly<Record<JournalOperation['state'], Pick<TextLine, 'label' | 'tone'>>> = {
  planned: { label: 'not sent', tone: 'muted' },
  sent: { label: 'not known', tone: 'warning' },
  done: { label: 'done', tone: 'success' },
  failed: { label: 'failed', tone: 'error' },
  skipped: { label: 'not sent', tone: 'muted' },
};

/** Afterwards: what was done, what failed and why, what was never sent. */
export function endedSteps({ operations }: JournalEntry): readonly TextLine[] {
  const steps = iamSteps(operations);
  const done = steps.filter(({ state }) => state === 'done').length;
  return [
    {
      text: `${done} of ${formatCount(steps.length, 'step')} ${steps.length === 1 ? 'is' : 'are'} done.`,
      tone: done === steps.length ? 'success' : 'warning',
    },
    ...steps.flatMap(({ change, state, error }): readonly TextLine[] => [
      { ...STATES[state], text: stepText(change.backup) },
      ...(error === undefined ? [] : [{ label: '', text: cleanText(error), tone: 'muted' as const }]),
    ]),
  ];
}

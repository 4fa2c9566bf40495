import { cellText } from '../../domain/iam/cell.ts';
import type {
  IamBackup,
  IamChange,
  JournalEntry,
  JournalOperation,
  Operation,
} from '../../domain/journal.ts';
import { policyNameOf } from '../../domain/recommendation.ts';
import { cleanText } from '../../domain/text.ts';
import { formatCount } from '../../domain/format-count.ts';
import type { TextLine } from './text-line.ts';

/** A fix in words: one line for each step in IAM, as planned and as it ended. */

type IamOperation<T extends Operation> = T & { readonly change: IamChange };

const isIam = <T extends Operation>(operation: T): operation is IamOperation<T> =>
  operation.change.kind === 'iam';

export const iamSteps = <T extends Operation>(operations: readonly T[]): readonly IamOperation<T>[] =>
  operations.filter(isIam);

function verbOf({ cell, before, after }: IamBackup): string {
  if (before === null) return 'creates';
  if (after === null) return 'deletes';
  if (cell.kind === 'access-key') return after === 'Active' ? 'activates' : 'deactivates';
  return 'changes';
}

/** `deletes the role legacy-cron`; a managed policy by its name, which tells more of a narrow line than its ARN. */
function stepText(backup: IamBackup): string {
  const { cell, before } = backup;
  const joins = before === null;
  switch (cell.kind) {
    case 'attached-policy': {
      const { kind, name } = cell.identity;
      const policy = policyNameOf(cell.policyArn);
      return joins ? `attaches ${policy} to ${kind} ${name}` : `detaches ${policy} from ${kind} ${name}`;
    }
    case 'managed-policy':
      return `${verbOf(backup)} the policy ${policyNameOf(cell.policyArn)}`;
    case 'instance-profile': {
      const profile = `instance profile ${cell.instanceProfileName}`;
      return joins ? `puts ${cell.roleName} into ${profile}` : `takes ${cell.roleName} out of ${profile}`;
    }
    default:
      return `${verbOf(backup)} the ${cellText(cell)}`;
  }
}

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
    ...steps.map(({ change }, at): TextLine => ({
      label: String(at + 1),
      text: cleanText(stepText(change.backup)),
    })),
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
      { ...STATES[state], text: cleanText(stepText(change.backup)) },
      ...(error === undefined ? [] : [{ label: '', text: cleanText(error), tone: 'muted' as const }]),
    ]),
  ];
}

import { cellText, sameState } from '../../domain/iam/cell.ts';
import type { IamBackup, JournalOperation } from '../../domain/journal.ts';
import type { PlanBuilder } from '../plan-builder.ts';
import { iamOperation } from './iam-operation.ts';
import type { PresentIam } from './present-iam.ts';

/**
 * Puts a cell of IAM back to the state before an operation. One that is not as the operation left it is left alone and
 * named, and so is what no call can bring back. The rest of the way back goes on: each cell stands for itself.
 */
export function addIamBack(operation: JournalOperation, iam: PresentIam, builder: PlanBuilder): void {
  const { change } = operation;
  if (change.kind !== 'iam' || !tookEffect(operation, change.backup, iam)) return;
  const { backup } = change;
  const why = whyLeftOut(backup, iam);
  if (why !== undefined) {
    builder.note(`The ${cellText(backup.cell)} is left alone: ${why}`);
    return;
  }
  const { lastUse: _, proof, ...rest } = backup;
  const back = iamOperation(operation, {
    ...rest,
    before: backup.after,
    after: backup.before,
    ...(proof === undefined ? {} : { proof: { ...proof, awaited: !proof.awaited } }),
  });
  if (back === undefined) {
    builder.note(
      `The ${cellText(backup.cell)} cannot be brought back: AWS makes a new one, never the old one.`,
    );
    return;
  }
  builder.add(back);
  const warning = warningOf(backup);
  if (warning !== undefined) builder.note(warning);
  builder.askFor('undo');
}

/** A step that was so before it was sent is not this entry's; one whose answer was lost may have come through. */
function tookEffect({ state, error }: JournalOperation, backup: IamBackup, iam: PresentIam): boolean {
  if (state === 'done') return error === undefined;
  const now = iam.of(backup);
  if (now.kind === 'unread') return state === 'sent';
  return (state === 'failed' || state === 'sent') && sameState(now.state, backup.after);
}

function whyLeftOut(backup: IamBackup, iam: PresentIam): string | undefined {
  const now = iam.of(backup);
  if (now.kind === 'unread') return `it could not be read: ${now.problem.message}`;
  return sameState(now.state, backup.after) ? undefined : 'it was changed since.';
}

/** What comes back is not in every respect what was there. */
function warningOf({ cell, after }: IamBackup): string | undefined {
  if (after !== null) return undefined;
  if (cell.kind === 'login-profile') {
    return `The old password of ${cell.userName} is known to nobody and cannot come back: the user gets a random one that is not kept. Set another: aws iam update-login-profile --user-name ${cell.userName} --password PASSWORD`;
  }
  if (cell.kind === 'role') {
    return `The role ${cell.roleName} gets a new unique id: policies elsewhere that came to hold the old id must name it again.`;
  }
  return undefined;
}

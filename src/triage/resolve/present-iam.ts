import { cellKey, type IamState } from '../../domain/iam/cell.ts';
import type { IamBackup, JournalOperation } from '../../domain/journal.ts';
import { type Problem, toProblem } from '../../domain/problem.ts';
import type { TriageGateway } from '../ports.ts';
import { sideBySide } from '../side-by-side.ts';

export type PresentIamState =
  | { readonly kind: 'read'; readonly state: IamState }
  | { readonly kind: 'unread'; readonly problem: Problem };

/** What the cells that an entry changed are now. */
export interface PresentIam {
  of(backup: IamBackup): PresentIamState;
}

const READS_AT_ONCE = 4;
const NOT_ASKED: PresentIamState = {
  kind: 'unread',
  problem: { kind: 'cancelled', message: 'It was not asked for.' },
};

/** Reads the state of every cell that these operations speak of. Nothing is thrown for what cannot be read. */
export async function loadPresentIam(
  operations: readonly JournalOperation[],
  { gateway, signal }: { readonly gateway: TriageGateway; readonly signal?: AbortSignal },
): Promise<PresentIam> {
  const states = new Map<string, PresentIamState>();
  await sideBySide(operations, READS_AT_ONCE, async ({ profile, change }) => {
    if (change.kind !== 'iam') return;
    const { account, assumeRole, cell } = change.backup;
    try {
      const far = gateway.iam({ profile, account, ...(assumeRole === undefined ? {} : { assumeRole }) });
      states.set(keyOf(change.backup), { kind: 'read', state: await far.read(cell, signal) });
    } catch (thrown) {
      states.set(keyOf(change.backup), { kind: 'unread', problem: toProblem(thrown) });
    }
  });
  return { of: (backup) => states.get(keyOf(backup)) ?? NOT_ASKED };
}

const keyOf = ({ account, cell }: IamBackup): string => `${account} ${cellKey(cell)}`;

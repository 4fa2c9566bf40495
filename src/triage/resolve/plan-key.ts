import type { IamCell, IamStates } from '../../domain/iam/cell.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import type { Problem } from '../../domain/problem.ts';
import { commandsOf, type Fix, type FixPlace, toFixPlan } from './fix.ts';
import { lastUseSentence, usedAgain } from './words.ts';

export interface KeyFacts {
  readonly userName: string;
  readonly accessKeyId: string;
  readonly status: IamStates['access-key'];
  /** As IAM says now, epoch ms. */
  readonly lastUse: number | undefined;
}

/** Deactivate first: it can be taken back. Delete once nobody missed it. */
export function planKeyFixes(finding: StoredFinding, place: FixPlace, facts: KeyFacts): readonly Fix[] {
  return [deactivate(finding, place, facts), remove(finding, place, facts)];
}

function deactivate(finding: StoredFinding, place: FixPlace, facts: KeyFacts): Fix {
  const { accessKeyId, userName, status } = facts;
  const step = {
    cell: cellOf(facts),
    before: 'Active',
    after: 'Inactive',
    lastUse: lastUseOf(facts),
  } as const;
  const title = `Deactivate access key ${accessKeyId} of ${userName}`;
  const plan = toFixPlan(finding, place, [step], { title, typedWord: 'deactivate' });
  const blocked =
    status === 'Inactive'
      ? inactiveProblem(accessKeyId)
      : usedAgain(finding, `key ${accessKeyId}`, facts.lastUse);
  return {
    name: 'deactivate-key',
    title,
    changes: [`The key ${accessKeyId} no longer works.`],
    risks: [
      lastUseSentence('the key', facts.lastUse),
      'What still holds the key fails with InvalidClientTokenId at its next call.',
    ],
    undo: 'Undo makes the key active again, the same key.',
    ...(blocked === undefined ? { plan } : { blocked }),
    commands: commandsOf(plan),
    diffs: [],
  };
}

function remove(finding: StoredFinding, place: FixPlace, facts: KeyFacts): Fix {
  const { accessKeyId, userName, status } = facts;
  const step = { cell: cellOf(facts), before: status, after: null, lastUse: lastUseOf(facts) } as const;
  const title = `Delete access key ${accessKeyId} of ${userName}`;
  const notes = ['A deleted access key can never be brought back: undo cannot help.'];
  const plan = toFixPlan(finding, place, [step], { title, typedWord: 'delete', notes });
  const blocked = usedAgain(finding, `key ${accessKeyId}`, facts.lastUse);
  return {
    name: 'delete-key',
    title,
    changes: [`The key ${accessKeyId} is gone for good.`],
    risks: [
      status === 'Active'
        ? 'The key is still active: deactivate it first and wait whether somebody misses it.'
        : '',
      lastUseSentence('the key', facts.lastUse),
    ].filter((risk) => risk !== ''),
    undo: 'It cannot be undone: AWS makes a new key, never the old one.',
    final: true,
    ...(blocked === undefined ? { plan } : { blocked }),
    commands: commandsOf(plan),
    diffs: [],
  };
}

const cellOf = ({ userName, accessKeyId }: KeyFacts): IamCell => ({
  kind: 'access-key',
  userName,
  accessKeyId,
});

const lastUseOf = (facts: KeyFacts) => ({ of: cellOf(facts), at: facts.lastUse ?? null });

const inactiveProblem = (accessKeyId: string): Problem => ({
  kind: 'conflict',
  message: `The key ${accessKeyId} is inactive already; the finding moves with the next daily pass.`,
});

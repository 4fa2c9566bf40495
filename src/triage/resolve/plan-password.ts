import type { LoginProfileState } from '../../domain/iam/cell.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { commandsOf, type Fix, type FixPlace, toFixPlan } from './fix.ts';
import { lastUseSentence, usedAgain } from './words.ts';

export interface PasswordFacts {
  readonly userName: string;
  readonly state: LoginProfileState;
  /** As IAM says now, else as the finding said. */
  readonly lastUse: number | undefined;
}

/** The login profile goes; access keys and policies of the user stay. */
export function planPasswordFixes(
  finding: StoredFinding,
  place: FixPlace,
  { userName, state, lastUse }: PasswordFacts,
): readonly Fix[] {
  const cell = { kind: 'login-profile', userName } as const;
  const step = { cell, before: state, after: null, lastUse: { of: cell, at: lastUse ?? null } } as const;
  const title = `Delete the password of ${userName}`;
  const notes = [
    'The password itself cannot be restored: undo gives the user a console login again, with a random password that nobody knows, to be replaced by you.',
  ];
  const plan = toFixPlan(finding, place, [step], { title, typedWord: 'delete', notes });
  const blocked = usedAgain(finding, `password of ${userName}`, lastUse);
  return [
    {
      name: 'delete-password',
      title,
      changes: [`${userName} can no longer sign in to the console; access keys keep working.`],
      risks: [lastUseSentence('the password', lastUse), 'Whoever signs in only once a year finds out then.'],
      undo: 'Undo makes the login profile again, but not the old password: AWS never gives it out.',
      ...(blocked === undefined ? { plan } : { blocked }),
      commands: commandsOf(plan),
      diffs: [],
    },
  ];
}

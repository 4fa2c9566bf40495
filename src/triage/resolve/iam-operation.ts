import { awsCommand } from '../../domain/command-line.ts';
import { iamCallFor, toCliWords } from '../../domain/iam/call.ts';
import type { IamBackup, Operation } from '../../domain/journal.ts';

interface Place {
  readonly profile: string;
  readonly region: string;
  readonly analyzerArn: string;
}

/** A step of a fix; the analyzer is that of the finding it fixes. undefined: no call makes this change. */
export function iamOperation(
  { profile, region, analyzerArn }: Place,
  backup: IamBackup,
): Operation | undefined {
  const call = iamCallFor(backup.cell, backup.before, backup.after);
  if (call === undefined) return undefined;
  const { assumeRole } = backup;
  const as = assumeRole === undefined ? {} : { as: `one that assumes ${assumeRole}` };
  return {
    profile,
    region,
    analyzerArn,
    change: { kind: 'iam', ...call, backup },
    command: awsCommand(toCliWords(call), { profile, region, ...as }),
  };
}

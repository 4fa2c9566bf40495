import { accountIn } from '../../domain/arn.ts';
import type { CommandPlace } from '../../domain/command-line.ts';
import type { FindingScope } from '../../domain/finding.ts';

/**
 * Where a command about a resource of an account is run: as the finding's profile only where that is the account of its
 * analyzer, which is the profile's own. An analyzer of an organization finds resources of other accounts.
 */
export function commandPlace(
  { profile, region, analyzerArn }: FindingScope,
  account: string | undefined,
): CommandPlace {
  const isOwn = account === undefined || account === '' || account === accountIn(analyzerArn);
  return isOwn ? { profile, region } : { region, as: `a profile of account ${account}` };
}

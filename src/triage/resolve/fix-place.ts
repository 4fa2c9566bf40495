import { parseArn } from '../../domain/arn.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { fail, type Result, succeed, toProblem } from '../../domain/problem.ts';
import type { FixPlace } from './fix.ts';
import type { ResolveDeps } from './ports.ts';

/**
 * Where a finding's fix is made: in the account that owns the resource, as the caller or through the role that the settings
 * name for other accounts. A Problem says how to get there.
 */
export async function findFixPlace(finding: StoredFinding, deps: ResolveDeps): Promise<Result<FixPlace>> {
  const account = finding.resourceOwnerAccount;
  let own: string;
  try {
    own = await deps.gateway.callerAccount(finding.profile, deps.signal);
  } catch (thrown) {
    return fail(toProblem(thrown));
  }
  if (own === account) return succeed({ account });
  if (deps.fixRoleName !== '') {
    const partition = parseArn(finding.resource)?.partition ?? 'aws';
    return succeed({ account, assumeRole: `arn:${partition}:iam::${account}:role/${deps.fixRoleName}` });
  }
  return fail({
    kind: 'denied',
    message: `The resource belongs to account ${account}, and the profile ${finding.profile} to ${own}.`,
    hint: `Run iam-triage resolve ${finding.id} with a --profile of account ${account}, or name a role that may be assumed there as "fixRoleName" in the settings.`,
  });
}

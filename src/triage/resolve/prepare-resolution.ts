import type { StoredFinding } from '../../domain/listing.ts';
import { type Problem, ProblemError, type Result, succeed, toProblem } from '../../domain/problem.ts';
import { MAY_RESTRICT } from '../../domain/access-sentence.ts';
import { explainFinding } from '../../domain/words.ts';
import { fixesByHand } from './by-hand.ts';
import type { Fix, FixPlace, Resolution } from './fix.ts';
import { findFixPlace } from './fix-place.ts';
import { cutInternalAccess } from './internal-access.ts';
import {
  loadKeyFacts,
  loadPasswordFacts,
  loadPermissionFacts,
  loadRoleFacts,
  loadTrustFacts,
} from './load-facts.ts';
import { planKeyFixes } from './plan-key.ts';
import { planPasswordFixes } from './plan-password.ts';
import { planPermissionFixes } from './plan-permissions.ts';
import { planRoleFixes } from './plan-role.ts';
import { planTrustFixes, trustCandidates } from './plan-trust.ts';
import type { PrepareDeps } from './ports.ts';
import { previewTrust } from './preview.ts';
import { protectedRole } from './protected-role.ts';
import { unreachableFixes } from './unreachable-fixes.ts';
import { proofSentence } from './words.ts';

/**
 * From a finding to its fixes, safest first: reads what IAM has now, changes nothing. What cannot be read or reached blocks
 * the fixes with the reason and leaves the commands; it is never a failure of the whole.
 */
export async function prepareResolution(
  finding: StoredFinding,
  deps: PrepareDeps,
): Promise<Result<Resolution>> {
  const settled = whyNothingToFix(finding);
  const fixes = settled === undefined ? await prepareFixes(finding, deps) : [];
  return succeed({
    finding,
    wrong: explainFinding(finding, finding.detail),
    fixes,
    proof: proofSentence(finding),
    notes: settled === undefined ? notesOf(finding) : [settled],
  });
}

function whyNothingToFix({ status, goneAt, error }: StoredFinding): string | undefined {
  if (goneAt !== undefined) return 'AWS no longer lists this finding: there is nothing left to fix.';
  if (status === 'RESOLVED') return 'The finding is RESOLVED already.';
  if (error === undefined) return undefined;
  return `The analysis of the resource failed (${error}): give Access Analyzer access to it, then scan it again.`;
}

function notesOf({ resourceControlPolicyRestriction }: StoredFinding): readonly string[] {
  if (!MAY_RESTRICT.has(resourceControlPolicyRestriction)) return [];
  return ['A resource control policy applies that was not evaluated: the access may be refused already.'];
}

async function prepareFixes(finding: StoredFinding, deps: PrepareDeps): Promise<readonly Fix[]> {
  if (finding.findingType === 'InternalAccess') return cutInternalAccess(finding);
  if (finding.findingType === 'ExternalAccess' && finding.resourceType !== 'AWS::IAM::Role')
    return fixesByHand(finding);
  const guarded = protectedRole(finding.resource);
  // No command either: IAM would refuse it, and shutting the role of an administrator is nothing to try out.
  if (guarded !== undefined)
    return unreachableFixes(finding, guarded).map((fix) => ({
      ...fix,
      commands: [],
      undo: 'Nothing is sent.',
    }));
  const place = await findFixPlace(finding, deps);
  if (!place.ok) return unreachableFixes(finding, place.problem);
  try {
    return await planWithFacts(finding, place.value, deps);
  } catch (thrown) {
    return unreachableFixes(finding, explainMissing(toProblem(thrown), finding));
  }
}

/** The resource went away since the finding was made. */
function explainMissing(problem: Problem, { resource }: StoredFinding): Problem {
  if (problem.kind !== 'not-found') return problem;
  return {
    kind: 'not-found',
    message: `${resource} or what the finding is about does not exist any more: ${problem.message}`,
    hint: 'The finding is RESOLVED by the next pass; refresh with iam-triage sync.',
  };
}

async function planWithFacts(
  finding: StoredFinding,
  place: FixPlace,
  deps: PrepareDeps,
): Promise<readonly Fix[]> {
  switch (finding.findingType) {
    case 'UnusedIAMUserAccessKey':
      return planKeyFixes(finding, place, await loadKeyFacts(finding, place, deps));
    case 'UnusedIAMUserPassword':
      return planPasswordFixes(finding, place, await loadPasswordFacts(finding, place, deps));
    case 'UnusedIAMRole':
      return planRoleFixes(finding, place, await loadRoleFacts(finding, place, deps));
    case 'UnusedPermission':
      return planPermissionFixes(finding, place, await loadPermissionFacts(finding, place, deps));
    case 'ExternalAccess':
      return planTrust(finding, place, deps);
    case 'InternalAccess':
      return cutInternalAccess(finding);
  }
}

async function planTrust(
  finding: StoredFinding,
  place: FixPlace,
  deps: PrepareDeps,
): Promise<readonly Fix[]> {
  const facts = await loadTrustFacts(finding, place, deps);
  const candidates = trustCandidates(finding, facts);
  if (candidates.length === 0) {
    // Not that the access is gone: a wider statement may give it, under conditions that name the principal.
    throw new ProblemError({
      kind: 'conflict',
      message: `No statement of the trust policy of ${facts.roleName} names this principal: it was changed since the finding was made, or a wider statement lets it in.`,
      hint: `Look at the policy, or scan it again: iam-triage scan ${finding.id}`,
    });
  }
  const checked = [];
  for (const candidate of candidates) {
    checked.push({ candidate, preview: await previewTrust(finding, candidate.text, deps) });
  }
  return planTrustFixes(finding, place, facts, checked);
}

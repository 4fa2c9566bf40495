import { isUnused } from '../../domain/finding.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import type { Problem } from '../../domain/problem.ts';

/** How long until a fix shows (ACCESS-ANALYZER notes, "Changing things"). */
export function proofSentence({ findingType, resourceType }: StoredFinding): string {
  if (isUnused(findingType)) {
    return 'Unused access cannot be scanned again: the finding moves with the next daily pass, within 24 hours. It is marked as fixed until a sync sees it RESOLVED.';
  }
  if (findingType === 'InternalAccess') {
    return 'Internal access cannot be scanned again: the finding moves with the next pass of its analyzer, within 24 hours.';
  }
  const block =
    resourceType === 'AWS::S3::Bucket'
      ? ' Block Public Access of the whole account takes 6 to 12 hours.'
      : '';
  return `A scan shows it within seconds, without one it takes up to 30 minutes.${block}`;
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** `what` with its article: "the key", "the role". */
export const lastUseSentence = (what: string, at: number | undefined): string =>
  at === undefined
    ? `IAM knows of no use of ${what}.`
    : `${what.charAt(0).toUpperCase()}${what.slice(1)} was used last on ${dayOf(at)}.`;

/** Blocks taking away what was used since its finding arose: the finding is of yesterday at best. `what`: "key AKIA…". */
export function usedAgain(
  { createdAt }: Pick<StoredFinding, 'createdAt'>,
  what: string,
  lastUse: number | undefined,
): Problem | undefined {
  if (lastUse === undefined || lastUse <= createdAt) return undefined;
  return {
    kind: 'conflict',
    message: `The ${what} is in use again: IAM saw it at ${new Date(lastUse).toISOString()}, after the finding was made.`,
    hint: 'Find out who uses it; the next daily pass will resolve the finding by itself.',
  };
}

import { accountIn, parseArn } from '../../domain/arn.ts';
import { awsCommand, type CommandPlace } from '../../domain/command-line.ts';
import { resourceLink } from '../../domain/console-link.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { accessPointWords, aclWords } from './bucket-commands.ts';
import { commandPlace } from './command-place.ts';
import type { Fix } from './fix.ts';
import { POLICY_COMMANDS, type ResourcePlace, type Words } from './policy-commands.ts';

const BLOCK = 'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true';

function placeOf({ resource, resourceOwnerAccount, principal, isPublic }: StoredFinding): ResourcePlace {
  const arn = parseArn(resource);
  const named = Object.values(principal ?? {})[0] ?? 'ACCOUNT_ID';
  const outside = isPublic === true || named === '*' ? 'all' : (parseArn(named)?.account ?? named);
  return { arn: resource, name: arn?.resourceName ?? resource, account: resourceOwnerAccount, outside };
}

const ownerPlace = (finding: StoredFinding): CommandPlace =>
  commandPlace(finding, finding.resourceOwnerAccount);

const linkOf = ({ resource, resourceType }: StoredFinding): { readonly link?: string } => {
  const link = resourceLink(resource, resourceType);
  return link === undefined ? {} : { link };
};

/** Fixes of a resource that this program does not change itself: the exact commands and the page of the console. */
export function fixesByHand(finding: StoredFinding): readonly Fix[] {
  return [...blockPublicAccess(finding), editPolicy(finding)];
}

/**
 * RestrictPublicBuckets refuses other accounts too, named ones as well, as long as the policy is public (Amazon S3 API
 * reference, PublicAccessBlockConfiguration).
 */
function blockPublicAccess(finding: StoredFinding): readonly Fix[] {
  if (finding.resourceType !== 'AWS::S3::Bucket' || finding.isPublic !== true) return [];
  const { name, account } = placeOf(finding);
  const place = ownerPlace(finding);
  const put = ['--public-access-block-configuration', BLOCK];
  return [
    {
      name: 'block-public-access',
      title: `Block public access to bucket ${name}`,
      changes: [
        'S3 ignores ACLs that make the bucket public. While its policy is public, only its own account and AWS services have access by it.',
      ],
      risks: [
        'Websites and downloads that are meant to be public stop working.',
        'Other accounts that the policy names are refused, too, until it is no longer public.',
      ],
      undo: 'Put the configuration back that get-public-access-block shows, or delete it where there was none.',
      commands: [
        awsCommand(['s3api', 'get-public-access-block', '--bucket', name], place),
        awsCommand(['s3api', 'put-public-access-block', '--bucket', name, ...put], place),
        `# or for every bucket of the account, which takes 6 to 12 hours to show:`,
        awsCommand(['s3control', 'put-public-access-block', '--account-id', account, ...put], place),
      ],
      ...linkOf(finding),
      diffs: [],
    },
  ];
}

/** The policy of the resource itself, by its service's own commands. */
export function editPolicy(finding: StoredFinding): Fix {
  const place = placeOf(finding);
  const sources = finding.sources ?? [];
  const hasAcl = sources.some(({ type }) => type === 'BUCKET_ACL');
  const owner = ownerPlace(finding);
  const who = place.outside === 'all' ? 'everyone' : place.outside;
  const isSnapshot = finding.resourceType.endsWith('Snapshot');
  const own = [...(wordsOf(finding)?.(place) ?? []), ...(hasAcl ? aclWords(place.name) : [])];
  return {
    name: 'edit-policy',
    title: isSnapshot
      ? `Stop sharing snapshot ${place.name}`
      : `Take the access out of the policy of ${place.name}`,
    changes: [
      isSnapshot
        ? place.outside === 'all'
          ? 'The snapshot is no longer public; accounts that it is shared with by name keep it.'
          : `${who} may no longer copy or restore the snapshot.`
        : `The statement that names ${who} goes, or gets a condition on aws:PrincipalOrgID.`,
    ],
    risks: [
      'Whoever uses the access is refused at once.',
      ...(isSnapshot
        ? ['Copies that were made of it are not touched: what was in it may be elsewhere.']
        : []),
      ...(hasAcl
        ? ['The ACL private takes away every other grant of the ACL as well, log delivery too.']
        : []),
    ],
    undo: 'Keep what the commands that only look show: it is the backup.',
    commands: [
      ...own.map((each) => awsCommand(each, owner)),
      ...sources.flatMap(({ accessPointArn }) =>
        accessPointArn === undefined ? [] : accessPointCommands(accessPointArn, finding),
      ),
    ],
    ...linkOf(finding),
    diffs: [],
  };
}

const wordsOf = ({ resourceType }: StoredFinding): Words | undefined =>
  Object.hasOwn(POLICY_COMMANDS, resourceType) ? POLICY_COMMANDS[resourceType] : undefined;

/** An access point may be of another account than its bucket, and is changed there. */
function accessPointCommands(arn: string, finding: StoredFinding): readonly string[] {
  const { words, region } = accessPointWords(arn, finding.resourceOwnerAccount);
  const place = { ...commandPlace(finding, accountIn(arn)), ...(region === undefined ? {} : { region }) };
  return words.map((each) => awsCommand(each, place));
}

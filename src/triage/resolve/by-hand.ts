import { parseArn } from '../../domain/arn.ts';
import { awsCommand } from '../../domain/command-line.ts';
import { resourceLink } from '../../domain/console-link.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import type { Fix } from './fix.ts';
import { POLICY_COMMANDS, type ResourcePlace } from './policy-commands.ts';

const BLOCK = 'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true';

function placeOf({ resource, resourceOwnerAccount, principal, isPublic }: StoredFinding): ResourcePlace {
  const arn = parseArn(resource);
  const named = Object.values(principal ?? {})[0] ?? 'ACCOUNT_ID';
  const outside = isPublic === true || named === '*' ? 'all' : (parseArn(named)?.account ?? named);
  return { arn: resource, name: arn?.resourceName ?? resource, account: resourceOwnerAccount, outside };
}

const linkOf = ({ resource, resourceType }: StoredFinding): { readonly link?: string } => {
  const link = resourceLink(resource, resourceType);
  return link === undefined ? {} : { link };
};

/** Fixes of a resource that this program does not change itself: the exact commands and the page of the console. */
export function fixesByHand(finding: StoredFinding): readonly Fix[] {
  return [...blockPublicAccess(finding), editPolicy(finding)];
}

function blockPublicAccess(finding: StoredFinding): readonly Fix[] {
  if (finding.resourceType !== 'AWS::S3::Bucket' || finding.isPublic !== true) return [];
  const { name, account } = placeOf(finding);
  const put = ['--public-access-block-configuration', BLOCK];
  return [
    {
      name: 'block-public-access',
      title: `Block public access to bucket ${name}`,
      changes: [
        'S3 ignores every ACL and policy that makes the bucket public; named accounts keep their access.',
      ],
      risks: ['Websites and downloads that are meant to be public stop working.'],
      undo: 'Put the configuration back that get-public-access-block shows, or delete it where there was none.',
      commands: [
        awsCommand(['s3api', 'get-public-access-block', '--bucket', name], finding),
        awsCommand(['s3api', 'put-public-access-block', '--bucket', name, ...put], finding),
        `# or for every bucket of the account, which takes 6 to 12 hours to show:`,
        awsCommand(['s3control', 'put-public-access-block', '--account-id', account, ...put], finding),
      ],
      ...linkOf(finding),
      diffs: [],
    },
  ];
}

/** The policy of the resource itself, by its service's own commands. */
export function editPolicy(finding: StoredFinding): Fix {
  const place = placeOf(finding);
  const words = Object.hasOwn(POLICY_COMMANDS, finding.resourceType)
    ? POLICY_COMMANDS[finding.resourceType]
    : undefined;
  const acl = (finding.sources ?? []).some(({ type }) => type === 'BUCKET_ACL')
    ? [['s3api', 'put-bucket-acl', '--bucket', place.name, '--acl', 'private']]
    : [];
  const points = (finding.sources ?? []).flatMap(({ accessPointArn }) =>
    accessPointArn === undefined ? [] : [accessPointWords(accessPointArn, place.account)],
  );
  return {
    name: 'edit-policy',
    title: `Take the access out of the policy of ${place.name}`,
    changes: [
      `The statement that names ${place.outside === 'all' ? 'everyone' : place.outside} goes, or gets a condition on aws:PrincipalOrgID.`,
    ],
    risks: ['Whoever uses the access is refused at once.'],
    undo: 'Keep what the first command shows: it is the backup.',
    commands: [...(words?.(place) ?? []), ...acl, ...points].map((each) => awsCommand(each, finding)),
    ...linkOf(finding),
    diffs: [],
  };
}

function accessPointWords(arn: string, account: string): readonly string[] {
  const name = parseArn(arn)?.resourceName ?? arn;
  return ['s3control', 'get-access-point-policy', '--account-id', account, '--name', name];
}

import { awsCommand } from '../../domain/command-line.ts';
import { resourceLink } from '../../domain/console-link.ts';
import type { FindingType } from '../../domain/finding.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import type { Problem } from '../../domain/problem.ts';
import { identityOf } from '../recommend/load-recommendation.ts';
import { commandPlace } from './command-place.ts';
import type { Fix, FixName } from './fix.ts';

interface ByHand {
  readonly name: FixName;
  readonly title: string;
  readonly words: readonly (readonly string[])[];
  /** Asked of the analyzer, in its account; else of the resource, in its own. */
  readonly byAnalyzer?: true;
}

/** What a person can run in the right account when this program cannot get there, or cannot read what it needs. */
export function unreachableFixes(finding: StoredFinding, problem: Problem): readonly Fix[] {
  const who = identityOf(finding)?.name ?? finding.resource;
  const { name, title, words, byAnalyzer } = WRITE[finding.findingType](finding, who);
  const place = commandPlace(finding, byAnalyzer === true ? undefined : finding.resourceOwnerAccount);
  const link = resourceLink(finding.resource, finding.resourceType);
  return [
    {
      name,
      title,
      changes: [],
      risks: [],
      undo: 'What is done by hand is not in the journal: keep what the commands show.',
      blocked: problem,
      commands: words.map((each) => awsCommand(each, place)),
      ...(link === undefined ? {} : { link }),
      diffs: [],
    },
  ];
}

type Write = (finding: StoredFinding, name: string) => ByHand;

const accessKeyOf = ({ detail, accessKeyId }: StoredFinding): string =>
  detail?.kind === 'unused-key' ? detail.accessKeyId : (accessKeyId ?? 'KEY_ID');

const trust: Write = (_, name) => ({
  name: 'remove-trust',
  title: `Take the access out of the trust policy of ${name}`,
  words: [
    ['iam', 'get-role', '--role-name', name, '--query', 'Role.AssumeRolePolicyDocument'],
    ['iam', 'update-assume-role-policy', '--role-name', name, '--policy-document', 'file://trust.json'],
  ],
});

const WRITE: Readonly<Record<FindingType, Write>> = {
  ExternalAccess: trust,
  InternalAccess: trust,
  UnusedIAMUserAccessKey: (finding, name) => ({
    name: 'deactivate-key',
    title: `Deactivate the unused access key of ${name}`,
    words: [
      [
        ...['iam', 'update-access-key', '--user-name', name],
        ...['--access-key-id', accessKeyOf(finding), '--status', 'Inactive'],
      ],
    ],
  }),
  UnusedIAMUserPassword: (_, name) => ({
    name: 'delete-password',
    title: `Delete the password of ${name}`,
    words: [['iam', 'delete-login-profile', '--user-name', name]],
  }),
  UnusedIAMRole: (_, name) => ({
    name: 'delete-role',
    title: `Delete role ${name}`,
    words: [
      ['iam', 'list-attached-role-policies', '--role-name', name],
      ['iam', 'list-role-policies', '--role-name', name],
      ['iam', 'list-instance-profiles-for-role', '--role-name', name],
      ['iam', 'delete-role', '--role-name', name],
    ],
  }),
  UnusedPermission: ({ analyzerArn, id }, name) => ({
    name: 'apply-recommendation',
    title: `Apply the recommended policies to ${name}`,
    byAnalyzer: true,
    words: ['generate', 'get'].map((verb) => [
      ...['accessanalyzer', `${verb}-finding-recommendation`],
      ...['--analyzer-arn', analyzerArn, '--id', id],
    ]),
  }),
};

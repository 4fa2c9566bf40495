import { diffPolicies } from '../../../src/domain/policy/diff.ts';
import { parsePolicyDocument, type PolicyDocument } from '../../../src/domain/policy/document.ts';
import type { Plan } from '../../../src/domain/journal.ts';
import type { StoredFinding } from '../../../src/domain/listing.ts';
import type { Recommendation, RecommendedChange } from '../../../src/domain/recommendation.ts';
import { type Fix, type Resolution, toFixPlan } from '../../../src/triage/resolve/fix.ts';
import { ACCOUNT, aFinding, DAY, NOW } from './findings.ts';

/** Recommendations and fixes as the rooms below make them, over small policies. */

const ROLE = `arn:aws:iam::${ACCOUNT}:role/svc/app-00000`;

export const unusedPermissions = (change: Partial<StoredFinding> = {}): StoredFinding =>
  aFinding('perms', {
    findingType: 'UnusedPermission',
    resource: ROLE,
    resourceType: 'AWS::IAM::Role',
    detail: {
      kind: 'unused-permission',
      services: [
        {
          serviceNamespace: 's3',
          lastAccessed: NOW - 4 * DAY,
          actions: [{ action: 's3:DeleteObject' }, { action: 's3:PutObject', lastAccessed: NOW - 200 * DAY }],
        },
        { serviceNamespace: 'bedrock' },
      ],
    },
    ...change,
  });

const EXISTING = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Data',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      Resource: ['arn:aws:s3:::orders-data-with-a-rather-long-name/*', 'arn:aws:s3:::orders-archive/*'],
    },
    { Sid: 'Models', Effect: 'Allow', Action: 'bedrock:*', Resource: '*' },
    { Sid: 'Queue', Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' },
  ],
};

const NARROWED = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Data',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: ['arn:aws:s3:::orders-data-with-a-rather-long-name/*', 'arn:aws:s3:::orders-archive/*'],
    },
    { Sid: 'Queue', Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' },
  ],
};

function documentOf(policy: object): PolicyDocument {
  const parsed = parsePolicyDocument(JSON.stringify(policy));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value;
}

export const aChange = (change: Partial<RecommendedChange> = {}): RecommendedChange => ({
  step: {
    action: 'CREATE_POLICY',
    existingPolicyId: 'orders-access',
    recommendedPolicy: JSON.stringify(NARROWED),
  },
  source: 'inline',
  name: 'orders-access',
  existing: JSON.stringify(EXISTING),
  diff: diffPolicies(documentOf(EXISTING), documentOf(NARROWED)),
  stale: false,
  issues: [
    {
      type: 'SUGGESTION',
      code: 'REDUNDANT_RESOURCE',
      details: 'A resource is covered by another one.',
      link: 'https://docs.aws.amazon.com/',
      line: 12,
    },
  ],
  otherHolders: [],
  ...change,
});

const detached: RecommendedChange = aChange({
  step: { action: 'DETACH_POLICY', existingPolicyId: `arn:aws:iam::${ACCOUNT}:policy/legacy-admin` },
  source: 'customer-managed',
  name: 'legacy-admin',
  diff: diffPolicies(documentOf(EXISTING), undefined),
  stale: true,
  issues: [],
  otherHolders: ['role legacy-cron', 'user deploy'],
});

export const aRecommendation = (change: Partial<Recommendation> = {}): Recommendation => ({
  resourceArn: ROLE,
  generatedAt: NOW - 3 * 60_000,
  changes: [aChange(), detached],
  stale: true,
  ...change,
});

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::444455556666:root', `arn:aws:iam::${ACCOUNT}:root`] },
      Action: 'sts:AssumeRole',
    },
  ],
};
const CLOSED = {
  ...TRUST,
  Statement: TRUST.Statement.map((one) => ({ ...one, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })),
};

export const trustedFromOutside = (change: Partial<StoredFinding> = {}): StoredFinding =>
  aFinding('trust', {
    resource: `arn:aws:iam::${ACCOUNT}:role/partner/cross-acct-00001`,
    resourceType: 'AWS::IAM::Role',
    action: ['sts:AssumeRole'],
    ...change,
  });

const PLACE = { account: ACCOUNT };

export function trustPlan(finding: StoredFinding): Plan {
  const cell = { kind: 'trust-policy', roleName: 'cross-acct-00001' } as const;
  const steps = [{ cell, before: JSON.stringify(TRUST), after: JSON.stringify(CLOSED) }];
  const title = 'Remove the outside principal from the trust policy of role cross-acct-00001';
  return toFixPlan(finding, PLACE, steps, { title, typedWord: 'apply' });
}

export function removeTrust(finding: StoredFinding, change: Partial<Fix> = {}): Fix {
  const plan = trustPlan(finding);
  return {
    name: 'remove-trust',
    title: plan.title,
    changes: [`The principal leaves this statement:\n${JSON.stringify(TRUST.Statement[0], undefined, 2)}`],
    risks: ['Whoever assumes cross-acct-00001 from outside is refused at once.'],
    undo: 'Undo puts the trust policy back as it is now.',
    plan,
    commands: plan.operations.map(({ command }) => command),
    diffs: [{ name: 'trust policy', diff: diffPolicies(documentOf(TRUST), documentOf(CLOSED)) }],
    preview: {
      verdict: 'resolved',
      sentence: 'The access preview says that the finding will be RESOLVED.',
    },
    ...change,
  };
}

const byHand: Fix = {
  name: 'edit-policy',
  title: 'Change the trust policy by hand',
  changes: ['Whatever you write into it.'],
  risks: ['Nothing is checked before.'],
  undo: 'Write the policy back.',
  commands: ['aws iam get-role --role-name cross-acct-00001'],
  link: 'https://console.aws.amazon.com/iam/home#/roles/details/cross-acct-00001',
  diffs: [],
};

export const aResolution = (finding: StoredFinding, change: Partial<Resolution> = {}): Resolution => ({
  finding,
  wrong: 'Account 444455556666 can assume this role from outside.',
  fixes: [removeTrust(finding), byHand],
  proof: 'A scan shows it within seconds, without one it takes up to 30 minutes.',
  notes: ['A resource control policy applies that was not evaluated: the access may be refused already.'],
  ...change,
});

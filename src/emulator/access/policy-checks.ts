import { checkAccessNotGranted } from '../policy-check/access-not-granted.ts';
import type { Issue } from '../policy-check/issue.ts';
import { checkNoNewAccess } from '../policy-check/no-new-access.ts';
import { checkNoPublicAccess } from '../policy-check/no-public-access.ts';
import { positionOf } from '../policy-check/policy-text.ts';
import { validatePolicy } from '../policy-check/validate-policy.ts';
import { readPolicy } from '../policy-check/verdict.ts';
import { integer, list, oneOf, required, STRING, structure, text } from '../service/member.ts';
import { operation, type Output } from '../service/operation.ts';
import { pageByKey } from '../service/paging.ts';
import { present } from './wire-values.ts';

const POLICY_KIND = required(oneOf(['IDENTITY_POLICY', 'RESOURCE_POLICY']));

/** AccessCheckResourceType of the API model. */
const CHECKED_TYPES = [
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::Stream',
  'AWS::EFS::FileSystem',
  'AWS::OpenSearchService::Domain',
  'AWS::Kinesis::Stream',
  'AWS::Kinesis::StreamConsumer',
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::S3::Bucket',
  'AWS::S3::AccessPoint',
  'AWS::S3Express::DirectoryBucket',
  'AWS::S3::Glacier',
  'AWS::S3Outposts::Bucket',
  'AWS::S3Outposts::AccessPoint',
  'AWS::SecretsManager::Secret',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::IAM::AssumeRolePolicyDocument',
  'AWS::S3Tables::TableBucket',
  'AWS::ApiGateway::RestApi',
  'AWS::CodeArtifact::Domain',
  'AWS::Backup::BackupVault',
  'AWS::CloudTrail::Dashboard',
  'AWS::CloudTrail::EventDataStore',
  'AWS::S3Tables::Table',
  'AWS::S3Express::AccessPoint',
] as const;

const LOCALES = ['DE', 'EN', 'ES', 'FR', 'IT', 'JA', 'KO', 'PT_BR', 'ZH_CN', 'ZH_TW'] as const;
const VALIDATED_TYPES = [
  'AWS::S3::Bucket',
  'AWS::S3::AccessPoint',
  'AWS::S3::MultiRegionAccessPoint',
  'AWS::S3ObjectLambda::AccessPoint',
  'AWS::IAM::AssumeRolePolicyDocument',
  'AWS::DynamoDB::Table',
] as const;

const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html';

const toLocation = (policy: string, { node, path }: Issue): Output => ({
  path,
  span: { start: positionOf(policy, node.start), end: positionOf(policy, node.end) },
});

const toFinding = (policy: string, issue: Issue): Output => ({
  findingType: issue.type,
  issueCode: issue.code,
  findingDetails: issue.details,
  learnMoreLink: `${GUIDE}#${issue.code.toLowerCase().replaceAll('_', '-')}`,
  locations: [toLocation(policy, issue)],
});

const validate = operation(
  {
    name: 'ValidatePolicy',
    method: 'POST',
    path: '/policy/validation',
    query: { maxResults: integer({ min: 1 }), nextToken: STRING },
    body: {
      policyDocument: required(STRING),
      policyType: required(
        oneOf(['IDENTITY_POLICY', 'RESOURCE_POLICY', 'SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']),
      ),
      locale: oneOf(LOCALES),
      validatePolicyResourceType: oneOf(VALIDATED_TYPES),
    },
  },
  (_, input) => {
    const { policyDocument, policyType } = input;
    const numbered = validatePolicy(policyDocument, policyType).map((issue, i) => ({
      key: String(i).padStart(6, '0'),
      finding: toFinding(policyDocument, issue),
    }));
    const page = pageByKey(numbered, ({ key }) => key, input, ['ValidatePolicy', policyType, policyDocument]);
    return { findings: page.items.map(({ finding }) => finding), ...present({ nextToken: page.nextToken }) };
  },
);

const noNewAccess = operation(
  {
    name: 'CheckNoNewAccess',
    method: 'POST',
    path: '/policy/check-no-new-access',
    body: {
      newPolicyDocument: required(STRING),
      existingPolicyDocument: required(STRING),
      policyType: POLICY_KIND,
    },
  },
  (_, { newPolicyDocument, existingPolicyDocument }) => ({
    ...checkNoNewAccess(
      readPolicy(existingPolicyDocument, 'existingPolicyDocument'),
      readPolicy(newPolicyDocument, 'newPolicyDocument'),
    ),
  }),
);

const ACCESS = structure({
  actions: list(STRING, { max: 100 }),
  resources: list(text({ max: 2048 }), { max: 100 }),
});

const accessNotGranted = operation(
  {
    name: 'CheckAccessNotGranted',
    method: 'POST',
    path: '/policy/check-access-not-granted',
    body: {
      policyDocument: required(STRING),
      access: required(list(ACCESS, { max: 1 })),
      policyType: POLICY_KIND,
    },
  },
  (_, { policyDocument, access }) => ({
    ...checkAccessNotGranted(readPolicy(policyDocument, 'policyDocument'), access[0] ?? { actions: [] }),
  }),
);

const noPublicAccess = operation(
  {
    name: 'CheckNoPublicAccess',
    method: 'POST',
    path: '/policy/check-no-public-access',
    body: { policyDocument: required(STRING), resourceType: required(oneOf(CHECKED_TYPES)) },
  },
  (_, { policyDocument }) => ({ ...checkNoPublicAccess(readPolicy(policyDocument, 'policyDocument')) }),
);

export const POLICY_CHECK_OPERATIONS = [validate, noNewAccess, accessNotGranted, noPublicAccess];

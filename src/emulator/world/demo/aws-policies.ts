import { addAwsPolicy } from '../build.ts';
import type { World } from '../model.ts';
import { formatPolicy } from '../statement.ts';

/** AWS managed policies that the demo's identities carry, cut down to the services this world knows. */
const AWS_POLICIES: Readonly<Record<string, string>> = {
  '/AdministratorAccess': formatPolicy({ action: '*', resource: '*' }),
  '/ReadOnlyAccess': formatPolicy({
    action: [
      'cloudformation:Describe*',
      'cloudwatch:List*',
      'ec2:Describe*',
      'iam:Get*',
      'iam:List*',
      'rds:Describe*',
      's3:Get*',
      's3:List*',
    ],
    resource: '*',
  }),
  '/SecurityAudit': formatPolicy({
    action: [
      'cloudtrail:Describe*',
      'cloudtrail:GetTrailStatus',
      'cloudtrail:LookupEvents',
      'ec2:Describe*',
      'iam:Get*',
      'iam:List*',
      's3:GetBucket*',
    ],
    resource: '*',
  }),
  '/AmazonS3ReadOnlyAccess': formatPolicy({ action: ['s3:Get*', 's3:List*'], resource: '*' }),
  '/AmazonS3FullAccess': formatPolicy({ action: 's3:*', resource: '*' }),
  '/AmazonDynamoDBFullAccess': formatPolicy({
    action: ['dynamodb:*', 'cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData'],
    resource: '*',
  }),
  '/AmazonSQSFullAccess': formatPolicy({ action: 'sqs:*', resource: '*' }),
  '/AmazonSNSFullAccess': formatPolicy({ action: 'sns:*', resource: '*' }),
  '/AmazonEC2ContainerRegistryPowerUser': formatPolicy({
    action: ['ecr:Batch*', 'ecr:Describe*', 'ecr:Get*', 'ecr:PutImage', 'ecr:*Upload*'],
    resource: '*',
  }),
  '/AmazonBedrockFullAccess': formatPolicy({ action: 'bedrock:*', resource: '*' }),
  '/CloudWatchLogsFullAccess': formatPolicy({ action: 'logs:*', resource: '*' }),
  '/service-role/AWSLambdaBasicExecutionRole': formatPolicy({
    action: ['logs:CreateLogGroup', 'logs:PutLogEvents'],
    resource: '*',
  }),
};

const YEAR_2015 = Date.UTC(2015, 1, 6, 18, 39, 46);

export function addAwsPolicies(world: World): void {
  for (const [name, document] of Object.entries(AWS_POLICIES)) {
    const slash = name.lastIndexOf('/') + 1;
    addAwsPolicy(world, {
      path: name.slice(0, slash),
      name: name.slice(slash),
      document,
      createdAt: YEAR_2015,
    });
  }
}

/** ARN of one of AWS's policies: `ReadOnlyAccess`, `service-role/AWSLambdaBasicExecutionRole`. */
export const awsPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

/** What the commands of one resource type need of its ARN. */
export interface ResourcePlace {
  readonly arn: string;
  /** The resource without its type, e.g. a bucket's or function's name. */
  readonly name: string;
  readonly account: string;
  /** Accounts that have the access, where the finding names them. */
  readonly outside: string;
}

export type Words = (place: ResourcePlace) => readonly (readonly string[])[];

/**
 * Shows the policy of a resource, and puts an edited one back: words after `aws`, by resource type. What only the person
 * can know stands in capitals.
 */
export const POLICY_COMMANDS: Readonly<Record<string, Words>> = {
  'AWS::S3::Bucket': ({ name }) => bucket(name),
  'AWS::S3Express::DirectoryBucket': ({ name }) => bucket(name),
  'AWS::KMS::Key': ({ name }) => [
    [
      'kms',
      'get-key-policy',
      '--key-id',
      name,
      '--policy-name',
      'default',
      '--query',
      'Policy',
      '--output',
      'text',
    ],
    ['kms', 'put-key-policy', '--key-id', name, '--policy-name', 'default', '--policy', 'file://policy.json'],
    ['kms', 'list-grants', '--key-id', name],
    ['kms', 'revoke-grant', '--key-id', name, '--grant-id', 'GRANT_ID'],
  ],
  'AWS::SQS::Queue': ({ name, account }) => [
    ['sqs', 'get-queue-url', '--queue-name', name, '--queue-owner-aws-account-id', account],
    ['sqs', 'get-queue-attributes', '--queue-url', 'QUEUE_URL', '--attribute-names', 'Policy'],
    ['sqs', 'set-queue-attributes', '--queue-url', 'QUEUE_URL', '--attributes', 'file://attributes.json'],
  ],
  'AWS::SNS::Topic': ({ arn }) => [
    ['sns', 'get-topic-attributes', '--topic-arn', arn, '--query', 'Attributes.Policy', '--output', 'text'],
    [
      'sns',
      'set-topic-attributes',
      '--topic-arn',
      arn,
      '--attribute-name',
      'Policy',
      '--attribute-value',
      'file://policy.json',
    ],
  ],
  'AWS::Lambda::Function': ({ arn }) => [
    ['lambda', 'get-policy', '--function-name', arn],
    ['lambda', 'remove-permission', '--function-name', arn, '--statement-id', 'SID'],
  ],
  'AWS::Lambda::LayerVersion': ({ name }) => {
    const [layer = name, version = '1'] = name.split(':');
    const target = ['--layer-name', layer, '--version-number', version];
    return [
      ['lambda', 'get-layer-version-policy', ...target],
      ['lambda', 'remove-layer-version-permission', ...target, '--statement-id', 'SID'],
    ];
  },
  'AWS::SecretsManager::Secret': ({ arn }) => [
    [
      'secretsmanager',
      'get-resource-policy',
      '--secret-id',
      arn,
      '--query',
      'ResourcePolicy',
      '--output',
      'text',
    ],
    [
      'secretsmanager',
      'put-resource-policy',
      '--secret-id',
      arn,
      '--resource-policy',
      'file://policy.json',
      '--block-public-policy',
    ],
  ],
  'AWS::ECR::Repository': ({ name, account }) => [
    ['ecr', 'get-repository-policy', '--registry-id', account, '--repository-name', name],
    [
      'ecr',
      'set-repository-policy',
      '--registry-id',
      account,
      '--repository-name',
      name,
      '--policy-text',
      'file://policy.json',
    ],
  ],
  'AWS::EFS::FileSystem': ({ name }) => [
    ['efs', 'describe-file-system-policy', '--file-system-id', name],
    ['efs', 'put-file-system-policy', '--file-system-id', name, '--policy', 'file://policy.json'],
  ],
  'AWS::DynamoDB::Table': ({ arn }) => dynamodb(arn),
  'AWS::DynamoDB::Stream': ({ arn }) => dynamodb(arn),
  'AWS::EC2::Snapshot': ({ name, outside }) => [
    ['ec2', 'describe-snapshot-attribute', '--snapshot-id', name, '--attribute', 'createVolumePermission'],
    [
      'ec2',
      'modify-snapshot-attribute',
      '--snapshot-id',
      name,
      '--attribute',
      'createVolumePermission',
      '--operation-type',
      'remove',
      ...(outside === 'all' ? ['--group-names', 'all'] : ['--user-ids', outside]),
    ],
  ],
  'AWS::RDS::DBSnapshot': ({ name, outside }) => [
    ['rds', 'describe-db-snapshot-attributes', '--db-snapshot-identifier', name],
    [
      'rds',
      'modify-db-snapshot-attribute',
      '--db-snapshot-identifier',
      name,
      '--attribute-name',
      'restore',
      '--values-to-remove',
      outside,
    ],
  ],
  'AWS::RDS::DBClusterSnapshot': ({ name, outside }) => [
    ['rds', 'describe-db-cluster-snapshot-attributes', '--db-cluster-snapshot-identifier', name],
    [
      'rds',
      'modify-db-cluster-snapshot-attribute',
      '--db-cluster-snapshot-identifier',
      name,
      '--attribute-name',
      'restore',
      '--values-to-remove',
      outside,
    ],
  ],
};

/** Directory buckets too: `s3control get-bucket-policy` is for buckets on Outposts (AWS CLI reference). */
const bucket = (name: string): readonly (readonly string[])[] => [
  ['s3api', 'get-bucket-policy', '--bucket', name, '--query', 'Policy', '--output', 'text'],
  ['s3api', 'put-bucket-policy', '--bucket', name, '--policy', 'file://policy.json'],
];

const dynamodb = (arn: string): readonly (readonly string[])[] => [
  ['dynamodb', 'get-resource-policy', '--resource-arn', arn, '--query', 'Policy', '--output', 'text'],
  ['dynamodb', 'put-resource-policy', '--resource-arn', arn, '--policy', 'file://policy.json'],
];

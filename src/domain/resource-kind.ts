/** A kind of resource as the list shows it. */
export interface ResourceKind {
  /** Short label of the RESOURCE column and of the filter's `kind:`. */
  readonly kind: string;
  readonly resourceType: string;
  /** In a sentence: "this bucket". */
  readonly noun: string;
  /** Other words that `kind:` takes. */
  readonly aliases: readonly string[];
}

const row = (resourceType: string, kind: string, noun: string, ...aliases: string[]): ResourceKind => ({
  kind,
  resourceType,
  noun,
  aliases,
});

/** Resource types of findings (API model of Access Analyzer, `ResourceType`). */
export const RESOURCE_KINDS: readonly ResourceKind[] = [
  row('AWS::S3::Bucket', 's3', 'bucket', 'bucket'),
  row('AWS::S3Express::DirectoryBucket', 's3x', 'directory bucket', 's3express', 'directory-bucket'),
  row('AWS::IAM::Role', 'role', 'role', 'iam-role'),
  row('AWS::IAM::User', 'user', 'user', 'iam-user'),
  row('AWS::KMS::Key', 'key', 'KMS key', 'kms'),
  row('AWS::Lambda::Function', 'lambda', 'Lambda function', 'function'),
  row('AWS::Lambda::LayerVersion', 'layer', 'Lambda layer', 'lambda-layer', 'layer-version'),
  row('AWS::SQS::Queue', 'queue', 'queue', 'sqs'),
  row('AWS::SNS::Topic', 'topic', 'topic', 'sns'),
  row('AWS::SecretsManager::Secret', 'secret', 'secret', 'secretsmanager'),
  row('AWS::ECR::Repository', 'ecr', 'container repository', 'repository'),
  row('AWS::EFS::FileSystem', 'efs', 'file system', 'file-system', 'filesystem'),
  row('AWS::EC2::Snapshot', 'ebs', 'EBS snapshot', 'ebs-snapshot', 'ec2-snapshot'),
  row('AWS::RDS::DBSnapshot', 'rds', 'database snapshot', 'db-snapshot', 'rds-snapshot'),
  row(
    'AWS::RDS::DBClusterSnapshot',
    'rds-cl',
    'database cluster snapshot',
    'db-cluster-snapshot',
    'rds-cluster',
  ),
  row('AWS::DynamoDB::Table', 'table', 'table', 'dynamodb', 'ddb'),
  row('AWS::DynamoDB::Stream', 'stream', 'table stream', 'dynamodb-stream'),
];

const BY_TYPE = new Map(RESOURCE_KINDS.map((known) => [known.resourceType, known]));

/** `AWS::Foo::BarBaz` → `barbaz`, for types that are younger than the table. */
const lastPart = (resourceType: string): string => resourceType.split('::').at(-1) ?? resourceType;

/** Short label of a resource type: `AWS::S3::Bucket` → `s3`. */
export const kindOf = (resourceType: string): string =>
  BY_TYPE.get(resourceType)?.kind ?? lastPart(resourceType).toLowerCase();

/** What to call such a resource in a sentence. */
export const nounOf = (resourceType: string): string =>
  BY_TYPE.get(resourceType)?.noun ?? lastPart(resourceType);

/** Everything that `kind:` knows a resource type by. */
export const namesOfKind = (resourceType: string): readonly string[] => [
  resourceType,
  kindOf(resourceType),
  ...(BY_TYPE.get(resourceType)?.aliases ?? []),
];

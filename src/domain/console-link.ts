import { type Arn, parseArn } from './arn.ts';
import type { FindingRef } from './finding.ts';
import { consoleHost } from './region.ts';

/**
 * Addresses in the AWS console, in the console of the partition. The paths are those that the console itself shows;
 * AWS documents only a few of them.
 */
/** A lone surrogate cannot be encoded; it is written as U+FFFD, as everywhere. */
const encode = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));

/** Console of one Region, or of a global service where the Region is empty. */
function consoleOf(partition: string, region: string): string | undefined {
  const host = consoleHost(partition);
  if (host === undefined || !/^[a-z0-9-]*$/.test(region)) return undefined;
  return region === '' ? `https://${host}` : `https://${region}.${host}`;
}

const home = (service: string, region: string, fragment: string): string =>
  `${service}/home?region=${region}#${fragment}`;

/** The finding's page. undefined: the partition's console is not known. */
export function findingLink(ref: FindingRef): string | undefined {
  const base = consoleOf(parseArn(ref.analyzerArn)?.partition ?? 'aws', ref.region);
  return base && `${base}/${home('access-analyzer', ref.region, `/findings/details/${encode(ref.id)}`)}`;
}

const lastOf = (name: string, separator: string): string => name.split(separator).at(-1) ?? name;

/** Page of a resource below the console's host, by resource type. */
const PAGES: Readonly<Record<string, (arn: Arn) => string>> = {
  'AWS::IAM::Role': ({ resourceName }) => `iam/home#/roles/details/${encode(lastOf(resourceName, '/'))}`,
  'AWS::IAM::User': ({ resourceName }) => `iam/home#/users/details/${encode(lastOf(resourceName, '/'))}`,
  'AWS::S3::Bucket': ({ resource }) => `s3/buckets/${encode(resource)}?tab=permissions`,
  'AWS::S3Express::DirectoryBucket': ({ region, resourceName }) =>
    `s3/directory-buckets/${encode(resourceName)}?region=${region}&tab=permissions`,
  'AWS::KMS::Key': ({ region, resourceName }) => home('kms', region, `/kms/keys/${encode(resourceName)}`),
  'AWS::Lambda::Function': ({ region, resourceName }) =>
    home('lambda', region, `/functions/${encode(resourceName.split(':')[0] ?? '')}?tab=configure`),
  'AWS::Lambda::LayerVersion': ({ region, resourceName }) => {
    const [name = '', version = ''] = resourceName.split(':');
    return home('lambda', region, `/layers/${encode(name)}/versions/${encode(version)}`);
  },
  'AWS::SQS::Queue': (arn) => home('sqs', arn.region, `/queues/${encode(queueUrl(arn))}`),
  'AWS::SNS::Topic': (arn) => home('sns/v3', arn.region, `/topic/${whole(arn)}`),
  'AWS::SecretsManager::Secret': ({ region, resourceName }) =>
    `secretsmanager/secret?name=${encode(resourceName.replace(/-[A-Za-z0-9]{6}$/, ''))}&region=${region}`,
  'AWS::ECR::Repository': ({ region, account, resourceName }) =>
    `ecr/repositories/private/${account}/${resourceName.split('/').map(encode).join('/')}?region=${region}`,
  'AWS::EFS::FileSystem': ({ region, resourceName }) =>
    home('efs', region, `/file-systems/${encode(resourceName)}`),
  'AWS::EC2::Snapshot': ({ region, resourceName }) =>
    home('ec2', region, `SnapshotDetails:snapshotId=${encode(resourceName)}`),
  'AWS::RDS::DBSnapshot': ({ region, resourceName }) =>
    home('rds', region, `db-snapshot:engine=;id=${encode(resourceName)}`),
  'AWS::RDS::DBClusterSnapshot': ({ region, resourceName }) =>
    home('rds', region, `db-snapshot:engine=;id=${encode(resourceName)}`),
  'AWS::DynamoDB::Table': ({ region, resourceName }) =>
    home('dynamodbv2', region, `table?name=${encode(resourceName)}&tab=permissions`),
  'AWS::DynamoDB::Stream': ({ region, resourceName }) =>
    home('dynamodbv2', region, `table?name=${encode(resourceName.split('/')[0] ?? '')}&tab=streams`),
};

const whole = ({ partition, service, region, account, resource }: Arn): string =>
  `arn:${partition}:${service}:${region}:${account}:${encode(resource)}`;

function queueUrl({ partition, region, account, resource }: Arn): string {
  const suffix =
    partition === 'aws-cn' ? 'amazonaws.com.cn' : partition === 'aws-eusc' ? 'amazonaws.eu' : 'amazonaws.com';
  return `https://sqs.${region}.${suffix}/${account}/${resource}`;
}

/** The resource's page. undefined: not an ARN, or a type or partition whose console pages are not known here. */
export function resourceLink(arn: string, resourceType: string): string | undefined {
  const parsed = parseArn(arn);
  const page = Object.hasOwn(PAGES, resourceType) ? PAGES[resourceType] : undefined;
  if (parsed === undefined || page === undefined) return undefined;
  // IAM and S3 have one console for all Regions.
  const region = parsed.service === 'iam' || parsed.service === 's3' ? '' : parsed.region;
  const base = consoleOf(parsed.partition, region);
  return base && `${base}/${page(parsed)}`;
}

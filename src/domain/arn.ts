/**
 * Amazon Resource Names: `arn:partition:service:region:account:resource`. The resource part may hold colons and slashes
 * (AWS General Reference, "Amazon Resource Names").
 */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for global services (IAM) and for S3 buckets. */
  readonly region: string;
  /** Empty for S3 buckets. */
  readonly account: string;
  /** Everything after the fifth colon. */
  readonly resource: string;
  /** `role` in `role/partner/x`, `function` in `function:x`; absent where the service has none (S3 buckets, SQS, SNS). */
  readonly resourceType?: string;
  /** The resource without its type: `partner/x`. */
  readonly resourceName: string;
}

const ARN = /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/s;
const TYPED_RESOURCE = /^([^/:]+)[/:](.+)$/s;
const UNTYPED_SERVICES = new Set(['sqs', 'sns']);

/** undefined: not an ARN. */
export function parseArn(text: string): Arn | undefined {
  const found = ARN.exec(text);
  if (found === null) return undefined;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = found;
  const arn = { partition, service, region, account, resource };
  const isBucketOrObject = service === 's3' && account === '';
  const typed = isBucketOrObject || UNTYPED_SERVICES.has(service) ? null : TYPED_RESOURCE.exec(resource);
  const [, resourceType, resourceName] = typed ?? [];
  if (resourceType === undefined || resourceName === undefined) return { ...arn, resourceName: resource };
  return { ...arn, resourceType, resourceName };
}

/** An access point is reported under its bucket's type: its name alone would read as a bucket's. */
const KEEP_RESOURCE_TYPE = new Set(['AWS::S3::Bucket']);

/**
 * Name for the RESOURCE column: bucket, path and name of a role, key id, … Always the end of the ARN from a `/` or `:`
 * on, so what the column shows is what the filter's `resource:` finds. What is not an ARN stays as it is.
 */
export function shortResource(arn: string, resourceType: string): string {
  const parsed = parseArn(arn);
  if (parsed === undefined) return arn;
  return KEEP_RESOURCE_TYPE.has(resourceType) ? parsed.resource : parsed.resourceName;
}

/** The account an ARN or a bare 12-digit id names; undefined: none. */
export function accountIn(text: string): string | undefined {
  if (/^\d{12}$/.test(text)) return text;
  const account = parseArn(text)?.account;
  return account === undefined || account === '' ? undefined : account;
}

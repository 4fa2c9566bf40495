import { type Access, accessByAcl, accessByPolicy } from './access.ts';
import type { AccessPoint, Bucket, PublicAccessBlock } from './model.ts';
import { parsePolicy } from './policy.ts';

/** A setting is on when the bucket or the whole account has it on. */
const isOn = (setting: keyof PublicAccessBlock, bucket: Bucket, account: PublicAccessBlock): boolean =>
  bucket.publicAccessBlock[setting] || account[setting];

/** A bucket policy that trusts `s3:DataAccessPointAccount` leaves the decision to the access points' own policies. */
const delegates = (bucket: Bucket): boolean =>
  bucket.policy !== undefined &&
  parsePolicy(bucket.policy).statements.some(
    ({ effect, conditions }) =>
      effect === 'Allow' && conditions.some(({ key }) => key.toLowerCase() === 's3:dataaccesspointaccount'),
  );

function accessByPoint(bucket: Bucket, point: AccessPoint): readonly Access[] {
  if (point.policy === undefined) return [];
  const foreign = point.account !== bucket.account;
  const source = {
    type: foreign ? 'S3_ACCESS_POINT_ACCOUNT' : 'S3_ACCESS_POINT',
    accessPointArn: point.arn,
    ...(foreign ? { accessPointAccount: point.account } : {}),
  };
  const inVpc =
    point.vpc === undefined ? [] : [{ operator: 'StringEquals', key: 'aws:SourceVpc', values: [point.vpc] }];
  return accessByPolicy(point.policy, point.arn, 's3', source).map((access) => ({
    ...access,
    conditions: [...access.conditions, ...inVpc],
  }));
}

/** What policy, ACL and access points grant, less what Block Public Access takes back. */
export function accessToBucket(
  bucket: Bucket,
  accountBlock: PublicAccessBlock,
  isPublic: (access: Access) => boolean,
): readonly Access[] {
  const byPolicy =
    bucket.policy === undefined ? [] : accessByPolicy(bucket.policy, bucket.arn, 's3', { type: 'POLICY' });
  const byPoints = delegates(bucket)
    ? bucket.accessPoints.flatMap((point) => accessByPoint(bucket, point))
    : [];
  const granted = [...byPolicy, ...byPoints];
  // RestrictPublicBuckets leaves a bucket with a public policy to its own account and to AWS services.
  const restricted = isOn('restrictPublicBuckets', bucket, accountBlock) && granted.some(isPublic);
  const byAcl = accessByAcl(bucket).filter(
    (access) => !(isOn('ignorePublicAcls', bucket, accountBlock) && isPublic(access)),
  );
  return [...(restricted ? [] : granted), ...byAcl];
}

import { parseArn } from '../../domain/arn.ts';

/** What else than its policy gives access to a bucket: words after `aws` that show it and put an edited one back. */
type WordLists = readonly (readonly string[])[];

export const aclWords = (bucket: string): WordLists => [
  ['s3api', 'get-bucket-acl', '--bucket', bucket],
  ['s3api', 'put-bucket-acl', '--bucket', bucket, '--acl', 'private'],
];

/** Requests about Multi-Region Access Points go to this Region (Amazon S3 User Guide, "Multi-Region Access Points"). */
const MULTI_REGION_HOME = 'us-west-2';

/**
 * The policy of an access point. That of a Multi-Region one, whose ARN holds its alias, is asked for by its name; it
 * alone has no Region in its ARN. `region`: where it is asked, if not in the bucket's.
 */
export function accessPointWords(
  arn: string,
  bucketOwner: string,
): { readonly words: WordLists; readonly region?: string } {
  const { account = bucketOwner, resourceName: name = arn, region } = parseArn(arn) ?? {};
  const of = ['--account-id', account];
  if (region !== '')
    return {
      words: [
        ['s3control', 'get-access-point-policy', ...of, '--name', name],
        [
          's3control',
          'put-access-point-policy',
          ...of,
          '--name',
          name,
          '--policy',
          'file://access-point.json',
        ],
      ],
    };
  return {
    region: MULTI_REGION_HOME,
    words: [
      ['s3control', 'list-multi-region-access-points', ...of],
      ['s3control', 'get-multi-region-access-point-policy', ...of, '--name', 'NAME'],
      ['s3control', 'put-multi-region-access-point-policy', ...of, '--details', 'file://details.json'],
    ],
  };
}

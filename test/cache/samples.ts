import type { Finding } from '../../src/domain/finding.ts';

/** A finding with everything that a list row of an external analyzer carries. */
export function finding(id: string, change: Partial<Finding> = {}): Finding {
  return {
    profile: 'prod',
    region: 'us-east-1',
    analyzerArn: 'arn:aws:access-analyzer:us-east-1:111122223333:analyzer/external',
    id,
    findingType: 'ExternalAccess',
    status: 'ACTIVE',
    resource: `arn:aws:s3:::bucket-${id}`,
    resourceType: 'AWS::S3::Bucket',
    resourceOwnerAccount: '111122223333',
    createdAt: 1_700_000_000_000,
    analyzedAt: 1_700_000_100_000,
    updatedAt: 1_700_000_200_000,
    isPublic: false,
    principal: { AWS: '444455556666' },
    action: ['s3:GetObject'],
    condition: {},
    ...change,
  };
}

import {
  BOOLEAN,
  list,
  map,
  oneOf,
  required,
  STRING,
  structure,
  union,
  type ValueOf,
} from '../service/member.ts';

/** The configurations that a preview takes (API model, `Configuration`), one resource type each. */
const BLOCK = structure({ ignorePublicAcls: required(BOOLEAN), restrictPublicBuckets: required(BOOLEAN) });
const ORIGIN = union({
  vpcConfiguration: structure({ vpcId: required(STRING) }),
  internetConfiguration: structure({}),
});
const ACL_GRANT = structure({
  permission: required(oneOf(['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'])),
  grantee: required(union({ id: STRING, uri: STRING })),
});
const KEY_GRANT = structure({
  operations: required(list(STRING)),
  granteePrincipal: required(STRING),
  retiringPrincipal: STRING,
  issuingAccount: required(STRING),
  constraints: structure({ encryptionContextEquals: map(STRING), encryptionContextSubset: map(STRING) }),
});
const ACCESS_POINT = structure({
  accessPointPolicy: STRING,
  publicAccessBlock: BLOCK,
  networkOrigin: ORIGIN,
});
const SHARING = map(union({ accountIds: list(STRING) }));

export const CONFIGURATION = union({
  iamRole: structure({ trustPolicy: STRING }),
  s3Bucket: structure({
    bucketPolicy: STRING,
    bucketAclGrants: list(ACL_GRANT),
    bucketPublicAccessBlock: BLOCK,
    accessPoints: map(ACCESS_POINT),
  }),
  kmsKey: structure({ keyPolicies: map(STRING), grants: list(KEY_GRANT) }),
  ebsSnapshot: structure({ userIds: list(STRING), groups: list(STRING), kmsKeyId: STRING }),
  rdsDbSnapshot: structure({ attributes: SHARING, kmsKeyId: STRING }),
  rdsDbClusterSnapshot: structure({ attributes: SHARING, kmsKeyId: STRING }),
  sqsQueue: structure({ queuePolicy: STRING }),
  snsTopic: structure({ topicPolicy: STRING }),
  secretsManagerSecret: structure({ secretPolicy: STRING, kmsKeyId: STRING }),
  ecrRepository: structure({ repositoryPolicy: STRING }),
  efsFileSystem: structure({ fileSystemPolicy: STRING }),
  dynamodbTable: structure({ tablePolicy: STRING }),
  dynamodbStream: structure({ streamPolicy: STRING }),
  s3ExpressDirectoryBucket: structure({
    bucketPolicy: STRING,
    accessPoints: map(structure({ accessPointPolicy: STRING, networkOrigin: ORIGIN })),
  }),
});

export type Configuration = ValueOf<typeof CONFIGURATION>;

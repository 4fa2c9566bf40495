import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AccessLevel, accessLevel, strongestLevel } from '../../src/domain/access-level.ts';

/** As the Service Authorization Reference has them. */
const KNOWN: Readonly<Record<AccessLevel, readonly string[]>> = {
  list: ['s3:ListBucket', 's3:ListAllMyBuckets', 'iam:ListRoles', 'sqs:ListQueues'],
  read: [
    's3:GetObject',
    's3:GetBucketAcl',
    's3:GetBucketPolicy',
    'dynamodb:Query',
    'dynamodb:Scan',
    'dynamodb:BatchGetItem',
    'sqs:ReceiveMessage',
    'secretsmanager:GetSecretValue',
    'ecr:BatchGetImage',
    'ecr:GetDownloadUrlForLayer',
    'kms:DescribeKey',
    'lambda:GetLayerVersion',
    'elasticfilesystem:ClientMount',
  ],
  tagging: ['s3:PutObjectTagging', 'sts:TagSession', 'sqs:TagQueue', 'ec2:CreateTags', 'kms:UntagResource'],
  write: [
    's3:PutObject',
    's3:DeleteObject',
    'sts:AssumeRole',
    'sts:AssumeRoleWithWebIdentity',
    'kms:Decrypt',
    'kms:GenerateDataKey',
    'lambda:InvokeFunction',
    'sqs:SendMessage',
    'sns:Publish',
    'dynamodb:PutItem',
  ],
  permissions: [
    's3:PutBucketPolicy',
    's3:DeleteBucketPolicy',
    's3:PutObjectAcl',
    'kms:PutKeyPolicy',
    'kms:CreateGrant',
    'lambda:AddPermission',
    'lambda:RemovePermission',
    'sns:AddPermission',
    'sqs:AddPermission',
    'ecr:SetRepositoryPolicy',
    'iam:PassRole',
    'iam:CreateUser',
    'iam:AttachRolePolicy',
    'secretsmanager:PutResourcePolicy',
    'ec2:ModifySnapshotAttribute',
  ],
};

test('levels of known actions, case aside', () => {
  for (const [level, actions] of Object.entries(KNOWN)) {
    for (const action of actions) {
      assert.equal(accessLevel(action), level, action);
      assert.equal(accessLevel(action.toLowerCase()), level, action);
    }
  }
});

test('a wildcard is worth the most that it may stand for', () => {
  for (const action of ['*', 's3:*', 's3:Put*', 'kms:P*', 's3:*Object'])
    assert.equal(accessLevel(action), 'permissions', action);
  assert.equal(accessLevel('s3:Get*'), 'read');
  assert.equal(accessLevel('s3:List*'), 'list');
});

test('the strongest level of several', () => {
  assert.equal(strongestLevel(['s3:ListBucket', 's3:GetObject']), 'read');
  assert.equal(strongestLevel(['s3:GetObject', 's3:PutBucketPolicy', 's3:PutObject']), 'permissions');
  assert.equal(strongestLevel([]), undefined);
});

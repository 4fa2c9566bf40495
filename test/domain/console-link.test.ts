import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import './fixed-seed.ts';
import { findingLink, resourceLink } from '../../src/domain/console-link.ts';
import { RESOURCE_KINDS } from '../../src/domain/resource-kind.ts';

const ref = (partition: string, region: string) => ({
  profile: 'prod',
  region,
  analyzerArn: `arn:${partition}:access-analyzer:${region}:111122223333:analyzer/a`,
  id: '1111-2222',
});

test('a finding opens in the console of its partition and Region', () => {
  const cases = [
    ['aws', 'eu-west-1', 'https://eu-west-1.console.aws.amazon.com/'],
    ['aws-cn', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
    ['aws-us-gov', 'us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
    ['aws-eusc', 'eusc-de-east-1', 'https://eusc-de-east-1.console.amazonaws-eusc.eu/'],
  ] as const;
  for (const [partition, region, base] of cases) {
    assert.equal(
      findingLink(ref(partition, region)),
      `${base}access-analyzer/home?region=${region}#/findings/details/1111-2222`,
    );
  }
  assert.equal(findingLink(ref('aws-iso', 'us-iso-east-1')), undefined);
});

test('a resource opens on its own page', () => {
  const cases = [
    [
      'arn:aws:iam::111122223333:role/partner/deploy',
      'AWS::IAM::Role',
      'https://console.aws.amazon.com/iam/home#/roles/details/deploy',
    ],
    [
      'arn:aws:iam::111122223333:user/ann',
      'AWS::IAM::User',
      'https://console.aws.amazon.com/iam/home#/users/details/ann',
    ],
    [
      'arn:aws-cn:s3:::photos',
      'AWS::S3::Bucket',
      'https://console.amazonaws.cn/s3/buckets/photos?tab=permissions',
    ],
    [
      'arn:aws:sqs:us-east-1:111122223333:jobs',
      'AWS::SQS::Queue',
      'https://us-east-1.console.aws.amazon.com/sqs/home?region=us-east-1#/queues/https%3A%2F%2Fsqs.us-east-1.amazonaws.com%2F111122223333%2Fjobs',
    ],
    [
      'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd',
      'AWS::KMS::Key',
      'https://us-gov-west-1.console.amazonaws-us-gov.com/kms/home?region=us-gov-west-1#/kms/keys/1234abcd',
    ],
    [
      'arn:aws:secretsmanager:us-east-1:111122223333:secret:db/prod-AbCdEf',
      'AWS::SecretsManager::Secret',
      'https://us-east-1.console.aws.amazon.com/secretsmanager/secret?name=db%2Fprod&region=us-east-1',
    ],
  ] as const;
  for (const [arn, type, link] of cases) assert.equal(resourceLink(arn, type), link);
});

test('every known type has a page; others have none', () => {
  for (const { resourceType } of RESOURCE_KINDS) {
    assert.ok(resourceLink('arn:aws:x:us-east-1:111122223333:type/name', resourceType), resourceType);
  }
  assert.equal(resourceLink('arn:aws:x:us-east-1:111122223333:type/name', 'AWS::New::Thing'), undefined);
  assert.equal(resourceLink('photos', 'AWS::S3::Bucket'), undefined);
});

test('a hostile name or Region cannot leave the address', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 10 }),
    fc.constantFrom('\ud800', '../..', 'a?b#c'),
  );
  fc.assert(
    fc.property(text, text, fc.constantFrom(...RESOURCE_KINDS), (region, name, { resourceType }) => {
      const link = resourceLink(
        `arn:aws:x:${region.replaceAll(':', '')}:111122223333:type/${name}`,
        resourceType,
      );
      if (link === undefined) return;
      assert.match(link, /^https:\/\/([a-z0-9-]+\.)?console\.aws\.amazon\.com\/[\x21-\x7e]+$/);
    }),
  );
});

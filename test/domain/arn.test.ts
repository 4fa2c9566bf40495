import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import './fixed-seed.ts';
import { accountIn, parseArn, shortResource } from '../../src/domain/arn.ts';
import { PARTITIONS } from '../../src/domain/region.ts';

const name = (min: number) =>
  fc.string({ unit: fc.constantFrom(...'abcXYZ019-_.'), minLength: min, maxLength: 12 });

test('an ARN is read whole', () => {
  const anyArn = fc.record({
    partition: fc.constantFrom(...PARTITIONS),
    service: fc.constantFrom('iam', 's3', 'sqs', 'lambda', 'secretsmanager', 'kms'),
    region: fc.constantFrom('', 'us-east-1', 'cn-north-1'),
    account: fc.constantFrom('', '111122223333'),
    resource: fc.string({ unit: fc.constantFrom(...'ab1-/:漢 '), minLength: 1 }),
  });
  fc.assert(
    fc.property(anyArn, (arn) => {
      const { partition, service, region, account, resource } = arn;
      const parsed = parseArn(`arn:${partition}:${service}:${region}:${account}:${resource}`);
      assert.ok(parsed);
      const { resourceType, resourceName, ...rest } = parsed;
      assert.deepEqual(rest, { ...arn });
      assert.ok(arn.resource.endsWith(resourceName));
      if (resourceType !== undefined) assert.match(arn.resource.slice(resourceType.length), /^[/:]/);
    }),
  );
});

test('what is no ARN is undefined', () => {
  for (const text of [
    '',
    'arn',
    'arn:aws:s3',
    'arn:aws:s3:::',
    'photos',
    '444455556666',
    'ARN:aws:s3:::x',
    'arn::s3:::x',
  ]) {
    assert.equal(parseArn(text), undefined, text);
  }
});

test('the type of a resource and its name', () => {
  const cases = [
    ['arn:aws:iam::111122223333:role/partner/deploy', 'role', 'partner/deploy'],
    ['arn:aws:lambda:us-east-1:111122223333:function:resize', 'function', 'resize'],
    ['arn:aws:lambda:us-east-1:111122223333:layer:codecs:3', 'layer', 'codecs:3'],
    ['arn:aws:s3:::photos', undefined, 'photos'],
    ['arn:aws:s3:::photos/2026/a.jpg', undefined, 'photos/2026/a.jpg'],
    ['arn:aws:sqs:us-east-1:111122223333:jobs', undefined, 'jobs'],
    ['arn:aws:iam::111122223333:root', undefined, 'root'],
  ] as const;
  for (const [arn, type, resourceName] of cases) {
    const parsed = parseArn(arn);
    assert.equal(parsed?.resourceType, type, arn);
    assert.equal(parsed?.resourceName, resourceName, arn);
  }
});

test('the RESOURCE column shows the end of the ARN', () => {
  const cases = [
    ['arn:aws:iam::111122223333:role/partner/deploy', 'AWS::IAM::Role', 'partner/deploy'],
    ['arn:aws:s3:::photos', 'AWS::S3::Bucket', 'photos'],
    ['arn:aws:s3:us-east-1:111122223333:accesspoint/public', 'AWS::S3::Bucket', 'accesspoint/public'],
    ['arn:aws:kms:us-east-1:111122223333:key/1234abcd', 'AWS::KMS::Key', '1234abcd'],
    ['arn:aws:sns:us-east-1:111122223333:alarms', 'AWS::SNS::Topic', 'alarms'],
    ['not an ARN', 'AWS::S3::Bucket', 'not an ARN'],
  ] as const;
  for (const [arn, type, short] of cases) {
    assert.equal(shortResource(arn, type), short);
    assert.ok(arn.endsWith(short));
  }
  fc.assert(
    fc.property(name(1), name(1), (path, last) => {
      const arn = `arn:aws:iam::111122223333:role/${path}/${last}`;
      assert.equal(shortResource(arn, 'AWS::IAM::Role'), `${path}/${last}`);
    }),
  );
});

test('the account of a principal', () => {
  assert.equal(accountIn('444455556666'), '444455556666');
  assert.equal(accountIn('arn:aws:iam::444455556666:root'), '444455556666');
  assert.equal(accountIn('arn:aws:s3:::photos'), undefined);
  assert.equal(accountIn('accounts.google.com'), undefined);
});

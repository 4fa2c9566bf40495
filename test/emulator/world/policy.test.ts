import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  coversAction,
  coversResource,
  parsePolicy,
  PolicyError,
} from '../../../src/emulator/world/policy.ts';

const parse = (statement: object): ReturnType<typeof parsePolicy> =>
  parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statement }));

test('shorthand forms are read as the long ones', () => {
  const short = parse({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' });
  const long = parse([
    { Effect: 'Allow', Principal: { AWS: ['*'] }, Action: ['s3:GetObject'], Resource: ['*'] },
  ]);
  assert.deepEqual(short, long);
});

test('NotAction and NotResource mean everything else', () => {
  const [statement] = parse({
    Effect: 'Allow',
    NotAction: 'iam:*',
    NotResource: 'arn:aws:s3:::secret',
  }).statements;
  assert.ok(statement);
  assert.equal(coversAction(statement, 'iam:CreateRole'), false);
  assert.equal(coversAction(statement, 's3:GetObject'), true);
  assert.equal(coversResource(statement, 'arn:aws:s3:::secret'), false);
  assert.equal(coversResource(statement, 'arn:aws:s3:::open'), true);
});

test('a pattern for the objects of a bucket concerns the bucket, one for another bucket does not', () => {
  const [statement] = parse({ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::logs/*' }).statements;
  assert.ok(statement);
  assert.equal(coversResource(statement, 'arn:aws:s3:::logs'), true);
  assert.equal(coversResource(statement, 'arn:aws:s3:::logs-2'), false);
});

for (const [what, text] of [
  ['no JSON', '{'],
  ['no Statement', '{"Version":"2012-10-17"}'],
  ['an unknown Version', '{"Version":"2020-01-01","Statement":[]}'],
  ['an unknown Effect', '{"Statement":{"Effect":"Maybe","Action":"*"}}'],
  ['no Action', '{"Statement":{"Effect":"Allow"}}'],
  ['both Action and NotAction', '{"Statement":{"Effect":"Allow","Action":"*","NotAction":"*"}}'],
  ['a number for a Principal', '{"Statement":{"Effect":"Allow","Action":"*","Principal":4}}'],
] as const) {
  test(`a policy with ${what} is refused`, () => assert.throws(() => parsePolicy(text), PolicyError));
}

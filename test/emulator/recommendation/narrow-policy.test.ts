import assert from 'node:assert/strict';
import { test } from 'node:test';
import { narrowPolicy } from '../../../src/emulator/recommendation/narrow-policy.ts';

const policy = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const narrowed = (document: string, ...unused: Parameters<typeof narrowPolicy>[1]) => {
  const result = narrowPolicy(document, unused);
  return result.kind === 'part'
    ? (JSON.parse(result.document) as { Statement: unknown }).Statement
    : result.kind;
};

const S3_UNUSED = { serviceNamespace: 's3' };
const DELETE_UNUSED = { serviceNamespace: 'sqs', actions: [{ action: 'sqs:DeleteQueue' }] };

test('A policy that is used throughout stays', () => {
  const document = policy({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' });
  assert.equal(narrowed(document, S3_UNUSED, DELETE_UNUSED), 'everything');
});

test('A policy of which nothing is used is to be detached, its Deny statements with it', () => {
  const document = policy(
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:Put*'], Resource: '*' },
    { Effect: 'Deny', Action: 'sqs:*', Resource: '*' },
  );
  assert.equal(narrowed(document, S3_UNUSED), 'nothing');
});

test('Statements keep what is theirs; wildcards over something unused are spelt out', () => {
  const Condition = { Bool: { 'aws:SecureTransport': 'true' } };
  const document = policy(
    {
      Sid: 'Queue',
      Effect: 'Allow',
      Action: ['sqs:*Queue', 'sqs:SendMessage'],
      Resource: 'arn:q',
      Condition,
    },
    { Sid: 'Bucket', Effect: 'Allow', Action: 's3:*', Resource: '*' },
    { Sid: 'Never', Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' },
  );
  const [queue, never, ...more] = narrowed(document, S3_UNUSED, DELETE_UNUSED) as Record<string, unknown>[];
  assert.deepEqual(more, []);
  assert.deepEqual(
    { ...queue, Action: undefined },
    { Sid: 'Queue', Effect: 'Allow', Action: undefined, Resource: 'arn:q', Condition },
  );
  const actions = queue?.['Action'] as string[];
  assert.ok(actions.includes('sqs:CreateQueue') && actions.includes('sqs:SendMessage'));
  assert.ok(!actions.includes('sqs:DeleteQueue') && !actions.some((action) => action.includes('*')));
  assert.equal(never?.['Sid'], 'Never');
});

test('A single statement that is no list is a statement too; NotAction becomes the actions it means', () => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
  });
  const [statement] = narrowed(document, S3_UNUSED) as Record<string, unknown>[];
  const actions = statement?.['Action'] as string[];
  assert.equal(statement?.['NotAction'], undefined);
  assert.ok(actions.includes('sqs:SendMessage'));
  assert.ok(!actions.some((action) => action.startsWith('s3:') || action.startsWith('iam:')));
});

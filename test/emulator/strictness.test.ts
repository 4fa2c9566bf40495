/** What the service refuses before it looks at anything: raw requests, because the SDK would not send some of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Emulator } from '../../src/emulator/server.ts';
import { withEmulator } from './harness.ts';
import { EXTERNAL } from './small-world.ts';

const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=AKIAEMULATORTEST0000/20260301/us-east-1/access-analyzer/aws4_request, ' +
  `SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;

interface Raw {
  readonly body?: string;
  readonly authorization?: string;
}

async function send(emulator: Emulator, request: string, { body, authorization = AUTHORIZATION }: Raw = {}) {
  const [method = '', path = ''] = request.split(' ');
  const response = await fetch(emulator.url + path, {
    method,
    headers: authorization === '' ? {} : { authorization },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('x-amzn-errortype'),
    body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
  };
}

const ARN = encodeURIComponent(EXTERNAL);

/** Request → body → the members that are named. */
const INVALID: readonly (readonly [string, object | undefined, readonly string[]])[] = [
  ['GET /analyzer?maxResults=0', undefined, ['maxResults']],
  ['GET /analyzer?maxResults=many', undefined, ['maxResults']],
  ['GET /analyzer?type=HOUSE', undefined, ['type']],
  ['GET /analyzer/9lives', undefined, ['analyzerName']],
  ['PUT /analyzer', {}, ['analyzerName', 'type']],
  ['PUT /analyzer', { analyzerName: 'x', type: 'ACCOUNT', tags: { a: 1 } }, ['tags.a.member']],
  ['PUT /analyzer', { analyzerName: 'x'.repeat(256), type: 'ACCOUNT' }, ['analyzerName']],
  [
    'PUT /analyzer',
    {
      analyzerName: 'x',
      type: 'ACCOUNT_UNUSED_ACCESS',
      configuration: { unusedAccess: {}, internalAccess: {} },
    },
    ['configuration'],
  ],
  [
    'PUT /analyzer',
    { analyzerName: 'x', type: 'ACCOUNT', archiveRules: [{ ruleName: '1', filter: {} }, { filter: {} }] },
    ['archiveRules.1.member.ruleName', 'archiveRules.2.member.ruleName'],
  ],
  ['POST /finding', {}, ['analyzerArn']],
  ['POST /finding', { analyzerArn: 'not-an-arn' }, ['analyzerArn']],
  ['POST /finding', { analyzerArn: EXTERNAL, maxResults: 0 }, ['maxResults']],
  ['POST /finding', { analyzerArn: EXTERNAL, maxResults: '10' }, ['maxResults']],
  ['POST /finding', { analyzerArn: EXTERNAL, sort: { orderBy: 'UP' } }, ['sort.orderBy']],
  [
    'POST /findingv2',
    { analyzerArn: EXTERNAL, filter: { status: { eq: 'ACTIVE' } } },
    ['filter.status.member.eq'],
  ],
  ['POST /findingv2', { analyzerArn: EXTERNAL, filter: [] }, ['filter']],
  ['POST /findingv2', { analyzerArn: EXTERNAL, filter: { colour: { eq: ['red'] } } }, ['filter.colour']],
  ['GET /finding/x', undefined, ['analyzerArn']],
  ['PUT /finding', { analyzerArn: EXTERNAL, status: 'RESOLVED', ids: ['x'] }, ['status']],
  ['PUT /finding', { analyzerArn: EXTERNAL, ids: ['x'] }, ['status']],
  ['PUT /analyzer/external/archive-rule', { ruleName: '_x', filter: {} }, ['ruleName']],
  ['PUT /analyzer/external/archive-rule', { ruleName: 'x' }, ['filter']],
  ['PUT /archive-rule', { analyzerArn: EXTERNAL }, ['ruleName']],
  ['POST /resource/scan', { analyzerArn: EXTERNAL, resourceArn: 'bucket' }, ['resourceArn']],
  [`GET /analyzed-resource?analyzerArn=${ARN}`, undefined, ['resourceArn']],
  [
    'POST /analyzed-resource',
    { analyzerArn: EXTERNAL, resourceType: 'AWS::EC2::Instance' },
    ['resourceType'],
  ],
  [`GET /recommendation/x?analyzerArn=${ARN}&maxResults=1001`, undefined, ['maxResults']],
  ['DELETE /tags/x', undefined, ['tagKeys']],
  ['POST /tags/x', {}, ['tags']],
];

test('Members that do not satisfy the API model are named', async (t) => {
  await withEmulator({}, async (emulator) => {
    for (const [request, body, fields] of INVALID) {
      await t.test(`${request} ${JSON.stringify(body)?.slice(0, 80) ?? ''}`, async () => {
        const answer = await send(
          emulator,
          request,
          body === undefined ? {} : { body: JSON.stringify(body) },
        );
        assert.equal(answer.status, 400);
        assert.equal(answer.type, 'ValidationException');
        assert.equal(answer.body['reason'], 'fieldValidationFailed');
        const fieldList = answer.body['fieldList'] as { name: string; message: string }[];
        assert.deepEqual(
          fieldList.map(({ name }) => name),
          fields,
        );
        assert.ok(fieldList.every(({ message }) => message.length > 0));
      });
    }
  });
});

test('A body that is not a JSON object cannot be parsed', () =>
  withEmulator({}, async (emulator) => {
    for (const body of ['{', '[]', '"text"', 'null']) {
      const answer = await send(emulator, 'POST /finding', { body });
      assert.deepEqual([answer.status, answer.body['reason']], [400, 'cannotParse'], body);
    }
  }));

test('Unknown operations are a 404 of their own', () =>
  withEmulator({}, async (emulator) => {
    for (const request of [
      'GET /',
      'PATCH /analyzer',
      'GET /finding',
      'GET /analyzer/',
      'POST /policy/poetry',
    ]) {
      const { status, type } = await send(emulator, request);
      assert.deepEqual([status, type], [404, 'UnknownOperationException'], request);
    }
  }));

test('A request must be signed, by somebody for this service', () =>
  withEmulator({}, async (emulator) => {
    const unsigned = await send(emulator, 'GET /analyzer', { authorization: '' });
    assert.deepEqual([unsigned.status, unsigned.type], [403, 'MissingAuthenticationTokenException']);
    for (const authorization of [
      'Basic YTpi',
      AUTHORIZATION.replace(/, Signature.*/, ''),
      'AWS4-HMAC-SHA256 x',
    ]) {
      const { status, type } = await send(emulator, 'GET /analyzer', { authorization });
      assert.deepEqual([status, type], [403, 'IncompleteSignatureException'], authorization);
    }
    const other = await send(emulator, 'GET /analyzer', {
      authorization: AUTHORIZATION.replace('access-analyzer', 's3'),
    });
    assert.equal(other.status, 404);
  }));

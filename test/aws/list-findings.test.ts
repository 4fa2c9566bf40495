/** Listing against a service that has its own mind about pages. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { AwsGateway } from '../../src/aws/gateway.ts';
import { collect, HERE, openGateway, problemOf } from './gateway-harness.ts';

interface Asked {
  readonly filter?: unknown;
  readonly maxResults: number;
  readonly nextToken?: string;
}
type Answer = readonly [status: number, body: unknown];

async function withService(
  answer: (asked: Asked) => Answer,
  use: (gateway: AwsGateway, log: readonly Asked[]) => Promise<void>,
) {
  const log: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const asked = JSON.parse(body) as Asked;
      log.push(asked);
      const [status, content] = answer(asked);
      const type = status === 400 ? { 'x-amzn-errortype': 'ValidationException' } : {};
      response.writeHead(status, { 'content-type': 'application/json', ...type });
      response.end(typeof content === 'string' ? content : JSON.stringify(content));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const gateway = openGateway({
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'AKIATEST',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_CONFIG_FILE: '/nowhere',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
      AWS_MAX_ATTEMPTS: '1',
    },
  });
  try {
    await use(gateway, log);
  } finally {
    gateway.close();
    server.closeAllConnections();
    server.close();
  }
}

const ANALYZER = {
  arn: 'arn:aws:access-analyzer:us-east-1:111122223333:analyzer/a',
  type: 'ACCOUNT_UNUSED_ACCESS',
} as const;
const row = (id: string) => ({
  id,
  status: 'ACTIVE',
  findingType: 'UnusedIAMRole',
  updatedAt: '2026-01-01T00:00:00Z',
});
const list = async (gateway: AwsGateway, pageSize?: number) =>
  (
    await collect(gateway.at(HERE).listFindings(ANALYZER, pageSize === undefined ? {} : { pageSize }))
  ).flatMap(({ findings }) => findings.map(({ id }) => id));

test('A page size that is refused falls back, once for the Region', async () => {
  const answer = ({ maxResults }: Asked): Answer =>
    maxResults > 100
      ? [
          400,
          {
            message: 'bad',
            reason: 'fieldValidationFailed',
            fieldList: [{ name: 'maxResults', message: 'too large' }],
          },
        ]
      : [200, { findings: [row('a')] }];
  await withService(answer, async (gateway, log) => {
    assert.deepEqual(await list(gateway), ['a']);
    assert.deepEqual(await list(gateway), ['a']);
    assert.deepEqual(await list(gateway, 50), ['a']);
    assert.deepEqual(
      log.map(({ maxResults }) => maxResults),
      [1000, 100, 100, 50],
    );
  });
});

test('Findings of an external analyzer are not asked for by their type: they have but one', async () => {
  await withService(
    () => [200, { findings: [] }],
    async (gateway, log) => {
      const filter = { findingType: { eq: ['ExternalAccess'] }, status: { eq: ['ACTIVE'] } };
      await collect(gateway.at(HERE).listFindings({ ...ANALYZER, type: 'ACCOUNT' }, { filter }));
      assert.deepEqual(log[0]?.filter, { status: { eq: ['ACTIVE'] } });
    },
  );
});

test('Another refusal is told, not tried again', async () => {
  await withService(
    () => [400, { message: 'bad filter', reason: 'other' }],
    async (gateway, log) => {
      assert.equal((await problemOf(list(gateway))).kind, 'invalid');
      assert.equal(log.length, 1);
    },
  );
});

test('An empty page goes on, an empty token ends', async () => {
  const answers: Record<string, Answer> = {
    '': [200, { findings: [], nextToken: 'one' }],
    one: [200, { findings: [row('a')], nextToken: 'two' }],
    two: [200, { findings: [row('b')], nextToken: '' }],
  };
  await withService(
    ({ nextToken }) => answers[nextToken ?? ''] ?? [500, {}],
    async (gateway, log) => {
      assert.deepEqual(await list(gateway), ['a', 'b']);
      assert.equal(log.length, 3);
    },
  );
});

test('A token that does not move ends as a bad answer', async () => {
  await withService(
    () => [200, { findings: [row('a')], nextToken: 'same' }],
    async (gateway) => {
      const problem = await problemOf(list(gateway));
      assert.equal(problem.kind, 'bad-answer');
    },
  );
});

test('Rows that are none, and an answer without rows, are no crash', async () => {
  const rows = [null, 7, [row('x')], { ...row('a'), sources: [null], principal: [] }, row('b')];
  for (const [body, ids] of [
    [{ findings: rows }, ['a', 'b']],
    [{}, []],
    [{ findings: null }, []],
  ] as const) {
    await withService(
      () => [200, body],
      async (gateway) => assert.deepEqual(await list(gateway), ids),
    );
  }
});

test('Types of a later day are left out and the gateway says so, once and clean', async () => {
  const later = { ...row('a'), findingType: 'Later\u001b[31m' };
  await withService(
    () => [200, { findings: [later, later, row('b')] }],
    async (gateway) => {
      assert.deepEqual(await list(gateway), ['b']);
      assert.equal(gateway.oddities.length, 1);
      assert.match(gateway.oddities[0] ?? '', /^Left out a finding of the unknown type Later[^\u001b]*\.$/);
    },
  );
});

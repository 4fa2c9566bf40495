import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { Fault } from '../../src/emulator/wire/fault.ts';
import type { ProblemKind } from '../../src/domain/problem.ts';
import { toAwsProblem } from '../../src/aws/problems.ts';
import { HERE, openGateway, problemOf, withGateway } from './gateway-harness.ts';

const CASES: readonly {
  readonly fault: Fault;
  readonly kind: ProblemKind;
  readonly says: RegExp;
  readonly hint?: RegExp;
}[] = [
  {
    fault: { kind: 'throttle' },
    kind: 'throttled',
    says: /throttling access-analyzer:ListAnalyzers in us-east-1/,
  },
  { fault: { kind: 'error500' }, kind: 'service', says: /failure of its own .* 500/ },
  {
    fault: { kind: 'drop' },
    kind: 'unreachable',
    says: /127\.0\.0\.1.*dropped the connection/,
    hint: /AWS_ENDPOINT_URL/,
  },
  { fault: { kind: 'truncate' }, kind: 'unreachable', says: /dropped the connection/ },
  {
    fault: { kind: 'html', status: 200 },
    kind: 'bad-answer',
    says: /not Access Analyzer's/,
    hint: /proxy or a login page/,
  },
  { fault: { kind: 'html', status: 403 }, kind: 'bad-answer', says: /not Access Analyzer's/ },
  { fault: { kind: 'html', status: 502 }, kind: 'bad-answer', says: /not Access Analyzer's/ },
  {
    fault: { kind: 'denied' },
    kind: 'denied',
    says: /may not access-analyzer:ListAnalyzers/,
    hint: /iam-triage permissions/,
  },
  {
    fault: { kind: 'expired' },
    kind: 'expired-credentials',
    says: /login of the profile default has expired/,
    hint: /aws sso login/,
  },
];

for (const { fault, kind, says, hint } of CASES) {
  test(`${fault.kind}${fault.status ?? ''} becomes ${kind}, with the service's words in the detail`, async () => {
    await withGateway(async (gateway, emulator) => {
      emulator.faults.add({ ...fault, operation: 'ListAnalyzers' });
      const problem = await problemOf(gateway.at(HERE).listAnalyzers());
      assert.equal(problem.kind, kind);
      assert.match(problem.message, says);
      assert.match(problem.message, /\.$/);
      assert.ok((problem.detail ?? '').length > 0);
      if (hint !== undefined) assert.match(problem.hint ?? '', hint);
    });
  });
}

test('An endpoint that hangs ends in a timeout after one attempt', async () => {
  await withGateway(
    async (gateway, emulator) => {
      emulator.faults.add({ kind: 'slow', operation: 'ListAnalyzers', ms: 30_000 });
      const problem = await problemOf(gateway.at(HERE).listAnalyzers());
      assert.equal(problem.kind, 'timeout');
      assert.equal(gateway.requests, 1);
    },
    { gateway: { timeouts: { connect: 100, request: 100 } }, env: { AWS_MAX_ATTEMPTS: '4' } },
  );
});

async function withServer(listener: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const envFor = (url: string) => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: 'AKIATEST',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_CONFIG_FILE: '/nowhere',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  AWS_MAX_ATTEMPTS: '1',
});

test('An endpoint that refuses connections is named', async () => {
  let url = '';
  await withServer(
    () => {},
    async (free) => {
      url = free;
    },
  );
  const gateway = openGateway({ env: envFor(url) });
  const problem = await problemOf(gateway.at(HERE).listAnalyzers());
  assert.equal(problem.kind, 'unreachable');
  assert.ok(problem.message.includes(url));
  assert.match(problem.message, /refuses connections/);
});

test('A body that stops in the middle ends in a timeout', async () => {
  await withServer(
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"analyzers":[');
    },
    async (url) => {
      const gateway = openGateway({ env: envFor(url), timeouts: { connect: 100, request: 100 } });
      assert.equal((await problemOf(gateway.at(HERE).listAnalyzers())).kind, 'timeout');
    },
  );
});

const answering =
  (status: number, name: string, body: object): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': name });
    response.end(JSON.stringify(body));
  };

const ANSWERS: readonly (readonly [number, string, object, ProblemKind, RegExp])[] = [
  [
    402,
    'ServiceQuotaExceededException',
    { message: 'too many', resourceId: 'a', resourceType: 'b' },
    'quota',
    /quota/,
  ],
  [
    404,
    'ResourceNotFoundException',
    { message: 'gone', resourceId: 'a', resourceType: 'b' },
    'not-found',
    /does not exist \(gone\)/,
  ],
  [
    409,
    'ConflictException',
    { message: 'twice', resourceId: 'a', resourceType: 'b' },
    'conflict',
    /conflict/,
  ],
  [
    403,
    'RegionDisabledException',
    { message: 'STS is not activated in this region' },
    'region-not-enabled',
    /not enabled/,
  ],
  [
    400,
    'ValidationException',
    {
      message: 'bad filter',
      reason: 'fieldValidationFailed',
      fieldList: [{ name: 'filter.colour', message: 'unknown key' }],
    },
    'invalid',
    /bad filter; filter\.colour: unknown key/,
  ],
  [429, 'TooManyRequestsException', { message: 'slow down' }, 'throttled', /throttling/],
  [
    403,
    'SignatureDoesNotMatch',
    { message: 'The request signature …' },
    'no-credentials',
    /secret key is wrong/,
  ],
  [403, 'RequestTimeTooSkewed', { message: 'too skewed' }, 'no-credentials', /clock/],
  [404, 'Unknown', {}, 'bad-answer', /not Access Analyzer's/],
  [
    400,
    'SomethingNewException',
    { message: 'new \u001b[31mred' },
    'invalid',
    /invalid \(new [^\u001b]*red\)/,
  ],
  [503, 'ServiceUnavailable', { message: 'busy' }, 'service', /503/],
];

for (const [status, name, body, kind, says] of ANSWERS) {
  test(`${name} (${status}) becomes ${kind}`, async () => {
    await withServer(answering(status, name, body), async (url) => {
      const problem = await problemOf(
        openGateway({ env: envFor(url) })
          .at(HERE)
          .listAnalyzers(),
      );
      assert.equal(problem.kind, kind);
      assert.match(problem.message, says);
      assert.doesNotMatch(`${problem.message}${problem.detail}`, /\u001b/);
    });
  });
}

test('A Region that is off is told from keys that are wrong by asking STS', async () => {
  await withGateway(async (gateway) => {
    const off = await problemOf(gateway.at({ profile: 'default', region: 'ap-east-2' }).listAnalyzers());
    assert.equal(off.kind, 'region-not-enabled');
    assert.match(off.message, /ap-east-2 is not enabled/);
  });
  await withServer(
    answering(403, 'UnrecognizedClientException', { message: 'invalid token' }),
    async (url) => {
      const wrong = await problemOf(
        openGateway({ env: envFor(url) })
          .at(HERE)
          .listAnalyzers(),
      );
      assert.equal(wrong.kind, 'no-credentials');
    },
  );
});

test('The action and the policy that denies it are read from the sentence of the service', async () => {
  await withGateway(async (gateway) => {
    const { message } = await problemOf(
      gateway.at({ profile: 'default', region: 'eu-north-1' }).listAnalyzers(),
    );
    assert.equal(
      message,
      'The profile default may not access-analyzer:ListAnalyzers in eu-north-1: a service control policy denies it.',
    );
  });
});

test('what is asked for is the permission that IAM knows', () => {
  const denied = Object.assign(new Error('Access denied'), {
    name: 'AccessDeniedException',
    $fault: 'client',
    $metadata: { httpStatusCode: 403 },
  });
  const context = { profile: 'p', region: 'us-east-1', endpoint: undefined, usesSso: false };
  const problem = toAwsProblem(denied, { ...context, iamAction: 'access-analyzer:ListFindingsV2' });
  assert.equal(problem.kind, 'denied');
  assert.match(problem.hint ?? '', /^Ask for access-analyzer:ListFindings;/);
});

test('a command that signs in again names a profile of two words as one', () => {
  const expired = Object.assign(new Error('expired'), { name: 'ExpiredTokenException' });
  const context = { profile: 'two words', region: 'us-east-1', endpoint: undefined, usesSso: true };
  const { hint } = toAwsProblem(expired, { ...context, iamAction: 'access-analyzer:ListAnalyzers' });
  assert.equal(hint, "aws sso login --profile 'two words'");
});

test('A retry that succeeds is counted and not told', async () => {
  await withGateway(
    async (gateway, emulator) => {
      emulator.faults.add({ kind: 'error500', operation: 'ListAnalyzers', times: 1 });
      assert.equal((await gateway.at(HERE).listAnalyzers()).length, 4);
      assert.equal(gateway.requests, 2);
    },
    { env: { AWS_MAX_ATTEMPTS: '3' } },
  );
});

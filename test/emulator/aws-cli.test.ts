/** An independent client: the AWS CLI where the machine has it, otherwise requests built by hand as it builds them. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { Emulator } from '../../src/emulator/server.ts';
import { environmentFor, withEmulator } from './harness.ts';
import { EXTERNAL, HOME, UNUSED } from './small-world.ts';

const run = promisify(execFile);

type Json = Record<string, unknown>;

/** One call: the words for the CLI, and the request that they stand for. */
interface Call {
  readonly words: readonly string[];
  readonly service: string;
  readonly request: string;
  readonly body?: string;
}

const hasCli = await run('aws', ['--version']).then(
  () => true,
  () => false,
);

async function askCli(emulator: Emulator, { words }: Call): Promise<string> {
  const options = ['--endpoint-url', emulator.url, '--output', 'json', '--no-cli-pager'];
  const supported = (await run('aws', ['--version'])).stdout.startsWith('aws-cli/1')
    ? options.slice(0, 4)
    : options;
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...environmentFor(emulator) };
  return (await run('aws', [...words, ...supported], { env })).stdout;
}

async function askByHand(emulator: Emulator, { service, request, body }: Call): Promise<string> {
  const [method = '', path = ''] = request.split(' ');
  const scope = `AKIAEMULATORTEST0000/20260301/us-east-1/${service}/aws4_request`;
  const response = await fetch(emulator.url + path, {
    method,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
    },
    ...(body === undefined ? {} : { body }),
  });
  return response.text();
}

const ask = hasCli ? askCli : askByHand;

test(`The ${hasCli ? 'AWS CLI' : 'request by hand'} gets right answers`, () =>
  withEmulator({}, async (emulator) => {
    const analyzers = JSON.parse(
      await ask(emulator, {
        words: ['accessanalyzer', 'list-analyzers', '--type', 'ACCOUNT'],
        service: 'access-analyzer',
        request: 'GET /analyzer?type=ACCOUNT',
      }),
    ) as { analyzers: Json[] };
    assert.deepEqual(
      analyzers.analyzers.map(({ arn }) => arn),
      [EXTERNAL],
    );
    const filter = { findingType: { eq: ['UnusedIAMUserPassword'] } };
    const findings = JSON.parse(
      await ask(emulator, {
        words: [
          'accessanalyzer',
          'list-findings-v2',
          '--analyzer-arn',
          UNUSED,
          '--filter',
          JSON.stringify(filter),
        ],
        service: 'access-analyzer',
        request: 'POST /findingv2',
        body: JSON.stringify({ analyzerArn: UNUSED, filter }),
      }),
    ) as { findings: Json[] };
    assert.deepEqual(
      findings.findings.map(({ resource, status }) => [resource, status]),
      [[`arn:aws:iam::${HOME}:user/human`, 'ACTIVE']],
    );
    const identity = await ask(emulator, {
      words: ['sts', 'get-caller-identity'],
      service: 'sts',
      request: 'POST /',
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
    assert.match(identity, new RegExp(`arn:aws:iam::${HOME}:user/iam-triage`));
    const role = await ask(emulator, {
      words: ['iam', 'get-role', '--role-name', 'app'],
      service: 'iam',
      request: 'POST /',
      body: 'Action=GetRole&RoleName=app&Version=2010-05-08',
    });
    assert.match(role, new RegExp(`arn:aws:iam::${HOME}:role/app`));
  }));

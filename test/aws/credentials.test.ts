import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createGateway } from '../../src/aws/gateway.ts';
import { HERE, openGateway, problemOf } from './gateway-harness.ts';

/** STS and Access Analyzer in one: notes what was signed with and asked for. */
const seen: { key: string | undefined; body: string }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    seen.push({ key: /Credential=(\w+)/.exec(request.headers.authorization ?? '')?.[1], body });
    if (body.includes('Action=AssumeRole')) {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(`<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
        <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>
        <Credentials><AccessKeyId>ASIAASSUMED</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
        <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`);
    } else {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"analyzers":[]}');
    }
  });
});
const folder = mkdtempSync(join(tmpdir(), 'iam-triage-'));
const kept = { ...process.env };
let env: Record<string, string> = {};

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const configPath = join(folder, 'config');
  const keysPath = join(folder, 'credentials');
  writeFileSync(
    configPath,
    `[profile base]\nregion = us-east-1\n[profile guarded]\nregion = us-east-1\nrole_arn = arn:aws:iam::123456789012:role/r
source_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n[profile empty]\nregion = us-east-1
[profile sso]\nregion = us-east-1\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = r
[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.example/start\nsso_registration_scopes = sso:account:access\n`,
  );
  writeFileSync(keysPath, '[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n');
  env = {
    AWS_ENDPOINT_URL: url,
    AWS_CONFIG_FILE: configPath,
    AWS_SHARED_CREDENTIALS_FILE: keysPath,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    HOME: folder,
  };
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, env);
});

after(() => {
  process.env = kept;
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  server.close();
});

const keysOf = () => seen.splice(0).map(({ key }) => key);

test('Keys in the environment are used where no profile is named', async () => {
  const gateway = openGateway({ env: { ...env, AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 's' } });
  await gateway.at(HERE).listAnalyzers();
  assert.deepEqual(keysOf(), ['AKIAENV']);
});

test('A named profile goes before keys in the environment', async () => {
  const gateway = openGateway({
    profiles: ['base'],
    env: { ...env, AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 's' },
  });
  await gateway.at({ profile: 'base', region: 'us-east-1' }).listAnalyzers();
  assert.deepEqual(keysOf(), ['AKIABASE']);
});

test('A role with MFA asks for the code once, for all Regions at once', async () => {
  const asked: string[] = [];
  const mfaPrompt = async (serial: string) => {
    asked.push(serial);
    return '123456';
  };
  const gateway = openGateway({ profiles: ['guarded'], env, mfaPrompt });
  const regions = ['us-east-1', 'eu-west-1', 'sa-east-1'];
  await Promise.all(regions.map((region) => gateway.at({ profile: 'guarded', region }).listAnalyzers()));
  assert.deepEqual(asked, ['arn:aws:iam::123456789012:mfa/me']);
  const [assume, ...lists] = seen.splice(0);
  assert.equal(assume?.key, 'AKIABASE');
  assert.match(assume?.body ?? '', /TokenCode=123456/);
  assert.deepEqual(
    lists.map(({ key }) => key),
    ['ASIAASSUMED', 'ASIAASSUMED', 'ASIAASSUMED'],
  );
});

test('Without anybody to ask, MFA is a problem of its own', async () => {
  const gateway = openGateway({ profiles: ['guarded'], env });
  const problem = await problemOf(gateway.at({ profile: 'guarded', region: 'us-east-1' }).listAnalyzers());
  assert.equal(problem.kind, 'mfa-required');
});

test('A profile without credentials says how to get some, and that the demo needs none', async () => {
  const gateway = openGateway({ profiles: ['empty'], env });
  const problem = await problemOf(gateway.at({ profile: 'empty', region: 'us-east-1' }).listAnalyzers());
  assert.equal(problem.kind, 'no-credentials');
  assert.match(problem.hint ?? '', /aws configure.*--demo/);
  assert.equal(gateway.requests, 0);
});

test('An SSO login that is not there names the command that makes one', async () => {
  const gateway = openGateway({ profiles: ['sso'], env });
  const problem = await problemOf(gateway.at({ profile: 'sso', region: 'us-east-1' }).listAnalyzers());
  assert.equal(problem.kind, 'expired-credentials');
  assert.equal(problem.hint, 'aws sso login --profile sso');
});

test('Certificates that cannot be read are a problem before anything is sent', () => {
  const made = createGateway({
    profiles: [],
    regions: undefined,
    env: { ...env, AWS_CA_BUNDLE: join(folder, 'none.pem') },
  });
  assert.ok(!made.ok);
  assert.match(made.problem.message, /AWS_CA_BUNDLE/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveProfiles, type Profile } from '../../src/aws/profile.ts';
import { toSharedConfig, type Environment } from '../../src/aws/shared-config.ts';

const CONFIG = `
# a comment
[default]
region = eu-central-1

[profile prod]
region = us-east-1   ; where the work is
sso_session = corp
services = local

[profile "two words"]
region = cn-north-1
[profile admin]
role_arn = arn:aws:iam::123456789012:role/admin
source_profile = prod
endpoint_url = http://127.0.0.1:4000
[profile loop]
source_profile = loop
[sso-session corp]
sso_start_url = https://corp.example
[services local]
accessanalyzer =
  endpoint_url = http://127.0.0.1:5000
sts =
  endpoint_url = http://127.0.0.1:6000
`;
const CREDENTIALS = `[keys]\naws_access_key_id = AKIA\naws_secret_access_key = hidden\n`;
const config = toSharedConfig(CONFIG, CREDENTIALS);

function resolve(
  profiles: readonly string[],
  env: Environment = {},
  regions?: readonly string[],
): readonly Profile[] {
  const resolved = resolveProfiles({ profiles, regions }, config, env);
  assert.ok(resolved.ok, JSON.stringify(resolved));
  return resolved.value;
}

function one(name: string | undefined, env: Environment = {}, regions?: readonly string[]): Profile {
  const [profile] = resolve(name === undefined ? [] : [name], env, regions);
  assert.ok(profile);
  return profile;
}

test('Profiles of both files are known, their secrets are not kept', () => {
  assert.deepEqual([...config.profiles.keys()], ['default', 'prod', 'two words', 'admin', 'loop', 'keys']);
  assert.doesNotMatch(JSON.stringify([...config.profiles]), /hidden/);
});

test('No Region named: every Region of the partition of the own Region', () => {
  assert.equal(one(undefined).regions.length, 34);
  assert.deepEqual(one('two words').regions, ['cn-north-1', 'cn-northwest-1']);
  assert.deepEqual(one('prod', { AWS_REGION: 'us-gov-west-1' }).regions, ['us-gov-east-1', 'us-gov-west-1']);
  assert.deepEqual(one('prod', {}, ['eu-west-1', 'eu-west-1']).regions, ['eu-west-1']);
});

test('A Region that is younger than the table can be named, a partition that is unknown is asked in its own Region', () => {
  assert.deepEqual(one('prod', {}, ['sa-west-1']).regions, ['sa-west-1']);
  assert.deepEqual(one('prod', { AWS_REGION: 'us-iso-east-1' }).regions, ['us-iso-east-1']);
  const own = one('prod', { AWS_REGION: 'sa-west-1' }).regions;
  assert.deepEqual([own.length, own.at(-1)], [35, 'sa-west-1']);
});

test('The own Region: AWS_REGION, AWS_DEFAULT_REGION, the profile, one that is always on', () => {
  assert.equal(
    one('prod', { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }).homeRegion,
    'eu-west-1',
  );
  assert.equal(one('prod', { AWS_DEFAULT_REGION: 'eu-west-2' }).homeRegion, 'eu-west-2');
  assert.equal(one('prod').homeRegion, 'us-east-1');
  assert.equal(one('keys').homeRegion, 'us-east-1');
  assert.equal(one('keys', {}, ['cn-north-1']).homeRegion, 'cn-north-1');
});

test('AWS_PROFILE names the profile where the command line does not', () => {
  assert.equal(one(undefined, { AWS_PROFILE: 'prod' }).name, 'prod');
  assert.equal(one('admin', { AWS_PROFILE: 'prod' }).name, 'admin');
  assert.deepEqual([one(undefined).name, one(undefined).named], ['default', false]);
});

test('Endpoints: the service’s variable, the general one, the services section, the profile', () => {
  const both = {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_ACCESSANALYZER: 'http://127.0.0.1:2',
  };
  assert.equal(one('prod', both).endpoints.accessanalyzer, 'http://127.0.0.1:2');
  assert.equal(one('prod', both).endpoints.iam, 'http://127.0.0.1:1');
  assert.equal(one('prod').endpoints.accessanalyzer, 'http://127.0.0.1:5000');
  assert.equal(one('prod').endpoints.sts, 'http://127.0.0.1:6000');
  assert.equal(one('prod').endpoints.iam, undefined);
  assert.equal(one('admin').endpoints.iam, 'http://127.0.0.1:4000');
  assert.equal(
    one('admin', { ...both, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }).endpoints.iam,
    undefined,
  );
});

test('A profile uses SSO directly or through its source, and a circle ends', () => {
  assert.deepEqual(
    ['prod', 'admin', 'keys', 'loop'].map((name) => one(name).usesSso),
    [true, true, false, false],
  );
});

const WRONG: readonly (readonly [
  string,
  Parameters<typeof resolveProfiles>[0],
  Environment,
  RegExp,
  RegExp,
])[] = [
  [
    'an unknown profile',
    { profiles: ['prdo'], regions: undefined },
    {},
    /no profile "prdo"/,
    /Did you mean prod\?.*Configured: default, prod/,
  ],
  [
    'an unknown AWS_PROFILE',
    { profiles: [], regions: undefined },
    { AWS_PROFILE: 'zzz' },
    /no profile "zzz"/,
    /^Configured/,
  ],
  ['an unknown Region', { profiles: [], regions: ['eu-wset-1'] }, {}, /no Region "eu-wset-1"/, /eu-west-1\?/],
  ['an unlike Region', { profiles: [], regions: ['moon'] }, {}, /no Region "moon"/, /eu-central-1/],
  [
    'an endpoint that is none',
    { profiles: [], regions: undefined },
    { AWS_ENDPOINT_URL: 'localhost:80' },
    /AWS_ENDPOINT_URL is not/,
    /http:/,
  ],
];

for (const [name, asked, env, message, hint] of WRONG) {
  test(`Wrong: ${name}`, () => {
    const resolved = resolveProfiles(asked, config, env);
    assert.ok(!resolved.ok);
    assert.match(resolved.problem.message, message);
    assert.match(resolved.problem.hint ?? '', hint);
  });
}

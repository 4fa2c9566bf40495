import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import './fixed-seed.ts';
import { awsCommand, shellQuote } from '../../src/domain/command-line.ts';

test('only what needs quotes has them', () => {
  assert.equal(shellQuote('arn:aws:s3:::photos'), 'arn:aws:s3:::photos');
  assert.equal(shellQuote(''), "''");
  assert.equal(shellQuote('a b'), "'a b'");
  assert.equal(shellQuote("o'neil"), "'o'\\''neil'");
  assert.equal(shellQuote('$(rm x)'), "'$(rm x)'");
});

test('a shell reads back every argument', () => {
  const args = fc.sample(
    fc.string({
      unit: fc.constantFrom(...`ab1 '"\\$\`!*?~#&|;<>(){}[]\n\t\u001b\u0007é漢😀\u202e\u{e0041}`),
      maxLength: 12,
    }),
    { numRuns: 300, seed: 7 },
  );
  const script = `printf '%s\\0' ${args.map(shellQuote).join(' ')}`;
  const { stdout } = spawnSync('bash', ['-c', script], { encoding: 'utf8', env: { LC_ALL: 'C.UTF-8' } });
  assert.deepEqual(stdout.split('\0').slice(0, -1), args);
});

test('what is quoted can be shown', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (arg) => {
      assert.doesNotMatch(shellQuote(arg), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('an aws command names its Region, and the profile unless it is the default', () => {
  const words = ['accessanalyzer', 'get-finding-v2', '--id', 'a b'];
  assert.equal(
    awsCommand(words, { region: 'us-east-1', profile: 'prod' }),
    "aws accessanalyzer get-finding-v2 --id 'a b' --region us-east-1 --profile prod",
  );
  assert.equal(
    awsCommand(['sts'], { region: 'us-east-1', profile: 'default' }),
    'aws sts --region us-east-1',
  );
  assert.equal(awsCommand(['sts'], { region: 'us-east-1' }), 'aws sts --region us-east-1');
});

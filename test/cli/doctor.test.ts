import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Check } from '../../src/services/checkup.ts';
import { withProgram, withProgramAndEmulator } from './program.ts';

describe('doctor', () => {
  it('names what works and what does not', async () => {
    await withProgramAndEmulator({ world: 'demo' }, async (program) => {
      const ended = await program.run(
        'doctor',
        '--json',
        '--region',
        'us-west-2',
        '--region',
        'eu-south-1',
        '--region',
        'us-east-2',
      );
      assert.equal(ended.code, 3, ended.stderr);
      const checks = JSON.parse(ended.stdout) as Check[];
      assert.deepEqual(
        checks.map(({ name, state }) => [name, state]),
        [
          ['program', 'ok'],
          ['settings', 'ok'],
          ['themes', 'ok'],
          ['store', 'ok'],
          ['default', 'ok'],
          ['default us-west-2', 'ok'],
          ['default eu-south-1', 'problem'],
          ['default us-east-2', 'note'],
        ],
      );
      assert.match(checks[3]?.text ?? '', /mode 600/);
    });
  });
});

describe('doctor of settings', () => {
  it('names a theme that is not there, and keys that cannot be', async () => {
    await withProgram({}, async (program) => {
      const folder = join(program.home, 'state');
      mkdirSync(folder, { recursive: true });
      const keys = { archive: 'x', scan: 'x', nothing: 'y' };
      writeFileSync(join(folder, 'settings.json'), JSON.stringify({ theme: 'zzz', keys }));
      const { stdout } = await program.run('doctor', '--json', '--offline');
      const checks = JSON.parse(stdout) as Check[];
      const problems = checks
        .filter(({ state }) => state === 'problem')
        .map(({ name, text }) => `${name}: ${text}`);
      assert.match(problems.join('\n'), /themes: There is no theme "zzz"/);
      assert.match(problems.join('\n'), /settings: .*no command "nothing"/);
      assert.match(problems.join('\n'), /settings: .*"x"/);
    });
  });
});

describe('permissions', () => {
  it('are one policy a mode, each with all of the one before it', async () => {
    await withProgram({}, async (program) => {
      const actionsOf = async (mode: string): Promise<string[]> => {
        const { stdout } = await program.run('permissions', mode);
        const { Statement } = JSON.parse(stdout) as { Statement: { Action: string[] }[] };
        return Statement.flatMap(({ Action }) => Action);
      };
      const [read, resolve] = await Promise.all([actionsOf('read'), actionsOf('resolve')]);
      assert.ok(read.every((action) => /^access-analyzer:(List|Get)/.test(action)));
      assert.ok(read.every((action) => resolve.includes(action)));
      assert.ok(resolve.every((action) => /^[a-z-]+:[A-Z][A-Za-z]+$/.test(action)));
      const wrong = await program.run('permissions', 'red');
      assert.equal(wrong.code, 2);
      assert.match(wrong.stderr, /did you mean "read"/);
    });
  });
});

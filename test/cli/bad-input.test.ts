/** What goes wrong before, beside and behind AWS: one clear sentence, the right exit code, nothing lost. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DatabaseSync } from 'node:sqlite';
import { BIN, withProgram, withProgramAndEmulator, type Program } from './program.ts';

const storeOf = (program: Program): string => join(program.home, 'state', 'store.sqlite');

describe('output that nobody takes', () => {
  const codeOf = async (child: ChildProcess): Promise<unknown> =>
    ((await once(child, 'close')) as [unknown])[0];

  it('is no crash: a full disk is said', { skip: !existsSync('/dev/full') }, async () => {
    await withProgram({}, async ({ env }) => {
      const full = openSync('/dev/full', 'w');
      const child = spawn(process.execPath, [BIN, 'themes'], { env, stdio: ['ignore', full, 'pipe'] });
      closeSync(full);
      const [code, stderr] = await Promise.all([codeOf(child), child.stderr?.toArray()]);
      assert.equal(code, 1);
      assert.match(
        Buffer.concat((stderr ?? []) as Buffer[]).toString(),
        /^iam-triage: The output could not be written/,
      );
    });
  });

  it('is no crash where it is only what is told on the way', async () => {
    await withProgram({}, async ({ env }) => {
      const child = spawn(process.execPath, [BIN, 'undo', 'last'], {
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child.stderr.destroy();
      assert.equal(await codeOf(child), 2);
    });
  });
});

describe('wrong words', () => {
  it('are answered with the nearest right one, on stderr, with exit code 2', async () => {
    await withProgram({}, async (program) => {
      const cases: readonly (readonly [readonly string[], RegExp])[] = [
        [['lsit'], /did you mean "list"/],
        [['list', '--formt', 'json'], /did you mean "--format"/],
        [['list', '--format', 'jsn'], /did you mean "json"/],
        [['list', 'stauts:active'], /\^{6}[\s\S]*"?status/],
        [['sync', '--region', 'us-esat-1'], /us-east-1/],
        [['undo', 'last'], /not the number of a journal entry/],
        [['emulator', '--port', 'http'], /must be a whole number/],
      ];
      for (const [args, message] of cases) {
        const ended = await program.run(...args);
        assert.equal(ended.code, 2, `${args.join(' ')}: ${ended.stderr}`);
        assert.match(ended.stderr, message);
        assert.equal(ended.stdout, '');
      }
    });
  });

  it('do not open a console where there is no terminal', async () => {
    await withProgram({}, async (program) => {
      const ended = await program.run();
      assert.equal(ended.code, 2);
      assert.match(ended.stderr, /needs a terminal/);
    });
  });

  it('help and version are no errors', async () => {
    await withProgram({}, async (program) => {
      assert.match((await program.run('--help')).stdout, /Usage: iam-triage/);
      assert.match((await program.run('list', '--help')).stdout, /Usage: iam-triage list \[FILTER\]/);
      assert.match((await program.run('--version')).stdout, /^\d+\.\d+\.\d+\n$/);
    });
  });
});

describe('credentials', () => {
  it('that are missing: how to get some, and that there is a demo', async () => {
    await withProgramAndEmulator({ world: 'demo' }, async (program) => {
      const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
      const ended = await program.runWith(none, 'sync', '--json');
      assert.equal(ended.code, 2);
      assert.match(ended.stderr, /credentials[\s\S]*--demo/i);
      assert.equal(ended.stdout, '');
    });
  });

  it('of a profile that does not exist: the nearest one', async () => {
    await withProgramAndEmulator({ world: 'demo' }, async (program) => {
      writeFileSync(join(program.home, 'aws-config'), '[profile production]\nregion = us-east-1\n');
      const ended = await program.run('sync', '--profile', 'productoin');
      assert.equal(ended.code, 2, ended.stderr);
      assert.match(ended.stderr, /production/);
    });
  });

  it('that have expired: said once, not for every Region', async () => {
    await withProgramAndEmulator({ world: 'demo' }, async (program, emulator) => {
      emulator.faults.add({ kind: 'expired' });
      const ended = await program.run('sync');
      assert.equal(ended.code, 2);
      assert.equal(ended.stderr.match(/expired/gi)?.length, 1, ended.stderr);
    });
  });
});

describe('an endpoint', () => {
  it('that refuses', async () => {
    await withProgram(
      {
        AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
        AWS_ACCESS_KEY_ID: 'AKIAEMULATORTEST0000',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_REGION: 'us-east-1',
      },
      async (program) => {
        const ended = await program.run('sync', '--region', 'us-east-1');
        assert.equal(ended.code, 1);
        assert.match(ended.stderr + ended.stdout, /127\.0\.0\.1:1/);
      },
    );
  });

  it('that answers with a web page, in one Region: the others are read all the same', async () => {
    await withProgramAndEmulator({ world: 'demo' }, async (program, emulator) => {
      emulator.faults.add({ kind: 'html', region: 'eu-west-1', service: 'access-analyzer' });
      const ended = await program.run('sync', '--region', 'eu-west-1', '--region', 'us-west-2', '--json');
      assert.equal(ended.code, 3, ended.stderr);
      const { regions } = JSON.parse(ended.stdout) as {
        regions: { region: string; status: string; error?: string }[];
      };
      assert.deepEqual(
        regions.map(({ region, status }) => [region, status]),
        [
          ['eu-west-1', 'failed'],
          ['us-west-2', 'ok'],
        ],
      );
      assert.ok(regions[0]?.error);
    });
  });
});

describe('the store', () => {
  const seeded = (use: (program: Program) => Promise<void>): Promise<void> =>
    withProgramAndEmulator({ world: 'demo' }, async (program) => {
      await program.run('sync', '--region', 'eu-west-1');
      await use(program);
    });

  it('that is a directory', async () => {
    await withProgram({}, async (program) => {
      mkdirSync(storeOf(program), { recursive: true });
      const ended = await program.run('list');
      assert.equal(ended.code, 1);
      assert.match(ended.stderr, /is a directory/);
    });
  });

  it('that is damaged is set aside and rebuilt', async () => {
    await seeded(async (program) => {
      writeFileSync(storeOf(program), 'this is no database at all, and it never was one');
      const ended = await program.run('list', '--format', 'json');
      assert.equal(ended.code, 0, ended.stderr);
      assert.match(ended.stderr, /set aside/i);
      assert.ok(readdirSync(join(program.home, 'state')).some((name) => name.includes('corrupt')));
    });
  });

  it('of a newer version is left alone', async () => {
    await seeded(async (program) => {
      const database = new DatabaseSync(storeOf(program));
      database.exec('PRAGMA user_version = 999');
      database.close();
      const before = readFileSync(storeOf(program));
      const ended = await program.run('list');
      assert.equal(ended.code, 1);
      assert.match(ended.stderr, /newer/i);
      assert.deepEqual(readFileSync(storeOf(program)).subarray(0, 100), before.subarray(0, 100));
    });
  });

  it('that somebody else is writing to can still be read', async () => {
    await seeded(async (program) => {
      const database = new DatabaseSync(storeOf(program));
      database.exec('BEGIN IMMEDIATE');
      try {
        const ended = await program.run('list', '--format', 'ndjson');
        assert.equal(ended.code, 0, ended.stderr);
        assert.ok(ended.stdout.length > 0);
      } finally {
        database.exec('ROLLBACK');
        database.close();
      }
    });
  });
});

describe('a settings file', () => {
  it('that is wrong is reported with the key and what is allowed, and stops nothing', async () => {
    await withProgramAndEmulator({ world: 'demo' }, async (program) => {
      mkdirSync(join(program.home, 'state'), { recursive: true });
      writeFileSync(join(program.home, 'state', 'settings.json'), '{"concurrency": 99}');
      const ended = await program.run('sync', '--region', 'eu-west-1');
      assert.equal(ended.code, 0, ended.stderr);
      assert.match(ended.stderr, /"concurrency" is 99, but it must be a number from 1 to 32/);
    });
  });
});

describe('the emulator command', () => {
  it('says which port it could not have', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    try {
      await withProgram({}, async (program) => {
        const ended = await program.run('emulator', '--port', String(port));
        assert.equal(ended.code, 1);
        assert.match(ended.stderr, new RegExp(`port ${port} \\(EADDRINUSE\\)`));
      });
    } finally {
      taken.close();
    }
  });
});

/** The whole program in a real terminal: what a person sees, and what is left of the terminal afterwards. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { environmentFor } from '../emulator/harness.ts';
import { startEmulator, type Emulator } from '../../src/emulator/server.ts';
import { BIN, withProgram, type Program } from '../cli/program.ts';
import { PtyDriver, type PtyOptions } from './driver.ts';

let emulator: Emulator;
let program: Program;
let finish: () => void;
let finished: Promise<void>;

before(async () => {
  emulator = await startEmulator({ world: 'demo', seed: 1 });
  await new Promise<void>((ready) => {
    finished = withProgram(environmentFor(emulator), async (given) => {
      program = given;
      const synced = await program.run('sync', '--region', 'us-east-1', '--region', 'eu-west-1');
      assert.equal(synced.code, 0, synced.stderr);
      ready();
      await new Promise<void>((resolve) => (finish = resolve));
    });
  });
});

after(async () => {
  finish();
  await finished;
  await emulator.close();
});

const startConsole = (args: readonly string[], options: Partial<PtyOptions> = {}): PtyDriver =>
  new PtyDriver({
    command: process.execPath,
    args: [BIN, ...args],
    ...options,
    env: { ...program.env, ...options.env },
  });

async function inConsole(
  use: (terminal: PtyDriver) => Promise<void>,
  options: Partial<PtyOptions> = {},
  args: readonly string[] = ['--offline'],
): Promise<void> {
  const terminal = startConsole(args, options);
  try {
    await terminal.waitFor(/1 of \d/);
    await use(terminal);
  } finally {
    await terminal.close();
  }
}

function assertGivenBack(terminal: PtyDriver): void {
  assert.equal(terminal.isAlternate, false, 'the screen of before is back');
  assert.equal(terminal.cursorIsHidden, false, 'the cursor is back');
}

function assertRestored(terminal: PtyDriver): void {
  assertGivenBack(terminal);
  assert.equal(terminal.pastesAreBracketed, false, 'pastes are plain again');
}

describe('the terminal is given back', () => {
  const ways: readonly (readonly [string, (terminal: PtyDriver) => void, number])[] = [
    ['q', (terminal) => terminal.type('q'), 0],
    ['ctrl+c', (terminal) => terminal.type('\u0003'), 0],
    ['SIGTERM', (terminal) => terminal.signal('SIGTERM'), 143],
    ['SIGHUP', (terminal) => terminal.signal('SIGHUP'), 129],
  ];
  for (const [name, leave, code] of ways) {
    it(`after ${name}`, async () => {
      await inConsole(async (terminal) => {
        assert.equal(terminal.isAlternate, true);
        leave(terminal);
        assert.equal(await terminal.exited, code);
        assertRestored(terminal);
      });
    });
  }

  it('to the shell on ctrl+z, and taken again on fg', async () => {
    const shell = new PtyDriver({
      command: 'bash',
      args: ['--norc', '--noprofile', '-i'],
      env: { ...program.env, PS1: 'shell> ' },
    });
    try {
      await shell.waitFor('shell>');
      shell.type(`'${process.execPath}' '${BIN}' --offline\r`);
      await shell.waitFor(/1 of \d/);
      shell.type('\u001a');
      await shell.waitFor('Stopped');
      assertGivenBack(shell);
      shell.type('fg\r');
      await shell.waitFor(/1 of \d/);
      shell.type('j');
      await shell.waitFor(/2 of \d/);
      shell.type('q');
      await shell.waitFor((screen) => /shell> $/m.test(screen) && !/ of \d/.test(screen));
      assertGivenBack(shell);
    } finally {
      await shell.close();
    }
  });
});

describe('keys', () => {
  it('in one chunk are as many keys', async () => {
    await inConsole(async (terminal) => {
      terminal.type('jjj');
      await terminal.waitFor(/ 4 of \d/);
      terminal.type('\u001b[A\u001b[A');
      await terminal.waitFor(/ 2 of \d/);
    });
  });

  it('that came with the one that opened a dialog are not for the dialog', async () => {
    await inConsole(
      async (terminal) => {
        terminal.type('\u001b[Ba\r\u001b[B\r');
        await terminal.waitFor(/Archive 1 finding/);
        terminal.type('\u001b');
        await terminal.waitFor((screen) => !/Archive 1 finding/.test(screen));
        const journal = await program.run('journal', '--json');
        assert.deepEqual(JSON.parse(journal.stdout), [], 'nothing was sent, nothing journalled');
      },
      {},
      [],
    );
  });

  it('that are pasted are text', async () => {
    await inConsole(async (terminal) => {
      terminal.paste('q\r');
      terminal.type('j');
      await terminal.waitFor(/ 2 of \d/);
      terminal.type('/');
      terminal.paste(' region:eu-\nwest-1');
      await terminal.waitFor(/region:eu- ?west-1/);
    });
  });
});

describe('the size of the terminal', () => {
  it('may be 80×24', async () => {
    await inConsole(
      async (terminal) => {
        const lines = terminal.lines();
        assert.equal(lines.length, 24);
        assert.match(lines[0] ?? '', /iam-triage/);
        assert.match(lines[23] ?? '', /of \d/);
      },
      { columns: 80, rows: 24 },
    );
  });

  it('may change while a dialog is open, and be too small for a while', async () => {
    await inConsole(async (terminal) => {
      terminal.type('?');
      const help = await terminal.waitFor(/Help|Keys/);
      terminal.resize(40, 8);
      await terminal.waitFor(/60.*12/);
      terminal.resize(120, 30);
      await terminal.waitFor((screen) => screen !== help && /Help|Keys/.test(screen));
      terminal.type('\u001b');
      await terminal.waitFor(/ 1 of \d/);
    });
  });
});

describe('a terminal of few means', () => {
  it('gets no sign that its locale cannot say', async () => {
    await inConsole((terminal) => Promise.resolve(assert.match(terminal.screen(), /^[ -~\n]+$/)), {
      env: { LC_ALL: 'C' },
    });
  });

  it('is told that it cannot show the console where it cannot place its cursor', async () => {
    const terminal = startConsole(['--offline'], { env: { TERM: 'dumb' } });
    try {
      assert.equal(await terminal.exited, 2);
      await terminal.waitFor(/TERM=dumb/);
      assert.equal(terminal.isAlternate, false);
    } finally {
      await terminal.close();
    }
  });
});

describe('a change', () => {
  it('goes from the key over the dialog to AWS and the journal, and back with z', async () => {
    await inConsole(
      async (terminal) => {
        const before = await terminal.waitFor(/ 1 of \d+/);
        const total = / of (\d+)/.exec(before)?.[1] ?? '';
        terminal.type('G');
        await terminal.waitFor(new RegExp(` ${total} of ${total}`));
        terminal.type('a');
        await terminal.waitFor(/Archive \d+ finding/);
        terminal.type('\r');
        await terminal.waitFor((screen) => screen.includes(`of ${Number(total) - 1}`));
        terminal.type('z');
        await terminal.waitFor(/Undo/);
        terminal.type('\r');
        await terminal.waitFor((screen) => screen.includes(`of ${total}`));
        terminal.type('5');
        await terminal.waitFor((screen) => screen.includes('Undo') && screen.includes('Archive 1 finding'));
      },
      { columns: 120, rows: 30 },
      ['--region', 'us-east-1', '--region', 'eu-west-1'],
    );
  });
});

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PtyDriver, type PtyOptions } from '../../pty/driver.ts';

const PROGRAM = fileURLToPath(new URL('program.tsx', import.meta.url));

/** The console in a real terminal, once its list stands. */
async function start(t: TestContext, options: Partial<PtyOptions> = {}): Promise<PtyDriver> {
  const driver = new PtyDriver({ command: process.execPath, args: ['--import', 'tsx', PROGRAM], ...options });
  t.after(() => driver.close());
  // Pastes are bracketed once the keys are read, a moment after the first frame.
  await driver.waitFor((screen) => screen.includes('1 of 40') && driver.pastesAreBracketed);
  return driver;
}

async function assertRestored(driver: PtyDriver, said: RegExp): Promise<void> {
  await driver.waitFor(said);
  assert.equal(driver.isAlternate, false, 'the alternate screen is left');
  assert.equal(driver.cursorIsHidden, false, 'the cursor is shown');
  assert.equal(driver.pastesAreBracketed, false, 'pastes are keys again');
}

async function startShell(t: TestContext): Promise<PtyDriver> {
  const driver = new PtyDriver({
    command: 'bash',
    args: ['--norc', '--noprofile', '-i'],
    env: { PS1: 'shell> ' },
  });
  t.after(() => driver.close());
  await driver.waitFor('shell> ');
  return driver;
}

test('q ends it and gives the terminal back', async (t) => {
  const driver = await start(t);
  assert.equal(driver.isAlternate, true);
  assert.equal(driver.cursorIsHidden, true);
  assert.equal(driver.pastesAreBracketed, true);
  driver.type('q');
  assert.equal(await driver.exited, 0);
  await assertRestored(driver, /ended: row 0 of findings, asked to/);
});

test('ctrl+c ends it too', async (t) => {
  const driver = await start(t);
  driver.type('\u0003');
  assert.equal(await driver.exited, 0);
  await assertRestored(driver, /ended:/);
});

for (const [signal, code] of [
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
] as const) {
  test(`${signal} ends it with ${code} and gives the terminal back`, async (t) => {
    const driver = await start(t);
    driver.signal(signal);
    assert.equal(await driver.exited, code);
    await assertRestored(driver, /ended:.*not asked to/);
  });
}

test('a crash gives the terminal back and then says what happened', async (t) => {
  const driver = await start(t, { env: { TEST_CRASH: '1' } });
  driver.type('4');
  assert.equal(await driver.exited, 1);
  await assertRestored(driver, /thrown: Error: crashed on purpose/);
});

test('several keys in one chunk all count', async (t) => {
  const driver = await start(t);
  driver.type('jjj');
  await driver.waitFor(/4 of 40/);
  driver.type('\u001b[B\u001b[Bk');
  await driver.waitFor(/5 of 40/);
  driver.type('G');
  await driver.waitFor(/40 of 40/);
});

test('keys of the chunk that opened a dialog are not for it', async (t) => {
  const driver = await start(t);
  driver.type('?\u001b[B\r');
  await driver.waitFor(/Help/);
  driver.type('\r');
  await driver.waitFor((screen) => !screen.includes('Help ─'));
});

test('pasted text is text, never keys', async (t) => {
  const driver = await start(t);
  driver.paste('q\r');
  await driver.waitFor(/Pasted text is ignored here/);
  driver.type('/');
  await driver.waitFor(/enter keep/);
  driver.paste(' region:us-\rq');
  await driver.waitFor(/status:active.*region:us- q/);
});

test('a resize while a dialog is open draws the new size, a tiny one says so, and back', async (t) => {
  const driver = await start(t);
  driver.type('?');
  await driver.waitFor(/Help/);
  driver.resize(120, 30);
  await driver.waitFor(
    (screen) =>
      screen.split('\n')[0]?.includes('2 min ago') === true && (screen.split('\n')[0]?.length ?? 0) > 100,
  );
  driver.resize(40, 10);
  await driver.waitFor(/This terminal is 40×10/);
  driver.resize(80, 24);
  await driver.waitFor(/Help/);
});

test('80×24: every line is the width of the screen or less, the last one is the footer', async (t) => {
  const driver = await start(t);
  const lines = driver.lines();
  assert.match(lines[0] ?? '', /^ iam-triage/);
  assert.match(lines[23] ?? '', /archive.*1 of 40$/);
});

test('ctrl+z hands the terminal to the shell and fg brings the screen back', async (t) => {
  const driver = await startShell(t);
  driver.type(`"${process.execPath}" --import tsx "${PROGRAM}"\r`);
  await driver.waitFor(/1 of 40/);
  driver.type('j');
  await driver.waitFor(/2 of 40/);
  driver.type('\u001a');
  await driver.waitFor(/Stopped/);
  assert.equal(driver.isAlternate, false);
  assert.equal(driver.cursorIsHidden, false);
  driver.type('fg\r');
  await driver.waitFor(/2 of 40/);
  assert.equal(driver.isAlternate, true);
  driver.type('j');
  await driver.waitFor(/3 of 40/);
  driver.type('q');
  await driver.waitFor(/ended: row 2/);
});

test('stopped from outside, it takes back the terminal that the shell had, and its new size', async (t) => {
  const driver = await startShell(t);
  driver.type(`bash -c 'echo pid is $$; exec "${process.execPath}" --import tsx "${PROGRAM}"'\r`);
  const pid = Number(/pid is (\d+)/.exec(await driver.waitFor(/pid is \d+/))?.[1]);
  await driver.waitFor(/1 of 40/);
  driver.type('j');
  await driver.waitFor(/2 of 40/);
  process.kill(pid, 'SIGSTOP');
  await driver.waitFor(/Stopped/);
  driver.type('printf "\\033[?1049l\\033[?25h\\033[?2004l"; echo shell has the terminal\r');
  await driver.waitFor(/^shell has the terminal/m);
  assert.equal(driver.isAlternate, false);
  driver.resize(100, 20);
  driver.type('fg\r');
  await driver.waitFor((screen) => screen.split('\n').length === 20 && /2 of 40$/.test(screen.trimEnd()));
  assert.equal(driver.isAlternate, true);
  assert.equal(driver.cursorIsHidden, true);
  assert.equal(driver.pastesAreBracketed, true);
  assert.match(driver.lines()[0] ?? '', /^ iam-triage/);
  driver.type('j');
  await driver.waitFor(/3 of 40/);
  driver.type('q');
  await driver.waitFor(/ended: row 2/);
});

test('ctrl+z and kill -TSTP stop what runs the program with it, and the shell has the terminal', async (t) => {
  const driver = await startShell(t);
  // As npm does, and without `exec`: the shell waits for the script and not for the program.
  const inner = `echo pid is $$; exec "${process.execPath}" --import tsx "${PROGRAM}"`;
  driver.type(`sh -c 'sh -c '\\''${inner}'\\''; echo script ended'\r`);
  const pid = Number(/pid is (\d+)/.exec(await driver.waitFor(/pid is \d+/))?.[1]);
  for (const [stop, place] of [
    [() => driver.type('\u001a'), 1],
    [() => process.kill(pid, 'SIGTSTP'), 2],
  ] as const) {
    await driver.waitFor(new RegExp(`${place} of 40$`, 'm'));
    stop();
    await driver.waitFor(/Stopped/);
    assert.equal(driver.isAlternate, false);
    driver.type('clear; fg\r');
    await driver.waitFor((screen) => driver.isAlternate && screen.includes(`${place} of 40`));
    driver.type('j');
  }
  await driver.waitFor(/3 of 40/);
  driver.type('q');
  await driver.waitFor(/ended: row 2[^]*script ended/);
});

test('where no shell could wake it again it is not stopped', async (t) => {
  const driver = await start(t);
  driver.type('\u001a');
  driver.type('j');
  await driver.waitFor((screen) => driver.isAlternate && screen.includes('2 of 40'));
  driver.signal('SIGTSTP');
  driver.type('j');
  await driver.waitFor((screen) => driver.isAlternate && screen.includes('3 of 40'));
});

test('a screen reader gets sentences on the screen that it has', async (t) => {
  const driver = new PtyDriver({
    command: process.execPath,
    args: ['--import', 'tsx', PROGRAM],
    env: { INK_SCREEN_READER: 'true' },
  });
  t.after(() => driver.close());
  await driver.waitFor(/Row 1 of 40: public/);
  assert.equal(driver.isAlternate, false);
  driver.type('j');
  await driver.waitFor(/Row 2 of 40: external/);
  driver.type('q');
  await driver.waitFor(/^ended: row 1/m);
  assert.equal(await driver.exited, 0);
});

#!/usr/bin/env node
// The launcher: checks the Node version, turns the compile cache on, and starts the bundle. It has to run on every Node
// that knows ES modules, so it uses nothing newer than that.
import * as nodeModule from 'node:module';

// An import would read all exports of these, and load streams and more that nothing needs yet.
const require = nodeModule.createRequire(import.meta.url);
const { existsSync } = require('node:fs');
const { homedir } = require('node:os');
const { join } = require('node:path');

const NEEDED = [22, 13];
const found = process.versions.node.split('.').map(Number);

if (found[0] < NEEDED[0] || (found[0] === NEEDED[0] && found[1] < NEEDED[1])) {
  process.stderr.write(
    `iam-triage needs Node ${NEEDED.join('.')} or newer, and this is Node ${process.versions.node}: install a current one from https://nodejs.org.\n`,
  );
  process.exit(2);
}

const bundle = new URL('../dist/main.js', import.meta.url);
if (!existsSync(bundle)) {
  process.stderr.write('iam-triage is not built yet: run `npm ci && npm run build` in its folder first.\n');
  process.exit(2);
}

// Whatever this makes is its user's alone: the compile cache is written by Node, which asks for no mode.
process.umask(0o077);

// In a folder of the user's own: code from a cache in a shared /tmp could be somebody else's.
const home = process.env.IAM_TRIAGE_HOME;
const cache = home
  ? join(home, 'cache')
  : join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'iam-triage');
if (nodeModule.enableCompileCache) nodeModule.enableCompileCache(join(cache, 'compiled'));

// V8 lets garbage grow to about as much as is in use before it collects the old generation; on a bastion memory is dearer
// than the few per cent of time: 100,000 findings then take some 25 MB less.
// Without V8's compiler in the middle (Maglev) code goes from the first to the last one: the same keys, a first frame 7 ms
// sooner and 4 MB less, for its compiling took the second core from whoever answers.
// The young generation grows at once to what a start needs: in small steps it would be collected at each of them.
require('node:v8').setFlagsFromString('--heap-growing-percent=50 --semi-space-growth-factor=8 --no-maglev');

// node:sqlite prints a warning on Node 22 that a user could do nothing about.
const emitWarning = process.emitWarning;
process.emitWarning = (warning, ...rest) => {
  if (String(warning).startsWith('SQLite is an experimental feature')) return;
  emitWarning.call(process, warning, ...rest);
};

await import(bundle.href);

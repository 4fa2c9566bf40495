// Runs every test file under test/ (or those whose path holds an argument) on node:test, two processes at a time.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const files = globSync('test/**/*.test.{ts,tsx}')
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort();
if (files.length === 0) {
  process.stderr.write(`no test file matches ${wanted.join(' ')}\n`);
  process.exit(1);
}
const env = { ...process.env, NODE_ENV: 'test', FORCE_COLOR: '0', TZ: 'UTC', LC_ALL: 'C.UTF-8' };
for (const name of Object.keys(env))
  if (/^(AWS_|IAM_TRIAGE_|NO_COLOR$|NODE_TEST_CONTEXT$)/.test(name)) delete env[name];
const run = spawnSync(
  process.execPath,
  ['--import', 'tsx', '--disable-warning=ExperimentalWarning', '--test', '--test-concurrency=2', ...files],
  { stdio: 'inherit', env },
);
process.exit(run.status ?? 1);

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseArguments } from '../../src/cli/arguments.ts';

function messageOf(...argv: string[]): string {
  const parsed = parseArguments(argv);
  assert.equal(parsed.ok, false);
  return parsed.ok ? '' : parsed.problem.message;
}

function valueOf(...argv: string[]) {
  const parsed = parseArguments(argv);
  if (!parsed.ok) assert.fail(parsed.problem.message);
  return parsed.value;
}

describe('the command line', () => {
  it('is the console without a command', () => {
    const { command, profiles, regions } = valueOf(
      '--profile',
      'prod',
      '--profile',
      'data',
      '--region=eu-west-1',
    );
    assert.equal(command, undefined);
    assert.deepEqual([profiles, regions], [['prod', 'data'], ['eu-west-1']]);
  });

  it('takes options before and after the command', () => {
    const { command, positionals, options } = valueOf('--demo', 'list', 'status:active', '--format', 'json');
    assert.equal(command?.name, 'list');
    assert.deepEqual(positionals, ['status:active']);
    assert.equal(options.flag('demo'), true);
    assert.equal(options.text('format'), 'json');
  });

  it('takes a filter that begins with a minus as a filter', () => {
    const { positionals, options } = valueOf('list', '-resource:*backup*', '--format', 'csv', 'public:yes');
    assert.deepEqual(positionals, ['-resource:*backup*', 'public:yes']);
    assert.equal(options.text('format'), 'csv');
    assert.equal(valueOf('--filter', '-public:no').options.text('filter'), '-public:no');
  });

  it('names the nearest command and option', () => {
    assert.match(messageOf('lsit'), /no command "lsit"; did you mean "list"\?/);
    assert.match(messageOf('list', '--fromat', 'json'), /no option "--fromat"; did you mean "--format"\?/);
    assert.match(messageOf('--offlin'), /did you mean "--offline"\?/);
  });

  it('says what an option needs', () => {
    assert.match(messageOf('list', '--format'), /"--format" needs a value: --format FORMAT/);
    assert.match(messageOf('sync', '--json=1'), /"--json" takes no value/);
    assert.match(messageOf('show'), /"show" needs more arguments: iam-triage show ID/);
    assert.match(messageOf('sync', 'now'), /"sync" takes fewer arguments/);
  });

  it('shows control characters of a wrong word instead of sending them to the terminal', () => {
    assert.doesNotMatch(messageOf('li\u001b[2Jst'), /\u001b/);
  });

  it('reads -h as help of a command without its arguments', () => {
    assert.equal(valueOf('show', '-h').options.flag('help'), true);
  });

  it('reads whole numbers only', () => {
    const count = valueOf('emulator', '--port', '80x').options.count('port');
    assert.equal(count.ok, false);
    const good = valueOf('emulator', '--port', '8080').options.count('port');
    assert.deepEqual(good, { ok: true, value: 8080 });
  });
});

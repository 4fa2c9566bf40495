import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeymap, keysOf, keySign, resolveKey } from '../../src/app/bindings.ts';
import { COMMANDS, findCommand } from '../../src/app/commands/all.ts';
import { selectDisabledReason } from '../../src/app/commands/disabled.ts';
import { formatKeyTable } from '../../src/app/key-table.ts';
import type { AppState } from '../../src/app/state.ts';
import { aState, openJourney } from './fakes/journey.ts';

test('no two commands share an id or a default key', () => {
  const ids = COMMANDS.map((command) => command.id);
  const keys = COMMANDS.flatMap((command) => command.keys);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(new Set(keys).size, keys.length);
});

test('the keys of the contract do what it says', () => {
  const contract: Readonly<Record<string, string>> = {
    j: 'move.down',
    k: 'move.up',
    down: 'move.down',
    up: 'move.up',
    'ctrl+d': 'move.half-page-down',
    'ctrl+u': 'move.half-page-up',
    pgdown: 'move.page-down',
    pgup: 'move.page-up',
    g: 'move.first',
    G: 'move.last',
    enter: 'open',
    esc: 'back',
    '/': 'filter',
    space: 'mark',
    v: 'mark-range',
    '*': 'mark-all',
    '1': 'screen.findings',
    '2': 'screen.rules',
    '3': 'screen.analyzers',
    '4': 'screen.overview',
    '5': 'screen.journal',
    tab: 'screen.next',
    V: 'views',
    S: 'sort',
    ':': 'palette',
    'ctrl+r': 'sync',
    a: 'archive',
    u: 'unarchive',
    s: 'scan',
    z: 'undo',
    Z: 'redo',
    y: 'copy',
    o: 'links',
    e: 'export',
    '?': 'help',
    q: 'quit',
  };
  for (const [chord, id] of Object.entries(contract))
    assert.equal(resolveKey(chord, aState())?.id, id, chord);
});

test('read-only mode takes away what changes AWS, offline what asks it as well, and neither anything else', () => {
  const online = aState();
  const refused = (mode: Partial<AppState['mode']>) =>
    COMMANDS.flatMap((command) => {
      const reason = selectDisabledReason(aState({ mode }), command);
      return reason === selectDisabledReason(online, command) ? [] : [{ command, reason }];
    });
  const mutating = COMMANDS.filter(({ mutates }) => mutates);
  const readOnly = refused({ readOnly: true });
  assert.deepEqual(
    readOnly.map(({ command }) => command),
    mutating,
  );
  assert.ok(readOnly.every(({ reason }) => reason?.startsWith('Read-only mode:')));
  const offline = refused({ offline: true });
  assert.ok(offline.every(({ reason }) => reason?.startsWith('Offline:')));
  assert.deepEqual(
    offline.flatMap(({ command: { id, mutates } }) => (mutates ? [] : [id])),
    ['policy', 'resolve', 'sync', 'sync.full'],
  );
});

test('every command that changes AWS is marked so', () => {
  const mutating = COMMANDS.filter((command) => command.mutates).map((command) => command.id);
  const changes = ['archive', 'unarchive', 'scan', 'undo', 'redo', 'make-fix'];
  const rules = [
    'rule.new',
    'rule.edit',
    'rule.apply',
    'rule.delete',
    'rule.delete-unarchive',
    'rule.import',
    'rule.suggested',
  ];
  const analyzers = ['analyzer.delete'];
  const keeps = ['keep.monthly-job', 'keep.pipeline', 'keep.recovery', 'keep.backup'];
  assert.deepEqual(mutating.toSorted(), [...changes, ...keeps, ...rules, ...analyzers].toSorted());
});

test('a key in the settings takes the place of the default keys of its command', async () => {
  const keymap = createKeymap({ archive: 'A', help: ['f1', '?'], quit: [] });
  assert.equal(keymap.bindings.get('A'), 'archive');
  assert.equal(keymap.bindings.get('a'), undefined);
  assert.equal(keymap.bindings.get('f1'), 'help');
  assert.equal(keymap.bindings.get('q'), undefined);
  assert.deepEqual(keymap.problems, []);
  const journey = await openJourney({ keys: { archive: 'A' } });
  await journey.press('a');
  assert.equal(journey.state().dialog, undefined);
  await journey.press('A');
  assert.equal(journey.state().dialog?.kind, 'confirm');
});

test('a key given to one command is taken from the default of another', () => {
  const keymap = createKeymap({ archive: 'e' });
  assert.equal(keymap.bindings.get('e'), 'archive');
  assert.deepEqual(keysOf(keymap, findCommand('export') ?? assert.fail()), []);
});

test('conflicts, unknown commands and reserved keys are reported, not thrown', () => {
  const { bindings, problems } = createKeymap({ archive: 'X', unarchive: 'X', archve: 'y', quit: 'ctrl+c' });
  assert.equal(bindings.get('X'), 'archive');
  assert.match(problems[0] ?? '', /"X" is bound to both "archive" and "unarchive"/);
  assert.match(problems[1] ?? '', /no command "archve"; did you mean "archive"/);
  assert.match(problems[2] ?? '', /"ctrl\+c" always quits/);
});

test('what is wrong with the settings is said at start', () => {
  assert.match(aState({ keys: { nope: 'x' } }).toast?.text ?? '', /no command "nope"/);
});

test('other spellings of keys are understood', () => {
  assert.equal(createKeymap({ back: 'Escape' }).bindings.get('esc'), 'back');
  assert.equal(createKeymap({ 'move.page-down': 'PageDown' }).bindings.get('pgdown'), 'move.page-down');
});

test('keys are named in the order of the record, and as a person reads them', () => {
  const down = findCommand('move.down') ?? assert.fail();
  assert.deepEqual(keysOf(createKeymap(), down), ['j', 'down']);
  assert.equal(keySign('down'), '↓');
  assert.equal(keySign('down', true), 'down');
  assert.equal(keySign('pgdown'), 'PgDn');
});

test('the key table names every command', () => {
  const table = formatKeyTable();
  for (const command of COMMANDS) assert.ok(table.includes(`| ${command.id} |`), command.id);
  assert.ok(table.includes('| `j` `↓` | Down | move.down |'));
});

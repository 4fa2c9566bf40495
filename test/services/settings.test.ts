import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createMemory } from '../../src/services/console-memory.ts';
import { checkSettings, loadSettings } from '../../src/services/settings.ts';
import { defaultSettings } from '../../src/services/settings-table.ts';

function inFolder(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'iam-triage-settings-'));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const aView = (name: string) =>
  ({ name, filter: 'public:yes', sort: { key: 'risk', descending: true }, shipped: false }) as const;

describe('settings', () => {
  it('are the defaults where there is no file, and are kept once saved', () => {
    inFolder((folder) => {
      const settings = loadSettings(folder);
      assert.deepEqual(settings.values, defaultSettings());
      assert.deepEqual(settings.problems, []);
      assert.equal(settings.save('theme', 'nord').ok, true);
      assert.equal(loadSettings(folder).values.theme, 'nord');
      assert.equal(statSync(settings.path).mode & 0o777, 0o600);
    });
  });

  it('keep the organization that was typed for each account', () => {
    inFolder((folder) => {
      const memory = createMemory(loadSettings(folder));
      memory.saveOrganization('111111111111', 'o-a1b2c3d4e5');
      memory.saveOrganization('222222222222', 'o-f6a7b8c9d0');
      const { values, problems } = loadSettings(folder);
      assert.deepEqual(values.organizations, {
        '111111111111': 'o-a1b2c3d4e5',
        '222222222222': 'o-f6a7b8c9d0',
      });
      assert.deepEqual(problems, []);
    });
  });

  it('keep the views of two consoles that have the file open', () => {
    inFolder((folder) => {
      const [one, other] = [createMemory(loadSettings(folder)), createMemory(loadSettings(folder))];
      one.saveView(aView('a'));
      other.saveView(aView('b'));
      one.saveView({ ...aView('a'), columns: ['risk', 'age'] });
      other.deleteView('b');
      const { values, problems } = loadSettings(folder);
      assert.deepEqual(values.views, [
        {
          name: 'a',
          filter: 'public:yes',
          sort: { key: 'risk', descending: true },
          columns: ['risk', 'age'],
        },
      ]);
      assert.deepEqual(problems, []);
    });
  });

  it('save no view over others that a person must mend first', () => {
    inFolder((folder) => {
      const path = join(folder, 'settings.json');
      const text = JSON.stringify({ views: [{ name: 'mine', filter: '', sort: 'risk' }] });
      writeFileSync(path, text);
      const saved = createMemory(loadSettings(folder)).saveView(aView('a'));
      assert.ok(!saved.ok);
      assert.match(saved.problem.message, /Nothing was saved: setting "views" must be a list/);
      assert.equal(readFileSync(path, 'utf8'), text);
    });
  });

  it('take several keys for a command, or none, and refuse columns that are no list', () => {
    const keys = { archive: ['A', 'f5'], scan: [], undo: 'U' };
    const view = { name: 'a', filter: '', sort: { key: 'risk', descending: true }, columns: 'risk' };
    const { values, problems } = checkSettings({ keys, views: [view] }, '/x/settings.json');
    assert.deepEqual(values.keys, keys);
    assert.deepEqual(values.views, []);
    assert.equal(problems.length, 1);
  });

  it('keep what is right, and report each wrong key with what is allowed', () => {
    const { values, problems } = checkSettings(
      { theme: 'light', concurrency: 'many', knownAccounts: ['12'], tehme: 'x' },
      '/x/settings.json',
    );
    assert.equal(values.theme, 'light');
    assert.equal(values.concurrency, defaultSettings().concurrency);
    assert.deepEqual(
      problems.map(({ message }) => message),
      [
        'Setting "concurrency" is "many", but it must be a number from 1 to 32; its default is used.',
        'Setting "knownAccounts" is ["12"], but it must be a list of 12-digit account ids; its default is used.',
        'The settings have no key "tehme"; did you mean "theme".',
      ],
    );
  });

  it('leave a file that is not JSON as it is, start with defaults, and save nothing over it', () => {
    inFolder((folder) => {
      const path = join(folder, 'settings.json');
      writeFileSync(path, '{ "theme": "light", ');
      const settings = loadSettings(folder);
      assert.deepEqual(settings.values, defaultSettings());
      assert.match(settings.problems[0]?.message ?? '', /could not be read .* defaults are used/);
      assert.equal(settings.save('theme', 'nord').ok, false);
      assert.equal(readFileSync(path, 'utf8'), '{ "theme": "light", ');
    });
  });
});

/** Archive rules to files and back in the console, and the analyzer that takes its rules with it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Dialog } from '../../src/app/dialog.ts';
import { selectAnalyzerRows } from '../../src/app/selectors/analyzers.ts';
import { selectEntryLines } from '../../src/app/selectors/journal.ts';
import { selectRuleRows } from '../../src/app/selectors/rules.ts';
import { parseRulesDocument, type RulesDocument } from '../../src/domain/rules/rules-document.ts';
import { confirm, type Console, withConsole } from './console-harness.ts';

const REGION = ['eu-west-1'];

const files = ({ home }: Console, ending: string): string[] =>
  readdirSync(home).filter((name) => name.startsWith('iam-triage-rules') && name.endsWith(ending));

function read(console: Console, name: string): RulesDocument {
  const parsed = parseRulesDocument(readFileSync(join(console.home, name), 'utf8'));
  return parsed.ok ? parsed.value : assert.fail(parsed.problem.message);
}

function dialogOf<K extends Dialog['kind']>(console: Console, kind: K): Extract<Dialog, { kind: K }> {
  const { dialog, toast } = console.state();
  assert.equal(dialog?.kind, kind, JSON.stringify(dialog ?? toast));
  return dialog as Extract<Dialog, { kind: K }>;
}

async function exportAll(console: Console): Promise<string> {
  await console.keys('2', 'e', 'j');
  assert.match(console.state().toast?.text ?? '', /^Wrote \d+ archive rules? to .*\.json\.$/);
  return files(console, '.json')[0] ?? assert.fail('no file');
}

/** From whatever is open. */
async function startImport(console: Console, path: string): Promise<void> {
  await console.keys('esc');
  if (console.state().screen !== 'rules') await console.keys('2');
  await console.keys('i');
  console.store.dispatch({ kind: 'paste', text: path });
  await console.store.idle();
}

test('e writes all rules as JSON or as a template; from an open rule those of its name', async () => {
  await withConsole(async (console) => {
    const file = await exportAll(console);
    const rules = read(console, file).analyzers.flatMap((each) => each.rules);
    assert.equal(rules.length, selectRuleRows(console.state()).length);
    await console.keys('e', 't');
    assert.match(
      readFileSync(join(console.home, files(console, '.tf')[0] ?? ''), 'utf8'),
      /^resource "aws_accessanalyzer_archive_rule"/m,
    );
    await console.keys('g', 'enter', 'e', 'f');
    const name = selectRuleRows(console.state())[0]?.name ?? '';
    const template = readFileSync(join(console.home, files(console, '.template.json')[0] ?? ''), 'utf8');
    const names = [...template.matchAll(/"RuleName": "([^"]+)"/g)].map(([, found]) => found);
    assert.deepEqual(new Set(names), new Set([name]));
  });
});

test('a deleted rule comes back from the file, after a plan; a second import changes nothing', async () => {
  await withConsole(async (console) => {
    const file = await exportAll(console);
    const before = selectRuleRows(console.state()).map(({ name }) => name);
    await console.keys('g', 'X');
    await confirm(console, /^Delete archive rule/, 'delete');
    assert.ok(selectRuleRows(console.state()).length < before.length);
    await startImport(console, file.slice(0, -6));
    assert.deepEqual(dialogOf(console, 'import-rules').paths, [file]);
    await console.keys('tab');
    assert.equal(dialogOf(console, 'import-rules').field.text, file, 'the path is completed');
    await console.keys('enter');
    const said = await confirm(console, /^Import \d+ archive rules$/);
    assert.ok(
      said.some((line) => /^Rules of the file: \d+ new, \d+ equal already\.$/.test(line)),
      said.join('\n'),
    );
    assert.deepEqual(
      selectRuleRows(console.state()).map(({ name }) => name),
      before,
    );
    await startImport(console, file);
    await console.keys('enter');
    assert.match(
      console.state().toast?.text ?? '',
      /^Nothing to do\. Rules of the file: \d+ equal already\.$/,
    );
  }, REGION);
});

test('a rule that differs stops the import, is kept, or is replaced, as it is chosen', async () => {
  await withConsole(async (console) => {
    const file = await exportAll(console);
    const [first] = read(console, file).analyzers;
    const changed = {
      ...first,
      rules: first?.rules.map((rule) => ({ ...rule, filter: { error: { exists: true } } })),
    };
    const other = JSON.parse(readFileSync(join(console.home, file), 'utf8')) as object;
    writeFileSync(join(console.home, 'other.json'), JSON.stringify({ ...other, analyzers: [changed] }));
    await startImport(console, 'other.json');
    await console.keys('enter');
    assert.match(
      dialogOf(console, 'import-rules').problem ?? '',
      /has a rule .* already, with another filter/,
    );
    await console.keys('down', 'right', 'enter');
    assert.match(console.state().toast?.text ?? '', /^Nothing to do\..*keep the filter that is there/);
    await startImport(console, 'other.json');
    await console.keys('down', 'left', 'enter');
    const said = await confirm(console, /^Import/, 'public');
    assert.ok(said.includes('+ error exists'), said.join('\n'));
    assert.equal(console.state().toast?.kind, 'success');
  }, REGION);
});

test('a bad file is named where another one can be typed; what AWS would refuse can be left out', async () => {
  await withConsole(async (console) => {
    const file = await exportAll(console);
    const whole = JSON.parse(readFileSync(join(console.home, file), 'utf8')) as {
      analyzers: { rules: object[] }[];
    };
    const write = (name: string, content: unknown) =>
      writeFileSync(
        join(console.home, name),
        typeof content === 'string' ? content : JSON.stringify(content),
      );
    write('text.json', 'hello');
    write('newer.json', { ...whole, version: 99 });
    const odd = { name: '1 wrong name', filter: { error: { exists: true } } };
    write('odd.json', {
      ...whole,
      analyzers: whole.analyzers.map((each) => ({ ...each, rules: [...each.rules, odd] })),
    });
    for (const [name, words] of [
      ['', /Name the file/],
      ['nowhere.json', /could not be read/],
      ['text.json', /not JSON/],
      ['newer.json', /of version 99/],
      ['odd.json', /1 wrong name/],
    ] as const) {
      await startImport(console, name);
      await console.keys('enter');
      assert.match(dialogOf(console, 'import-rules').problem ?? '', words);
      assert.equal(dialogOf(console, 'import-rules').field.text, name, 'what was typed stays');
      await console.keys('esc');
    }
    await startImport(console, 'odd.json');
    await console.keys('down', 'down', 'right', 'enter');
    assert.match(console.state().toast?.text ?? '', /\d+ equal already, 1 refused/);
  }, REGION);
});

async function goToAnalyzer(console: Console): Promise<void> {
  await console.keys('3', 'g');
  const at = selectAnalyzerRows(console.state()).findIndex(({ region }) => region === 'eu-west-1');
  await console.keys(...Array<string>(at).fill('j'));
}

test('deleting an analyzer saves its rules first, asks for its name, and z says that nothing brings it back', async () => {
  await withConsole(async (console) => {
    await goToAnalyzer(console);
    await console.keys('X');
    if (console.state().dialog?.kind === 'menu') await console.keys('enter');
    const { offer } = dialogOf(console, 'export-first');
    assert.ok(offer.rules > 0);
    assert.deepEqual(files(console, '.json'), [], 'nothing is written before it is wanted');
    await console.keys('enter');
    const [file = ''] = files(console, '.json');
    assert.equal(read(console, file).analyzers[0]?.rules.length, offer.rules);
    const said = await confirm(
      console,
      new RegExp(`^Delete the analyzer ${offer.name} in eu-west-1$`),
      offer.name,
    );
    assert.ok(
      said.some((line) => /^There is no undo\.$/.test(line)),
      said.join('\n'),
    );
    assert.ok(said.some((line) => line.includes(file)));
    assert.match(console.state().toast?.text ?? '', /^Delete the analyzer .*: done\.$/);
    assert.ok(console.state().summary?.analyzers.every(({ arn }) => arn !== offer.arn));
    await console.keys('z');
    assert.match(dialogOf(console, 'problem').problem.message, /cannot be undone.*rules import/);
    await console.keys('enter', '5', 'enter');
    const entry = selectEntryLines(console.state(), 200).map(({ text }) => text);
    assert.ok(entry.includes(offer.path), entry.join('\n'));
    assert.ok(entry.includes('1 of 1 request done.'));
  }, REGION);
});

test('its rules may go, and a file that is there is not overwritten', async () => {
  await withConsole(async (console) => {
    await goToAnalyzer(console);
    await console.keys('X');
    if (console.state().dialog?.kind === 'menu') await console.keys('enter');
    const { offer } = dialogOf(console, 'export-first');
    writeFileSync(offer.path, 'mine');
    await console.keys('enter');
    assert.match(console.state().toast?.text ?? '', /it exists already/);
    assert.equal(readFileSync(offer.path, 'utf8'), 'mine');
    await console.keys('X');
    if (console.state().dialog?.kind === 'menu') await console.keys('enter');
    await console.keys('right', 'enter');
    const said = await confirm(console, /^Delete the analyzer/, 'yes');
    assert.ok(said.some((line) => line.includes('not saved')));
    assert.equal(console.state().dialog?.kind, 'confirm', 'the word is its name');
    await console.keys('esc');
  }, REGION);
});

test('an analyzer that a service manages is not deleted, and says whose it is', async () => {
  await withConsole(
    async (console) => {
      const managed = console.state().summary?.analyzers.find(({ managedBy }) => managedBy !== undefined);
      assert.ok(managed !== undefined);
      console.store.dispatch({ kind: 'delete-analyzer', analyzer: managed });
      await console.store.idle();
      assert.match(console.state().toast?.text ?? '', /only that service can delete it/);
    },
    ['us-east-1'],
  );
});

/** `analyzers …` over the demo world and the wire. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseRulesDocument } from '../../src/domain/rules/rules-document.ts';
import { type Ended, type House, withHouse } from './in-process.ts';

const REGION = ['--region', 'eu-west-1'];

interface Listed {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly type: string;
  readonly archiveRules: number;
  readonly managedBy?: string;
  readonly counts: { readonly active: number };
}

async function withDemo(use: (house: House) => Promise<void>, region = REGION): Promise<void> {
  await withHouse({ world: 'demo' }, async (house) => {
    const synced = await house.run('sync', ...region);
    assert.equal(synced.code, 0, synced.err);
    await use(house);
  });
}

const listed = async (house: House): Promise<Listed[]> =>
  JSON.parse((await house.run('analyzers', 'list', '--json')).out) as Listed[];

async function withRules(house: House): Promise<Listed> {
  const found = (await listed(house)).find(({ archiveRules }) => archiveRules > 0);
  return found ?? assert.fail('the demo world has an analyzer with rules');
}

async function refused(house: House, code: number, words: RegExp, ...argv: string[]): Promise<Ended> {
  house.emulator.log.reset();
  const ended = await house.run('analyzers', ...argv);
  assert.equal(ended.code, code, ended.err + ended.out);
  assert.match(ended.err, words);
  assert.equal(house.emulator.log.report().operations['DeleteAnalyzer'], undefined, 'nothing was sent');
  return ended;
}

test('analyzers list shows each with what it found and how many rules it has', async () => {
  await withDemo(async (house) => {
    const { name, archiveRules } = await withRules(house);
    const { out, code } = await house.run('analyzers', 'list');
    assert.equal(code, 0);
    assert.match(out, new RegExp(`${name}.*eu-west-1.*external.*ACTIVE.* ${archiveRules} `));
    const [first] = await listed(house);
    assert.ok((first?.counts.active ?? 0) > 0);
  });
});

test('a deletion saves the rules first, and an import brings them to a new analyzer of the name', async () => {
  await withDemo(async (house) => {
    const { arn, name, archiveRules } = await withRules(house);
    const file = join(house.home, 'saved.json');
    const remove = ['analyzers', 'delete', arn, '--export', file];
    const dry = await house.run(...remove, '--dry-run');
    assert.equal(dry.code, 0, dry.err);
    assert.match(dry.out, /archive rules? go with it\.\s+There is no undo\./);
    assert.equal(existsSync(file), false, 'a dry run writes nothing');

    const done = await house.run(...remove, '--yes', '--json');
    assert.equal(done.code, 0, done.err);
    const entry = JSON.parse(done.out) as { id: number; state: string; operations: { exportedTo: string }[] };
    assert.equal(entry.state, 'done');
    assert.equal(entry.operations[0]?.exportedTo, file);
    const saved = parseRulesDocument(readFileSync(file, 'utf8'));
    assert.ok(saved.ok);
    assert.equal(saved.value.analyzers[0]?.rules.length, archiveRules);
    assert.ok((await listed(house)).every((each) => each.arn !== arn));

    const undo = await house.run('undo');
    assert.equal(undo.code, 1);
    assert.match(undo.err, new RegExp(`cannot be undone.*rules import ${file}`, 's'));
    const imported = await house.run('rules', 'import', file, '--dry-run');
    assert.match(imported.out, new RegExp(`there is no \\w+ analyzer eu-west-1/${name}`));
  });
});

test('a person sees where the rules are saved, types the name, and only then anything is written', async () => {
  await withDemo(async (house) => {
    const { arn, name } = await withRules(house);
    const file = join(house.home, 'saved.json');
    const wrong = await house.type(['yes'], 'analyzers', 'delete', arn, '--export', file);
    assert.match(wrong.err, new RegExp(`saved first, in\\s+${file}`));
    assert.match(wrong.err, new RegExp(`Type ${name} to do it`));
    assert.match(wrong.err, /Nothing was sent/);
    assert.equal(existsSync(file), false);
    const proposed = await house.type(['no'], 'analyzers', 'delete', arn);
    assert.match(proposed.err, new RegExp(`saved first, in\\s+\\S*iam-triage-rules-${name}-\\S+\\.json`));
    const right = await house.type([name], 'analyzers', 'delete', arn, '--export', file);
    assert.equal(right.code, 0, right.err);
    assert.match(right.out, /Delete the analyzer .*: done, entry \d+/);
    assert.doesNotMatch(right.out, /Take it back/);
    assert.equal(existsSync(file), true);
  });
});

test('a script has to say what becomes of the rules', async () => {
  await withDemo(async (house) => {
    const { arn } = await withRules(house);
    await refused(house, 2, /would go with it; nothing was sent[\s\S]*--no-export/, 'delete', arn, '--yes');
    await refused(house, 2, /Nobody is there to confirm/, 'delete', arn, '--no-export');
    const file = join(house.home, 'there.json');
    writeFileSync(file, 'mine');
    await refused(house, 1, /it exists already/, 'delete', arn, '--yes', '--export', file);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
  });
});

test('wrong input is named', async () => {
  await withDemo(async (house) => {
    const { arn, region, name } = await withRules(house);
    await refused(house, 2, /no command "analyzers delte"; did you mean "analyzers delete"/, 'delte', arn);
    await refused(house, 2, /has no option "--export"/, 'list', '--export', 'x');
    await refused(house, 2, /needs more arguments/, 'delete');
    await refused(house, 1, /has no analyzer nobody/, 'delete', 'nobody');
    await refused(house, 2, /means several analyzers/, 'delete', 'external', '--yes', '--no-export');
    await refused(house, 2, /--export FILE or --no-export/, 'delete', arn, '--export', 'x', '--no-export');
    await refused(
      house,
      2,
      /Read-only mode/,
      'delete',
      `${region}/${name}`,
      '--read-only',
      '--yes',
      '--no-export',
    );
  });
});

test('one that a service manages is refused in a plain sentence', async () => {
  await withDemo(
    async (house) => {
      const managed = (await listed(house)).find(({ managedBy }) => managedBy !== undefined);
      const words = /only that service can delete it/;
      await refused(house, 1, words, 'delete', managed?.arn ?? '', '--yes', '--no-export');
    },
    ['--region', 'us-east-1'],
  );
});

/** Writing archive rules in the console, over the real services: what is shown while one writes, and what AWS then has. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dialog } from '../../src/app/dialog.ts';
import { FOCUS, foundFocus } from '../../src/app/rules/rule-editor.ts';
import { selectOutcome } from '../../src/app/selectors/outcome.ts';
import { selectPlaceRows, shownPlaces } from '../../src/app/selectors/rule-places.ts';
import { selectRemarks } from '../../src/app/selectors/rule-remarks.ts';
import { selectRuleRows } from '../../src/app/selectors/rules.ts';
import type { AnalyzerRecord } from '../../src/emulator/estate/analyzer-record.ts';
import { type Console, confirm, filter, withConsole } from './console-harness.ts';

function editorOf(console: Console): Extract<Dialog, { kind: 'rule' }> {
  const { dialog, toast } = console.state();
  assert.equal(dialog?.kind, 'rule', JSON.stringify(dialog ?? toast) ?? 'No dialog.');
  return dialog;
}

const completionsOf = (console: Console): readonly string[] =>
  editorOf(console).completing.completions.map(({ insert }) => insert);

const remarksOf = (console: Console): string =>
  selectRemarks(editorOf(console), 200)
    .map(({ text }) => text)
    .join('\n');

/** Down or up to a field. */
async function focus(console: Console, wanted: number): Promise<void> {
  const by = wanted - editorOf(console).focus;
  await console.keys(...Array<string>(Math.abs(by)).fill(by > 0 ? 'down' : 'up'));
  assert.equal(editorOf(console).focus, wanted);
}

/** On the empty line at the end of the criteria. */
const focusLastLine = (console: Console): Promise<void> => focus(console, foundFocus(editorOf(console)) - 1);

/** The external analyzer of a Region, as AWS has it. */
function analyzerAt({ emulator }: Console, region: string): AnalyzerRecord {
  const found = [...emulator.estate.analyzers.values()].find(
    (each) => each.region === region && each.name === 'external-access',
  );
  assert.ok(found !== undefined);
  return found;
}

const rulesAt = (console: Console, region: string): readonly string[] => [
  ...analyzerAt(console, region).archiveRules.keys(),
];

/** An editor for the six log buckets of two Regions, from their marks. */
async function markLogs(console: Console): Promise<void> {
  await filter(console, 'status:active kind:s3 resource:*acme-logs*');
  await console.keys('*', 'n');
  assert.equal(editorOf(console).trial?.wouldArchive, 6);
}

async function rename(console: Console, name: string): Promise<void> {
  await focus(console, FOCUS.name);
  await console.keys('ctrl+u');
  await console.type(name);
}

const outcomeOf = (console: Console): string => {
  const { dialog } = console.state();
  assert.equal(dialog?.kind, 'outcome', JSON.stringify(dialog ?? console.state().toast));
  return selectOutcome(console.state(), dialog.entryId)
    .lines.map(({ label, text }) => (label === '' ? ` ${text}` : `\n${label ?? ''} ${text}`))
    .join('');
};

test('from the marks: proposals from narrow to wide, a name that follows, the plan and back, then the rule', async () => {
  await withConsole(async (console) => {
    await markLogs(console);
    const editor = editorOf(console);
    assert.ok(editor.draft.sources.length > 2, 'narrow to wide, and by hand');
    assert.equal(editor.found.rows.length, 6);
    assert.equal(editor.trial?.canHidePublic, false);
    assert.match(editor.name.text, /acme-logs/);

    const caught: number[] = [];
    for (const _ of editor.draft.sources) {
      caught.push(editorOf(console).trial?.caught ?? 0);
      await console.keys('right');
    }
    assert.equal(Math.min(...caught.slice(0, -1)), caught[0], 'the narrowest comes first');
    assert.deepEqual(editorOf(console).lines, editor.lines, 'round and round');
    await console.keys('right');
    assert.notEqual(editorOf(console).name.text, editor.name.text, 'the name says what it archives');
    await console.keys('left', 'enter');
    assert.equal(console.state().dialog?.kind, 'confirm');
    await console.keys('esc');
    assert.deepEqual(editorOf(console).lines, editor.lines, 'nothing that was written is lost');

    await console.keys('enter');
    const said = await confirm(console, /^Create archive rule .*acme-logs.* on 2 analyzers and apply$/);
    assert.ok(said.includes('+ isPublic = false'));
    assert.equal(console.state().toast?.kind, 'success', JSON.stringify(console.state().dialog));
    assert.equal(console.state().list.counts?.exposures, 0);
    for (const region of ['eu-west-1', 'us-west-2'])
      assert.ok(rulesAt(console, region).includes(editor.name.text), region);
  });
});

test('from the filter: what a rule cannot say is named, what can hide public access asks for a word', async () => {
  await withConsole(
    async (console) => {
      await filter(console, 'status:active kind:s3 age:>1d region:us-east-1');
      await console.keys('n');
      const editor = editorOf(console);
      assert.match(remarksOf(console), /cannot say age:>1d/);
      assert.deepEqual(
        editor.lines.map(({ text }) => text),
        ['resourceType = AWS::S3::Bucket', 'isPublic = false', ''],
      );
      const guarded = editor.trial?.wouldArchive ?? 0;
      await focus(console, FOCUS.firstLine + 1);
      await console.keys('ctrl+u');
      const open = editorOf(console);
      assert.equal(open.trial?.canHidePublic, true);
      assert.ok((open.trial?.publicOnes ?? 0) > 0);
      assert.ok((open.trial?.wouldArchive ?? 0) > guarded);
      await console.keys('enter');
      const said = await confirm(console, /^Create archive rule/, 'publi');
      assert.ok(said.some((line) => line.includes('can hide public access')));
      assert.equal(console.state().dialog?.kind, 'confirm', 'not without the whole word');
    },
    ['us-east-1'],
  );
});

test('by hand: keys and values are completed from the store, the newest keystroke counts', async () => {
  await withConsole(
    async (console) => {
      await console.keys('2', 'n');
      assert.deepEqual(
        editorOf(console).lines.map(({ text }) => text),
        ['isPublic = false', ''],
        'an empty page, but for the guard',
      );
      await focusLastLine(console);
      assert.deepEqual(completionsOf(console), []);
      await console.keys('tab');
      assert.ok(completionsOf(console).includes('resourceType '), 'tab shows what there is');
      await console.type('principal.A');
      assert.deepEqual(completionsOf(console), ['principal.AWS ']);
      assert.match(editorOf(console).completing.completions[0]?.hint ?? '', /^[1-9]/);
      assert.equal(editorOf(console).problem, undefined, 'half a criterion is no error while it is typed');
      await console.keys('tab');
      assert.deepEqual(completionsOf(console).slice(0, 2), ['= ', '≠ ']);
      await console.keys('down', 'enter');
      const values = editorOf(console).completing.completions;
      const counts = values.map(({ hint }) => Number(hint.replaceAll(',', '')));
      assert.ok(counts.length > 1 && counts.every((count, at) => count <= (counts[at - 1] ?? count)));
      const [first] = values;
      await console.keys('tab');
      const text = `principal.AWS = ${first?.insert ?? ''}`;
      assert.equal(editorOf(console).lines[1]?.text, text);
      assert.deepEqual(completionsOf(console), [], 'a value ends it');
      const alone = editorOf(console).trial?.wouldArchive ?? 0;
      assert.ok(alone > 0);

      await console.type(' | ');
      assert.ok(
        !completionsOf(console).includes(first?.insert ?? ''),
        'what is there already is not offered',
      );
      await console.keys('tab');
      assert.ok((editorOf(console).trial?.wouldArchive ?? 0) > alone);

      await focusLastLine(console);
      await console.type('resource contains acme-lgos');
      assert.match(remarksOf(console), /resource contains acme-lgos/);
      await console.keys('ctrl+u');
      await console.type('resource is it');
      assert.equal(editorOf(console).problem, undefined);
      await console.keys('up');
      assert.match(editorOf(console).problem ?? '', /not a criterion/);
    },
    ['us-east-1'],
  );
});

test('ticked are any analyzers of one kind; why one cannot be is said, and esc leaves all as it was', async () => {
  await withConsole(
    async (console) => {
      await console.keys('2', 'n');
      await focus(console, FOCUS.places);
      const before = editorOf(console).chosen;
      await console.keys('space');
      const rows = () => selectPlaceRows(editorOf(console), shownPlaces(editorOf(console)));
      assert.ok(rows().every(({ archives }) => archives !== '…'));
      assert.ok(rows().some(({ why }) => why === 'not external'));
      assert.ok(rows().some(({ why }) => why.startsWith('disabled')));
      assert.ok(rows().some(({ why, may }) => why.startsWith('managed by') && may === 'by-name'));

      await console.keys('*');
      assert.equal(editorOf(console).chosen.size, 0, 'all were ticked: none are');
      await console.type('unused');
      await console.keys('*');
      assert.deepEqual(
        new Set(rows().map(({ kind, ticked }) => `${kind} ${ticked}`)),
        new Set(['unused true']),
      );
      await console.keys('ctrl+u');
      assert.ok(rows().every(({ kind, may }) => kind === 'unused' || may === 'never'));
      await console.keys('esc');
      assert.deepEqual(editorOf(console).chosen, before);

      await console.keys('space', '*');
      await console.type('eu-west-1 external-access');
      await console.keys('space', 'enter');
      const { chosen } = editorOf(console);
      assert.deepEqual([...chosen], [analyzerAt(console, 'eu-west-1').arn]);
      await rename(console, 'only-there');
      await console.keys('enter');
      await confirm(console, /^Create archive rule only-there and apply$/);
      assert.ok(rulesAt(console, 'eu-west-1').includes('only-there'));
      assert.ok(!rulesAt(console, 'us-east-1').includes('only-there'));
    },
    ['eu-west-1', 'us-east-1'],
  );
});

test('more values than a rule takes become more rules, shown before, in one plan', async () => {
  await withConsole(
    async (console) => {
      await console.keys('2', 'n');
      await focusLastLine(console);
      const values = Array.from({ length: 41 }, (_, at) => `arn:aws:s3:::acme-${at}`);
      console.store.dispatch({ kind: 'paste', text: `resource = ${values.join(' | ')}` });
      await console.store.idle();
      await rename(console, 'many');
      assert.match(remarksOf(console), /becomes 3 rules, many, many-2, many-3\./);
      await console.keys('enter');
      const said = await confirm(console, /^Create 3 archive rules and apply$/);
      assert.deepEqual(
        said.filter((line) => /^many/.test(line)),
        ['many', 'many-2', 'many-3'],
      );
      assert.equal(said.filter((line) => line.startsWith('+ resource = ')).length, 41);
      const made = rulesAt(console, 'eu-west-1').filter((name) => name.startsWith('many'));
      assert.deepEqual(made, ['many', 'many-2', 'many-3']);
    },
    ['eu-west-1'],
  );
});

test('one Region refuses half-way: the rest is done, the refusal is named, undo takes back what was done', async () => {
  await withConsole(async (console) => {
    await markLogs(console);
    await rename(console, 'logs');
    console.emulator.faults.add({ kind: 'denied', operation: 'CreateArchiveRule', region: 'eu-west-1' });
    await console.keys('enter');
    await confirm(console, /^Create archive rule logs on 2 analyzers and apply$/);
    assert.match(outcomeOf(console), /1 request failed[^]*eu-west-1 .*CreateArchiveRule/);
    assert.ok(rulesAt(console, 'us-west-2').includes('logs'));
    assert.ok(!rulesAt(console, 'eu-west-1').includes('logs'));
    assert.equal(console.state().list.counts?.exposures, 3, 'those of the Region that refused');
    await console.keys('z');
    await confirm(console, /^Undo/, 'delete');
    assert.ok(!rulesAt(console, 'us-west-2').includes('logs'));
  });
});

test('an analyzer that is full says so in its own words, and the other one gets the rule', async () => {
  await withConsole(async (console) => {
    await markLogs(console);
    await rename(console, 'logs');
    const { archiveRules } = analyzerAt(console, 'eu-west-1');
    const [known] = archiveRules.values();
    assert.ok(known !== undefined);
    for (let at = archiveRules.size; at < 100; at += 1)
      archiveRules.set(`other-${at}`, { ...known, ruleName: `other-${at}` });
    assert.doesNotMatch(remarksOf(console), /No room/, 'others made them since the last sync');
    await console.keys('enter');
    await confirm(console, /^Create archive rule logs/);
    assert.match(outcomeOf(console), /eu-west-1 .*at most 100 archive rules/);
    assert.ok(rulesAt(console, 'us-west-2').includes('logs'));

    await console.keys('esc', 'ctrl+r', '2', 'n');
    const full = editorOf(console).draft.places.find(
      ({ analyzer }) => analyzer.arn === analyzerAt(console, 'eu-west-1').arn,
    );
    assert.equal(full?.rules.length, 100);
    assert.match(remarksOf(console), /No room on eu-west-1\/external-access/);
    await focus(console, FOCUS.places);
    await console.keys('space');
    const row = selectPlaceRows(editorOf(console), [full]);
    assert.equal(row[0]?.rules, '100/100');
    assert.equal(row[0].may, 'by-name');
  });
});

test('an analyzer that is gone meanwhile is named, and the other one gets the rule', async () => {
  await withConsole(async (console) => {
    await markLogs(console);
    await rename(console, 'logs');
    const { arn } = analyzerAt(console, 'eu-west-1');
    console.emulator.estate.analyzers.delete(arn);
    await console.keys('enter');
    await confirm(console, /^Create archive rule logs/);
    assert.match(outcomeOf(console), /eu-west-1 .*(?:not found|does not exist|no analyzer|gone)/i);
    assert.ok(rulesAt(console, 'us-west-2').includes('logs'));
  });
});

test('a name that is taken is said while it is written, and refused before anything is sent', async () => {
  await withConsole(async (console) => {
    await markLogs(console);
    await rename(console, 'own-organization');
    assert.match(
      remarksOf(console),
      /The name own-organization is taken: eu-west-1\/external-access and 1 more/,
    );
    await console.keys('enter');
    assert.match(editorOf(console).problem ?? '', /has a rule own-organization already/);
    await rename(console, 'free-until-now');
    const { archiveRules } = analyzerAt(console, 'eu-west-1');
    const [known] = archiveRules.values();
    assert.ok(known !== undefined);
    archiveRules.set('free-until-now', { ...known, ruleName: 'free-until-now' });
    await console.keys('enter');
    await confirm(console, /^Create archive rule free-until-now/);
    assert.match(outcomeOf(console), /eu-west-1 .*already/);
  });
});

test('an edit goes where it is ticked, as a difference; a rule does not overlap with itself', async () => {
  await withConsole(async (console) => {
    await console.keys('2');
    const at = selectRuleRows(console.state()).findIndex(({ name }) => name === 'own-organization');
    await console.keys('g', ...Array<string>(at).fill('j'), 'E');
    const editor = editorOf(console);
    assert.deepEqual(
      editor.draft.sources.map(({ label }) => label),
      ['as in eu-west-1 and 1 more'],
      'the same in both Regions',
    );
    assert.equal(editor.chosen.size, 2);
    assert.deepEqual(editor.trial?.overlaps, []);
    await focusLastLine(console);
    await console.type('resourceType = AWS::IAM::Role');
    await console.keys('esc');
    assert.equal(editorOf(console).leaving, true, 'one esc does not lose what was written');
    await focus(console, FOCUS.places);
    await console.keys('space');
    await console.type('us-west-2');
    await console.keys('space', 'enter', 'enter');
    const said = await confirm(console, /^Set archive rule own-organization and apply$/);
    assert.ok(said.includes('+ resourceType = AWS::IAM::Role'), said.join('\n'));
    assert.ok(
      said.some((line) => line.startsWith('  condition.aws:PrincipalOrgID = ')),
      'what stays is shown',
    );
    const filterAt = (region: string) =>
      analyzerAt(console, region).archiveRules.get('own-organization')?.filter;
    assert.deepEqual(filterAt('eu-west-1')?.['resourceType'], { eq: ['AWS::IAM::Role'] });
    assert.equal(filterAt('us-west-2')?.['resourceType'], undefined);
  });
});

test('the findings scroll to the last one, however many they are', async () => {
  await withConsole(
    async (console) => {
      await filter(console, 'status:active type:external');
      await console.keys('n');
      const total = editorOf(console).trial?.wouldArchive ?? 0;
      assert.ok(total > 500, String(total));
      await focus(console, foundFocus(editorOf(console)));
      await console.keys('G');
      const { top, found } = editorOf(console);
      assert.equal(found.offset + found.rows.length, total);
      assert.ok(found.offset <= top);
      const seen = new Set(found.rows.map(({ id }) => id));
      while (editorOf(console).top > 0) {
        await console.keys('pgup');
        const { top: at, found: part } = editorOf(console);
        assert.ok(part.offset <= at && at < part.offset + part.rows.length, 'what is shown is loaded');
        for (const { id } of part.rows) seen.add(id);
      }
      assert.equal(seen.size, total);
    },
    [],
    { findings: 2000 },
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectAnalyzerDetail, selectAnalyzerRows } from '../../src/app/selectors/analyzers.ts';
import { selectFooter } from '../../src/app/selectors/footer.ts';
import { selectEntryLines, selectJournalRows } from '../../src/app/selectors/journal.ts';
import { selectDetail } from '../../src/app/selectors/detail.ts';
import { selectPalette } from '../../src/app/selectors/palette.ts';
import { aFinding, manyFindings, NOW } from './fakes/findings.ts';
import { beginJourney, openJourney } from './fakes/journey.ts';

test('1 to 5 and tab change the screen', async () => {
  const journey = await openJourney();
  for (const [chord, screen] of [
    ['2', 'rules'],
    ['3', 'analyzers'],
    ['4', 'overview'],
    ['5', 'journal'],
    ['1', 'findings'],
  ] as const) {
    await journey.keys(chord);
    assert.equal(journey.state().screen, screen);
  }
  await journey.keys('tab');
  assert.equal(journey.state().screen, 'rules');
  await journey.keys('shift+tab', 'shift+tab');
  assert.equal(journey.state().screen, 'journal');
  await journey.keys('esc');
  assert.equal(journey.state().screen, 'findings');
});

test('enter opens the detail and esc leaves it; J and K go through exposures under it', async () => {
  const journey = await openJourney();
  await journey.keys('enter');
  assert.equal(journey.state().detail.open, true);
  assert.equal(journey.state().detail.data?.row.resource, 'arn:aws:s3:::bucket-f001');
  await journey.keys('J');
  assert.equal(journey.state().detail.data?.row.resource, 'arn:aws:s3:::bucket-f002');
  await journey.keys('K', 'j');
  assert.equal(journey.state().detail.scroll, 1, 'j scrolls the text');
  await journey.keys('G');
  const { scroll } = journey.state().detail;
  await journey.keys('j');
  assert.equal(journey.state().detail.scroll, scroll, 'its last line stays at the bottom');
  await journey.keys('esc');
  assert.equal(journey.state().detail.open, false);
});

test('on a wide screen the detail follows the cursor, once the hand rests', async () => {
  const journey = await openJourney({ columns: 160 });
  assert.equal(journey.state().detail.data?.row.resource, 'arn:aws:s3:::bucket-f001');
  const before = journey.world.calls.filter((call) => call === 'exposure').length;
  await journey.press('jjjj');
  assert.equal(journey.state().detail.data?.row.resource, 'arn:aws:s3:::bucket-f005');
  const asked = journey.world.calls.filter((call) => call === 'exposure').length - before;
  assert.equal(asked, 1, 'rows that were only passed are not read');
});

test('beside the list the detail stays as it is until the one of the next row is there', async () => {
  const journey = await openJourney({ columns: 160 });
  await journey.keys('J');
  const before = journey.state().detail;
  assert.equal(before.scroll, 1);
  journey.store.input(['j']);
  assert.deepEqual(journey.state().detail, { ...before, exposureId: journey.state().list.cursorId });
  await journey.store.idle();
  assert.equal(journey.state().detail.data?.row.resource, 'arn:aws:s3:::bucket-f002');
  assert.equal(journey.state().detail.scroll, 0, 'another one is read from its beginning');
});

test('opened before the hand rests, the detail is that of the row under the cursor', async () => {
  const journey = await openJourney({ columns: 160 });
  journey.store.input(['j', 'enter']);
  assert.equal(journey.state().detail.data, undefined);
  assert.equal(selectDetail(journey.state())[0]?.lines[0]?.text, 'arn:aws:s3:::bucket-f002');
  await journey.store.idle();
  assert.equal(journey.state().detail.data?.row.resource, 'arn:aws:s3:::bucket-f002');
});

test('beside an empty list there is no detail', async () => {
  const journey = await openJourney({ columns: 160 });
  journey.store.dispatch({ kind: 'set-filter', text: 'nothing-is-called-so' });
  await journey.store.idle();
  assert.deepEqual(selectDetail(journey.state()), []);
});

test('a detail that cannot be read leaves no other one beside the row', async () => {
  const journey = await openJourney({ columns: 160 });
  journey.store.input(['j']);
  const problem = { kind: 'store-unusable', message: 'The store cannot be read.' } as const;
  journey.store.dispatch({ kind: 'effect-failed', effect: 'load-detail', problem });
  assert.equal(selectDetail(journey.state())[0]?.lines[0]?.text, 'arn:aws:s3:::bucket-f002');
});

test('a detail that comes late for another row is dropped', async () => {
  const journey = await openJourney({ columns: 160 });
  const before = journey.state();
  journey.store.dispatch({ kind: 'detail-loaded', exposureId: 'other', data: undefined, history: [] });
  assert.equal(journey.state(), before);
});

test('the journal lists entries, opens one, and z takes back the chosen one', async () => {
  const journey = await openJourney();
  for (let count = 0; count < 2; count++) {
    await journey.press('a');
    await journey.keys('enter');
  }
  await journey.keys('5');
  const rows = selectJournalRows(journey.state());
  assert.deepEqual(
    rows.map((row) => [row.id, row.title, row.outcome]),
    [
      [2, 'Archive 1 finding', '1 of 1'],
      [1, 'Archive 1 finding', '1 of 1'],
    ],
  );
  await journey.keys('j', 'enter');
  const lines = selectEntryLines(journey.state(), 300).map((line) => line.text);
  assert.ok(lines.some((line) => line.startsWith('aws accessanalyzer update-findings')));
  await journey.keys('z');
  assert.ok(journey.world.calls.includes('plan undo 1'));
  await journey.keys('enter');
  assert.equal(selectJournalRows(journey.state())[2]?.link, 'undone by #3');
});

test('the journal cursor follows its entry when another is written', async () => {
  const journey = await openJourney();
  await journey.press('a');
  await journey.keys('enter', '5');
  const entry = journey.state().journal.entries[0];
  assert.ok(entry);
  journey.fake.journal = [{ ...entry, id: 2 }, entry];
  await journey.refresh();
  assert.equal(journey.state().journal.entries[journey.state().journal.cursor]?.id, 1);
});

test('the analyzers screen shows every Region, unseen ones first, and why', async () => {
  const journey = beginJourney();
  journey.fake.regions = [
    ...journey.fake.regions,
    { profile: 'default', region: 'ap-south-1', status: 'not-enabled', at: NOW },
    {
      profile: 'default',
      region: 'eu-west-1',
      status: 'denied',
      at: NOW,
      error: 'You may not list analyzers here.',
    },
    { profile: 'default', region: 'eu-north-1', status: 'no-analyzer', at: NOW, lastOkAt: NOW },
  ];
  await journey.open();
  await journey.keys('3');
  const rows = selectAnalyzerRows(journey.state());
  assert.deepEqual(
    rows.map((row) => [row.region, row.statusText, row.cells.external.text]),
    [
      ['eu-west-1', 'denied', '?'],
      ['us-east-1', 'seen', '1 active'],
      ['ap-south-1', 'not enabled', ''],
      ['eu-north-1', 'no analyzer', 'none'],
    ],
  );
  assert.equal(selectAnalyzerDetail(journey.state())[0]?.text, 'You may not list analyzers here.');
  await journey.keys('j');
  assert.ok(selectAnalyzerDetail(journey.state()).some((line) => line.text === 'unused, internal'));
});

test('V shows a view: its filter, its sort, its name', async () => {
  const journey = await openJourney();
  await journey.keys('V');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind === 'menu' && dialog.menu.items.length, 10);
  await journey.keys('2');
  assert.equal(journey.state().viewName, 'Public now');
  assert.equal(journey.state().list.filterText, 'status:active public:yes');
  await journey.press('/');
  await journey.press('x');
  assert.equal(journey.state().viewName, undefined, 'a changed filter is no longer the view');
  await journey.keys('esc');
  assert.equal(journey.state().viewName, 'Public now');
});

test('the filter that esc goes back to is called what it was called at the start', async () => {
  const journey = await openJourney();
  assert.equal(journey.state().viewName, 'Active');
  await journey.press('/');
  await journey.press('public:no');
  await journey.keys('enter');
  assert.equal(journey.state().viewName, undefined);
  await journey.keys('esc');
  assert.equal(journey.state().viewName, 'Active');
});

test('a view is saved under a name, kept, and deleted', async () => {
  const journey = await openJourney();
  await journey.keys('V', 's');
  assert.equal(journey.state().dialog?.kind, 'save-view');
  await journey.keys('ctrl+u', 'enter');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind === 'save-view' && dialog.problem, 'A view needs a name.');
  await journey.press('mine');
  await journey.keys('enter');
  assert.deepEqual(journey.world.saved.views, ['mine']);
  assert.equal(journey.state().viewName, 'mine');
  await journey.keys('V', 'delete');
  assert.deepEqual(journey.world.saved.deleted, ['mine']);
  assert.equal(
    journey.state().views.some((view) => view.name === 'mine'),
    false,
  );
});

test('S sorts; the order in force again turns round', async () => {
  const journey = await openJourney();
  await journey.keys('S', 'n');
  assert.deepEqual(journey.state().list.sort, { key: 'resource', descending: false });
  await journey.keys('S', 'enter');
  assert.deepEqual(journey.state().list.sort, { key: 'resource', descending: true });
});

test('the palette finds, runs, and says why not', async () => {
  const journey = await openJourney();
  await journey.press(':');
  await journey.press('t');
  const first = journey.state().dialog;
  assert.equal(first?.kind === 'palette' && selectPalette(journey.state(), first)[0]?.id, 'theme');
  await journey.keys('ctrl+u');
  await journey.press('undo');
  await journey.keys('enter');
  assert.equal(journey.state().toast?.text, 'Nothing has been done yet.');
  assert.equal(journey.state().dialog?.kind, 'palette', 'it stays');
  await journey.keys('ctrl+u');
  await journey.press('show journal');
  await journey.keys('enter');
  assert.equal(journey.state().dialog, undefined);
  assert.equal(journey.state().screen, 'journal');
});

test('themes are tried on; esc puts the old one back, enter keeps the new one', async () => {
  const journey = await openJourney();
  await journey.keys('t', 'j');
  assert.equal(journey.state().themeName, 'dark');
  await journey.keys('esc');
  assert.equal(journey.state().themeName, 'default');
  await journey.keys('t', 'j', 'j', 'enter');
  assert.equal(journey.state().themeName, 'light');
  assert.equal(journey.world.saved.theme, 'light');
});

test('columns are chosen from a menu that stays', async () => {
  const journey = await openJourney();
  await journey.press(':');
  await journey.press('columns');
  await journey.keys('enter');
  await journey.keys('j', 'space');
  assert.equal(journey.state().list.columns?.includes('finding'), false);
  assert.equal(journey.state().dialog?.kind, 'menu');
});

test('y copies and says what', async () => {
  const journey = await openJourney();
  await journey.keys('y', 'a');
  assert.deepEqual(journey.world.copied, ['arn:aws:s3:::bucket-f001']);
  assert.equal(journey.state().toast?.text, 'Copied: Resource ARN.');
  await journey.keys('y', 'i');
  await journey.keys('y', 'c');
  await journey.keys('y', 'j');
  assert.equal(journey.world.copied[1], 'f001');
  assert.match(
    journey.world.copied[2] ?? '',
    /^aws accessanalyzer get-finding-v2 --analyzer-arn arn:.* --id f001 --region us-east-1$/,
  );
  assert.equal((JSON.parse(journey.world.copied[3] ?? '') as { id: string }).id, 'f001');
});

test('y copies of all that is marked, one a line, and says how many', async () => {
  const journey = await openJourney();
  await journey.keys('j', 'space', 'k', 'space', 'y');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind === 'menu' && dialog.menu.title, 'Copy of 2 marked rows');
  await journey.keys('i');
  assert.equal(journey.world.copied[0], 'f002\nf001', 'in the order of the marks');
  assert.equal(journey.state().toast?.text, 'Copied: Finding ids (2).');
  for (const item of ['a', 'c', 'l', 'j']) await journey.keys('y', item);
  const [, arns, commands, links, json] = journey.world.copied;
  assert.equal(arns, 'arn:aws:s3:::bucket-f002\narn:aws:s3:::bucket-f001');
  assert.match(commands ?? '', /--id f002 .*\naws accessanalyzer .*--id f001 /);
  assert.equal(links?.split('\n').length, 2);
  assert.deepEqual(
    (JSON.parse(json ?? '') as { id: string }[]).map(({ id }) => id),
    ['f002', 'f001'],
  );
});

test('y closes an open range first, and copies JSON of one marked row as an array', async () => {
  const journey = await openJourney();
  await journey.keys('v', 'j', 'j', 'y', 'i');
  assert.equal(journey.world.copied[0], 'f001\nf002\nf003');
  await journey.keys('esc', 'space', 'y', 'j');
  assert.equal((JSON.parse(journey.world.copied[1] ?? '') as unknown[]).length, 1);
});

test('y leaves out what the filter hides, and says so', async () => {
  const journey = await openJourney();
  await journey.keys('space', 'j', 'space', '/');
  await journey.press(' bucket-f002');
  await journey.keys('enter', 'y');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind === 'menu' && dialog.menu.title, 'Copy of 1 marked row (1 hidden left out)');
  await journey.keys('i');
  assert.equal(journey.world.copied[0], 'f002');
});

test('y refuses more than a clipboard takes, and says what to do', async () => {
  const journey = await openJourney({ findings: manyFindings(2_001) });
  await journey.keys('*', 'y');
  assert.equal(journey.state().dialog, undefined);
  assert.match(journey.state().toast?.text ?? '', /^More than 2,000 findings are marked/);
  assert.match(journey.state().toast?.hint ?? '', /marked:yes/);
});

test('o shows links and enter copies one', async () => {
  const journey = await openJourney();
  await journey.keys('o');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'menu');
  await journey.keys('j', 'enter');
  assert.match(
    journey.world.copied[0] ?? '',
    /^https:\/\/us-east-1\.console\.aws\.amazon\.com\/access-analyzer/,
  );
});

test('e writes what is shown', async () => {
  const journey = await openJourney();
  await journey.keys('e', 'c');
  assert.equal(journey.state().toast?.text, 'Wrote 40 findings to /tmp/findings.csv.');
});

test('? shows help and closes it', async () => {
  const journey = await openJourney();
  await journey.keys('?', 'G');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind === 'help' && dialog.scroll > 0, true);
  await journey.keys('?');
  assert.equal(journey.state().dialog, undefined);
});

test('footers show what can be done here', async () => {
  const journey = await openJourney();
  const labels = () => selectFooter(journey.state()).hints.map((hint) => `${hint.key} ${hint.label}`);
  assert.deepEqual(labels().slice(0, 5), ['a archive', 'r resolve', 'p policy', 'n rule', '/ filter']);
  const muted = selectFooter(journey.state()).hints.filter((hint) => hint.disabled);
  assert.deepEqual(
    muted.map((hint) => hint.label),
    ['policy'],
    'not for this row, but in its place for the next',
  );
  assert.equal(selectFooter(journey.state()).position, '1 of 40');
  await journey.press(' ');
  assert.equal(selectFooter(journey.state()).marked, '1 marked');
  assert.deepEqual(labels().slice(0, 4), ['a archive', 'u unarchive', 'n rule', 'esc unmark']);
  await journey.keys('v');
  assert.ok(labels().includes('esc leave range'));
});

test('enter on a Region shows its active findings, where any could be seen', async () => {
  const journey = beginJourney();
  const at = { profile: 'default', region: 'eu-south-1', status: 'denied', at: NOW } as const;
  journey.fake.regions = [...journey.fake.regions, at];
  await journey.open();
  const labels = () => selectFooter(journey.state()).hints.map((hint) => `${hint.key} ${hint.label}`);
  await journey.keys('3');
  assert.equal(labels()[0], 'ctrl+r sync');
  await journey.keys('enter');
  assert.equal(journey.state().toast?.text, 'No findings of this Region are known.');
  await journey.keys('j');
  assert.equal(labels()[0], 'enter findings');
  await journey.keys('enter');
  assert.equal(journey.state().screen, 'findings');
  assert.match(journey.state().list.filterText, /^status:active region:[a-z]+-[a-z]+-\d$/);
  await journey.keys('4', 'enter');
  assert.equal(journey.state().toast?.text, 'There is nothing to open here.');
});

test('why a key did nothing is said until the next key, on whatever screen', async () => {
  for (const next of ['4', 'j', ':']) {
    const journey = await openJourney();
    await journey.keys('3', 'p');
    assert.equal(journey.state().toast?.kind, 'refusal');
    await journey.keys(next);
    assert.equal(journey.state().toast, undefined, next);
  }
});

test('the footer of a detail offers to archive what is active, and to unarchive what is archived', async () => {
  const findings = [aFinding('f1'), aFinding('f2', { resource: 'arn:aws:s3:::other', status: 'ARCHIVED' })];
  const journey = await openJourney({ findings, mode: { homeFilter: '' } });
  const offered = () =>
    selectFooter(journey.state())
      .hints.map(({ label }) => label)
      .filter((label) => /archive/.test(label));
  await journey.keys('enter');
  assert.deepEqual(offered(), ['archive']);
  await journey.keys('J');
  assert.deepEqual(offered(), ['unarchive']);
});

test('a terminal that is too small takes no commands but quitting', async () => {
  const journey = await openJourney();
  journey.store.dispatch({ kind: 'resize', columns: 40, rows: 8 });
  await journey.press('a');
  assert.equal(journey.state().dialog, undefined);
  journey.store.dispatch({ kind: 'resize', columns: 80, rows: 24 });
  await journey.store.idle();
  await journey.press('a');
  assert.equal(journey.state().dialog?.kind, 'confirm');
});

test('a resize keeps the cursor on the screen', async () => {
  const journey = await openJourney({ rows: 40 });
  await journey.press('j'.repeat(30));
  journey.store.dispatch({ kind: 'resize', columns: 80, rows: 16 });
  await journey.store.idle();
  const { list } = journey.state();
  assert.equal(list.cursor, 30);
  assert.ok(list.top <= 30 && 30 < list.top + 10);
});

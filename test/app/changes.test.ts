import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectConfirm, selectConfirmLines } from '../../src/app/selectors/confirm.ts';
import { selectFooter } from '../../src/app/selectors/footer.ts';
import { entryLines } from '../../src/app/selectors/journal.ts';
import {
  canTakeBack,
  outcomeLines,
  selectOfferedEntry,
  selectOutcome,
  selectRecovered,
} from '../../src/app/selectors/outcome.ts';
import { doneText } from '../../src/app/update/change.ts';
import type { JournalEntry } from '../../src/domain/journal.ts';
import { succeed } from '../../src/domain/problem.ts';
import { planArchive } from '../../src/triage/plan-archive.ts';
import { trustedFromOutside, trustPlan } from './fakes/advice.ts';
import { aFinding, manyFindings, NOW } from './fakes/findings.ts';
import { aState, openJourney } from './fakes/journey.ts';

type Journey = Awaited<ReturnType<typeof openJourney>>;

/** A dialog may only be confirmed by a test that has looked at what it says. */
async function confirmAfter(journey: Journey, title: RegExp): Promise<void> {
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'confirm');
  assert.match(selectConfirm(dialog).title, title);
  await journey.keys('enter');
}

const runs = (journey: Journey): string[] => journey.world.calls.filter((call) => call.startsWith('run'));
const statusOf = (journey: Journey, id: string) =>
  journey.fake.findings.find((finding) => finding.id === id)?.status;

test('a asks, enter archives, the list and the journal follow', async () => {
  const journey = await openJourney();
  await journey.press('a');
  assert.deepEqual(runs(journey), [], 'nothing was sent yet');
  await confirmAfter(journey, /^Archive 1 finding$/);
  assert.equal(statusOf(journey, 'f001'), 'ARCHIVED');
  assert.equal(journey.state().toast?.text, 'Archived 1 finding.');
  assert.equal(journey.state().list.counts?.exposures, 39);
  assert.equal(journey.under(), 'f002');
  assert.equal(journey.state().journal.entries.length, 1);
  assert.equal(journey.state().running, undefined);
});

test('esc leaves the dialog and changes nothing', async () => {
  const journey = await openJourney();
  await journey.press('a');
  await journey.keys('esc');
  assert.equal(journey.state().dialog, undefined);
  assert.deepEqual(runs(journey), []);
});

test('a typed reason goes with the plan', async () => {
  const journey = await openJourney();
  await journey.press('a');
  await journey.press('known partner');
  await confirmAfter(journey, /Archive 1/);
  assert.equal(journey.state().journal.entries[0]?.reason, 'known partner');
});

test('archiving something public names it and asks for a typed word', async () => {
  const journey = await openJourney({
    findings: [aFinding('pub', { isPublic: true, principal: { AWS: '*' } })],
  });
  await journey.press('a');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'confirm');
  const content = selectConfirm(dialog);
  assert.ok(content.lines.some((line) => line.text === 'It is PUBLIC:'));
  assert.ok(content.lines.some((line) => line.text === '  arn:aws:s3:::bucket-pub'));
  await journey.keys('enter', 'enter');
  assert.deepEqual(runs(journey), [], 'enter alone is not enough');
  const asked = journey.state().dialog;
  assert.match((asked?.kind === 'confirm' && asked.problem) || '', /Type archive to go on/);
  await journey.press('archive');
  await confirmAfter(journey, /Archive 1/);
  assert.equal(statusOf(journey, 'pub'), 'ARCHIVED');
});

test('one public finding of two is counted', async () => {
  const journey = await openJourney({ findings: [aFinding('pub', { isPublic: true }), aFinding('other')] });
  await journey.press('*');
  await journey.press('a');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'confirm');
  assert.ok(selectConfirm(dialog).lines.some((line) => line.text === '1 of them is PUBLIC:'));
});

test('what is confirmed is never cut: a long ARN goes on below its beginning, and the dialog scrolls to its end', async () => {
  const resource = `arn:aws:rds:us-east-1:567890123456:snapshot:customers-${'x'.repeat(60)}-end`;
  const finding = aFinding('pub', { isPublic: true, resource, resourceType: 'AWS::RDS::DBSnapshot' });
  const journey = await openJourney({ findings: [finding], columns: 60, rows: 13 });
  await journey.press('a');
  const { dialog, viewport } = journey.state();
  assert.equal(dialog?.kind, 'confirm');
  const lines = selectConfirmLines(dialog, viewport);
  const shown = lines.filter(({ tone }) => tone === 'public').slice(1);
  assert.ok(shown.length > 1);
  assert.ok(shown.every(({ text }) => /^ {2}\S/.test(text) && text.length <= 52));
  assert.equal(shown.map(({ text }) => text.slice(2)).join(''), resource);
  await journey.keys(...lines.map(() => 'down'));
  const scrolled = journey.state().dialog;
  assert.equal(scrolled?.kind === 'confirm' && scrolled.scroll, lines.length - 3);
});

test('tab goes from reason to typed word and back', async () => {
  const journey = await openJourney({ findings: [aFinding('pub', { isPublic: true })] });
  await journey.press('a');
  const focus = () => {
    const { dialog } = journey.state();
    return dialog?.kind === 'confirm' ? dialog.focus : undefined;
  };
  assert.equal(focus(), 'reason');
  await journey.keys('tab');
  assert.equal(focus(), 'typed');
  await journey.keys('tab');
  assert.equal(focus(), 'reason');
});

test('marks are acted on together and go when it is done', async () => {
  const journey = await openJourney();
  await journey.press(' j j ');
  await journey.press('a');
  await confirmAfter(journey, /^Archive 3 findings$/);
  assert.equal(journey.state().toast?.text, 'Archived 3 findings.');
  assert.equal(journey.state().marks.ids.size, 0);
});

test('twins in other Regions go with the row, and the dialog counts them per Region', async () => {
  const resource = 'arn:aws:iam::123456789012:role/partner';
  const twin = (id: string, region: string) =>
    aFinding(id, { region, resource, resourceType: 'AWS::IAM::Role' });
  const journey = await openJourney({ findings: [twin('a', 'us-east-1'), twin('b', 'eu-west-1')] });
  assert.equal(journey.state().list.counts?.exposures, 1);
  await journey.press('a');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'confirm');
  const lines = selectConfirm(dialog).lines.map((line) => `${line.label ?? ''} ${line.text}`.trim());
  assert.deepEqual(lines, [
    'role partner · 444455556666 · GetObject',
    '2 requests in 2 Regions',
    '',
    'eu-west-1 main · 1 finding',
    'us-east-1 main · 1 finding',
  ]);
});

test('a scan names its resources, but no more of them than a person reads', async () => {
  const findings = Array.from({ length: 1_501 }, (_, at) =>
    aFinding(`s${at}`, { resource: `arn:aws:s3:::bucket-${at}` }),
  );
  const journey = await openJourney({ findings });
  await journey.press('*');
  await journey.press('s');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'confirm');
  const { lines } = selectConfirm(dialog);
  assert.equal(lines.filter(({ tone }) => tone === 'muted').length, 501);
  assert.equal(lines.at(-1)?.text, 'and 1,001 more');
});

test('what cannot be archived is said instead of an empty dialog', async () => {
  const journey = await openJourney({
    findings: [aFinding('r', { status: 'RESOLVED' })],
    mode: { homeFilter: '' },
  });
  await journey.press('a');
  assert.equal(journey.state().dialog, undefined);
  assert.match(journey.state().toast?.text ?? '', /^Nothing to do\. .*RESOLVED/);
});

test('one finding that was refused is not several', async () => {
  const journey = await openJourney();
  journey.world.refused.add('f001');
  await journey.press('a');
  await confirmAfter(journey, /Archive 1/);
  const entry = journey.state().journal.entries[0];
  assert.ok(entry !== undefined);
  assert.match(outcomeLines(entry)[0]?.text ?? '', /^0 of 1 finding is as wanted\./);
});

test('a request whose answer is lost is not said to have failed', () => {
  const change = { kind: 'start-resource-scan', resourceArn: 'arn:x', resourceOwnerAccount: '1' } as const;
  const place = { profile: 'default', region: 'eu-west-1', analyzerArn: 'arn:a', command: '', change };
  const entry: JournalEntry = {
    id: 1,
    at: NOW,
    kind: 'rule',
    title: 'Create archive rule r',
    state: 'partial',
    by: '1@test',
    operations: [
      { ...place, index: 0, clientToken: 'a', state: 'sent', error: 'It could not be read back.' },
      { ...place, index: 1, clientToken: 'b', state: 'done', outcomes: [] },
    ],
  };
  const lines = outcomeLines(entry).map(({ text }) => text);
  assert.ok(lines.includes('It could not be read back.'), lines.join());
  assert.doesNotMatch(lines.join(), /failed/);
  assert.ok(canTakeBack({ ...aState(), journal: { ...aState().journal, entries: [entry] } }, 1));
});

test('what others had done already is not said to be done, nor offered to be taken back', async () => {
  const journey = await openJourney();
  await journey.press(' j ');
  await journey.press('a');
  await confirmAfter(journey, /Archive 2/);
  const entry = journey.state().journal.entries[0];
  assert.ok(entry !== undefined);
  const finish = (already: number): string => {
    let left = already;
    const operations = entry.operations.map((operation) => ({
      ...operation,
      outcomes: (operation.outcomes ?? []).map((one) =>
        left-- > 0 ? { ...one, outcome: 'already' as const } : one,
      ),
    }));
    journey.store.dispatch({ kind: 'change-finished', result: succeed({ ...entry, operations }) });
    const { toast } = journey.state();
    return `${toast?.text ?? ''} ${toast?.hint ?? ''}`.trim();
  };
  assert.equal(finish(0), 'Archived 2 findings. z takes it back');
  assert.equal(finish(1), 'Archived 1 finding, 1 was so already. z takes it back');
  assert.equal(finish(2), 'Nothing was left to do: 2 findings were so already.');
});

test('a partial failure shows an outcome for every finding, the failed first', async () => {
  const journey = await openJourney();
  journey.world.refused.add('f002');
  await journey.press(' j ');
  await journey.press('a');
  await confirmAfter(journey, /Archive 2/);
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'outcome');
  const { lines } = selectOutcome(journey.state(), dialog.entryId);
  assert.equal(lines[0]?.text, '1 of 2 findings are as wanted.');
  assert.match(lines[1]?.text ?? '', /f002 refused \(read back: ACTIVE\): AccessDenied/);
  await journey.keys('enter');
  assert.equal(journey.state().dialog, undefined);
});

test('z is not offered where nothing was changed: neither below the outcome nor in the journal', async () => {
  const journey = await openJourney();
  journey.world.refused.add('f001');
  await journey.press('a');
  await confirmAfter(journey, /Archive 1/);
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'outcome');
  assert.ok(!canTakeBack(journey.state(), dialog.entryId));
  await journey.keys('z');
  assert.equal(journey.state().dialog, dialog);
  await journey.keys('enter', '5');
  const hints = selectFooter(journey.state()).hints.map(({ label }) => label);
  assert.ok(!hints.includes('undo'), hints.join());
  await journey.keys('z');
  assert.equal(journey.state().toast?.text, 'Entry 1 changed nothing: there is nothing to undo.');
});

test('z is offered for what is not known', () => {
  const plan = planArchive({ findings: [aFinding('a')], to: 'ARCHIVED' });
  const operations = plan.operations.map((operation, index) => {
    const wish = { ref: aFinding('a'), before: 'ACTIVE', wanted: 'ARCHIVED' } as const;
    const outcomes = [{ ...wish, outcome: 'unknown' } as const];
    return { ...operation, index, clientToken: 't', state: 'failed', outcomes } as const;
  });
  const entry: JournalEntry = { ...interrupted, state: 'failed', operations };
  const state = aState({}, { screen: 'journal' });
  const shown = { ...state, journal: { ...state.journal, entries: [entry] } };
  assert.ok(canTakeBack(shown, entry.id));
  assert.ok(selectFooter(shown).hints.some(({ label }) => label === 'undo'));
});

test('an outcome does not take the keys of a filter being typed', async () => {
  const journey = await openJourney();
  journey.world.refused.add('f001');
  const gate = Promise.withResolvers<void>();
  journey.world.gates.set('run', gate.promise);
  await journey.press('a');
  journey.store.input(['enter']);
  await Promise.resolve();
  journey.store.input('/');
  gate.resolve();
  await journey.store.idle();
  assert.equal(journey.state().dialog, undefined);
  assert.equal(journey.state().toast?.kind, 'error');
  assert.equal(journey.state().toast?.hint, '5 shows what failed');
});

test('while a change runs another is refused, and q says why', async () => {
  const journey = await openJourney();
  const gate = Promise.withResolvers<void>();
  journey.world.gates.set('run', gate.promise);
  await journey.press('a');
  journey.store.dispatch({ kind: 'say', toast: { kind: 'info', text: 'Copied.' } });
  journey.store.input(['enter']);
  assert.equal(journey.state().toast, undefined, 'what was said before does not hide the progress');
  await Promise.resolve();
  journey.store.input('a');
  assert.match(journey.state().toast?.text ?? '', /Wait for "Archive 1 finding"/);
  await Promise.resolve();
  journey.store.input('q');
  assert.equal(journey.state().quit, undefined);
  assert.match(journey.state().toast?.text ?? '', /under way/);
  gate.resolve();
  await journey.store.idle();
  await journey.press('q');
  assert.deepEqual(journey.state().quit, { exitCode: 0 });
});

test('u makes active again', async () => {
  const journey = await openJourney({
    findings: [aFinding('x', { status: 'ARCHIVED' })],
    mode: { homeFilter: 'status:archived' },
  });
  await journey.press('u');
  await confirmAfter(journey, /^Unarchive 1 finding$/);
  assert.equal(statusOf(journey, 'x'), 'ACTIVE');
});

test('z takes back, Z does it again', async () => {
  const journey = await openJourney();
  await journey.press('a');
  await confirmAfter(journey, /Archive/);
  await journey.press('z');
  await confirmAfter(journey, /^undo 1$/);
  assert.equal(statusOf(journey, 'f001'), 'ACTIVE');
  assert.equal(journey.state().toast?.text, 'Took back 1 finding.');
  await journey.press('Z');
  await confirmAfter(journey, /^redo 2$/);
  assert.equal(statusOf(journey, 'f001'), 'ARCHIVED');
});

test('an entry names the one that it belongs to as an entry, not as a bare number', async () => {
  const journey = await openJourney();
  await journey.press('a');
  await confirmAfter(journey, /Archive/);
  const [entry] = journey.state().journal.entries;
  assert.ok(entry !== undefined);
  const said = (over: Partial<JournalEntry>) => entryLines({ ...entry, ...over })[3]?.text;
  assert.equal(said({ kind: 'redo', of: 1 }), 'repeats entry 1');
  assert.equal(said({ kind: 'undo', of: 1 }), 'takes back entry 1');
  assert.equal(said({ undoneBy: 2 }), 'undone by entry 2');
});

test('with nothing done, z and Z say so', async () => {
  const journey = await openJourney();
  await journey.press('z');
  assert.equal(journey.state().toast?.text, 'Nothing has been done yet.');
  await journey.press('Z');
  assert.equal(journey.state().toast?.text, 'Nothing was taken back.');
});

test('a long dialog is read to its end and back with the keys of a list, where nothing is written in it', async () => {
  const findings = Array.from({ length: 60 }, (_, at) =>
    aFinding(`f${at}`, { resource: `arn:aws:s3:::b${at}` }),
  );
  const journey = await openJourney({ findings });
  await journey.keys('*', 's');
  const scroll = (): number => {
    const { dialog } = journey.state();
    assert.equal(dialog?.kind, 'confirm');
    return dialog.scroll;
  };
  await journey.keys('j', 'j', 'k');
  assert.equal(scroll(), 1);
  await journey.keys('G');
  const end = scroll();
  assert.ok(end > 20);
  await journey.keys('pgdown');
  assert.equal(scroll(), end);
  await journey.keys('g');
  assert.equal(scroll(), 0);
  await journey.keys('esc', 'a', 'G', 'pgdown');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind === 'confirm' && dialog.reason.text, 'G', 'a letter of the reason');
});

test('s asks for a scan of external access, and says why not for the rest', async () => {
  const unused = aFinding('role', { findingType: 'UnusedIAMRole', resourceType: 'AWS::IAM::Role' });
  const journey = await openJourney({ findings: [aFinding('x'), unused] });
  await journey.press('s');
  await confirmAfter(journey, /^Scan 1 resource again$/);
  assert.ok(
    journey.world.calls.some((call) => call.startsWith('prove')),
    'and waits for the answer',
  );
  await journey.press('j');
  await journey.press('s');
  assert.match(journey.state().toast?.text ?? '', /Only external access/);
});

test('read-only refuses every command that mutates, and says so', async () => {
  const journey = await openJourney({ mode: { readOnly: true } });
  for (const chord of ['a', 'u', 's', 'z', 'Z']) {
    await journey.keys(chord);
    assert.equal(journey.state().toast?.text, 'Read-only mode: nothing in AWS is changed.', chord);
    assert.equal(journey.state().dialog, undefined);
  }
});

test('offline refuses changes and syncs, and asks nothing of AWS at start', async () => {
  const journey = await openJourney({ mode: { offline: true } });
  assert.equal(
    journey.world.calls.some((call) => call === 'sync' || call === 'recover'),
    false,
  );
  await journey.press('a');
  assert.match(journey.state().toast?.text ?? '', /^Offline/);
  await journey.keys('ctrl+r');
  assert.match(journey.state().toast?.text ?? '', /^Offline/);
});

test('a plan that cannot be made says why', async () => {
  const journey = await openJourney();
  journey.world.gates.set('plan', Promise.reject(new Error('no such table')));
  await journey.press('a');
  assert.equal(journey.state().dialog, undefined);
  assert.match(journey.state().toast?.text ?? '', /no such table/);
});

const interrupted: JournalEntry = {
  id: 7,
  at: NOW,
  kind: 'archive',
  title: 'Archive 3 findings',
  state: 'partial',
  by: 'dead',
  operations: [],
};

test('what a dead program left in flight is said at start, and can be finished or undone', async () => {
  const { beginJourney } = await import('./fakes/journey.ts');
  const journey = beginJourney();
  journey.world.interrupted = [{ entry: interrupted }];
  await journey.open();
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'recovered');
  assert.match(
    selectRecovered(dialog.recoveries, journey.state().viewport)[0]?.text ?? '',
    /Archive 3 findings was in flight/,
  );
  await journey.press('f');
  assert.ok(journey.world.calls.includes('plan finish 7'));
});

test('an interrupted change that could not be read back yet is neither finished nor undone, and says why', async () => {
  const { beginJourney } = await import('./fakes/journey.ts');
  const journey = beginJourney();
  const unread = { kind: 'unreachable', message: 'No route to host.' } as const;
  journey.world.interrupted = [{ entry: { ...interrupted, state: 'running' }, unread }];
  await journey.open();
  const { dialog, viewport } = journey.state();
  assert.equal(dialog?.kind, 'recovered');
  const said = selectRecovered(dialog.recoveries, viewport).map(({ text }) => text);
  assert.match(said.join(' '), /could be read back yet: No route to host\./);
  assert.match(said.join(' '), /It stays open: start again/);
  assert.equal(selectOfferedEntry(journey.state(), dialog.recoveries), undefined);
  await journey.press('f');
  await journey.press('u');
  assert.equal(journey.state().dialog?.kind, 'recovered');
  assert.deepEqual(
    journey.world.calls.filter((call) => call.startsWith('plan')),
    [],
  );
});

test('what was read back of an interrupted change is counted in its own units', () => {
  const said = (operations: JournalEntry['operations']): string | undefined =>
    selectRecovered([{ entry: { ...interrupted, operations } }], { columns: 120, rows: 30 })[1]?.text;
  const [step] = trustPlan(trustedFromOutside()).operations;
  assert.ok(step !== undefined);
  const sent = { ...step, clientToken: 't' };
  assert.equal(
    said([
      { ...sent, index: 0, state: 'done' },
      { ...sent, index: 1, state: 'skipped' },
    ]),
    'Read back from IAM: 1 of 2 steps done.',
  );
  const scan = {
    kind: 'start-resource-scan',
    resourceArn: 'arn:aws:s3:::b',
    resourceOwnerAccount: '',
  } as const;
  assert.equal(
    said([{ ...sent, change: scan, index: 0, state: 'failed' }]),
    'Read back from AWS: 0 of 1 request done.',
  );
});

test('in read-only mode an interrupted change is shown but not finished', async () => {
  const { beginJourney } = await import('./fakes/journey.ts');
  const journey = beginJourney({ findings: manyFindings(2), mode: { readOnly: true } });
  journey.world.interrupted = [{ entry: interrupted }];
  await journey.open();
  await journey.press('f');
  assert.equal(journey.world.calls.includes('plan finish 7'), false);
  await journey.keys('esc');
  assert.equal(journey.state().dialog, undefined);
});

test('the end of a rule says in a few words what it moved', () => {
  const plan = planArchive({ findings: [aFinding('a'), aFinding('b')], to: 'ARCHIVED' });
  const moved = (wanted: 'ARCHIVED' | 'ACTIVE') => {
    const wish = { ref: aFinding('a'), before: 'ACTIVE', wanted, outcome: 'changed' } as const;
    return plan.operations.map((operation, index) => ({
      ...operation,
      index,
      clientToken: 't',
      state: 'done' as const,
      outcomes: [wish, wish],
    }));
  };
  const rule: JournalEntry = { ...interrupted, kind: 'rule', state: 'done', operations: moved('ARCHIVED') };
  assert.equal(doneText(rule), 'Rule done: 2 findings archived.');
  assert.equal(doneText({ ...rule, operations: moved('ACTIVE') }), 'Rule done: 2 findings active again.');
  assert.equal(
    doneText({ ...rule, title: 'Delete archive rule x', operations: [] }),
    'Delete archive rule x: done.',
  );
});

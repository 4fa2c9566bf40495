import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectCountsText, selectEmptyReason, selectUnseen } from '../../../src/app/selectors/summary.ts';
import type { AppState } from '../../../src/app/state.ts';
import { fail, succeed } from '../../../src/domain/problem.ts';
import { REPORT } from '../fakes/fake-services.ts';
import { aFinding, NOW } from '../fakes/findings.ts';
import { formatMessage } from '../../../src/ui/chrome/format-message.ts';
import { lineText } from '../../../src/ui/line.ts';
import { beginJourney, openJourney } from '../fakes/journey.ts';

const denied = { profile: 'default', region: 'eu-west-1', status: 'denied', at: NOW } as const;

const said = (state: AppState): string => {
  const reason = selectEmptyReason(state);
  return reason === undefined ? '' : [reason.title, ...reason.lines].join('\n');
};

test('a list with rows needs no reason, one that is not known yet has none', async () => {
  assert.equal(selectEmptyReason(beginJourney().state()), undefined);
  assert.equal(selectEmptyReason((await openJourney()).state()), undefined);
});

test('a zero says what was not seen', async () => {
  const journey = beginJourney();
  journey.fake.regions = [...journey.fake.regions, denied];
  await journey.open();
  await journey.press('/');
  await journey.press('nothing-like-it');
  assert.equal(selectCountsText(journey.state()), '0 exposures · 1 Region not seen');
  assert.match(said(journey.state()), /^Nothing matches the filter\.\n1 Region could not be seen/);
  await journey.keys('enter');
  assert.match(said(journey.state()), /esc clears the filter/);
});

test('of how many findings only details could tell is said, in an empty list and below another', async () => {
  const unused = (id: string) =>
    aFinding(id, { findingType: 'UnusedIAMRole', resource: `arn:aws:iam::1:role/${id}` });
  const journey = await openJourney({ findings: [unused('f1'), unused('f2'), aFinding('f3')] });
  const { state } = journey;
  const line = () => lineText(formatMessage(state(), 100));
  const filterBy = async (text: string): Promise<void> => {
    await journey.keys('/', 'ctrl+u');
    await journey.press(text);
    await journey.keys('enter');
  };
  const sentence = /Not known of 2 findings: their details come as they are shown\./;
  await filterBy('used:never');
  assert.match(said(state()), sentence);
  await filterBy('used:never or type:external');
  assert.equal(said(state()), '');
  assert.match(line(), sentence);
  await filterBy('type:unused-role');
  assert.equal(line(), '');
});

test('the first look at AWS says that it is one, and how far it is', async () => {
  const journey = beginJourney({ findings: [] });
  journey.fake.lastSyncAt = undefined;
  const gate = Promise.withResolvers<void>();
  journey.world.onSync = (progress) => {
    const running = { profile: 'default', region: 'us-east-1', state: 'running', findings: 7 } as const;
    progress({ fraction: 0.25, findings: 7, regions: [running] });
    return gate.promise;
  };
  journey.store.dispatch({ kind: 'opened' });
  await new Promise((resolve) => setImmediate(resolve));
  assert.match(said(journey.state()), /First look at AWS.*\n25 % · 7 findings so far\nnow: us-east-1/);
  gate.resolve();
  await journey.store.idle();
});

test('without credentials it says how to get some, and that there is a demo', async () => {
  const journey = beginJourney({ findings: [] });
  journey.fake.lastSyncAt = undefined;
  journey.world.syncResult = fail({
    kind: 'no-credentials',
    message: 'There are no AWS credentials.',
    hint: 'aws configure',
  });
  await journey.open();
  const text = said(journey.state());
  assert.match(text, /^There are no AWS credentials\.\naws configure/);
  assert.match(text, /ctrl\+r/);
  assert.match(text, /iam-triage --demo/);
});

test('a login that fails for a whole profile is a failed sync, not an empty success', async () => {
  const journey = beginJourney({ findings: [] });
  journey.fake.lastSyncAt = undefined;
  const expired = {
    kind: 'expired-credentials',
    message: 'The login has expired.',
    hint: 'aws sso login',
  } as const;
  const report = {
    findings: 0,
    analyzers: 0,
    requests: 1,
    durationMs: 1,
    regions: [],
    notes: [],
    fixes: [],
    problems: [expired],
  };
  journey.world.syncResult = { ok: true, value: report };
  await journey.open();
  assert.equal(journey.state().sync.kind, 'failed');
  assert.match(said(journey.state()), /The login has expired\./);
});

test('offline with an empty store it says so', async () => {
  const journey = beginJourney({ findings: [], mode: { offline: true } });
  journey.fake.regions = [];
  journey.fake.lastSyncAt = undefined;
  await journey.open();
  assert.match(said(journey.state()), /offline nothing is asked of AWS/);
});

test('no analyzer anywhere is the reason, not good news', async () => {
  const journey = await openJourney({ findings: [] });
  assert.match(said(journey.state()), /without one AWS finds nothing/);
});

test('where no Region could be seen, nothing is said of its analyzers', async () => {
  const journey = beginJourney({ findings: [] });
  journey.fake.regions = [denied];
  await journey.open();
  assert.match(said(journey.state()), /1 Region could not be seen/);
  assert.doesNotMatch(said(journey.state()), /without one AWS finds nothing/);
});

test('where every Region failed alike, the cause is said once, and the filter is not to blame', async () => {
  const journey = beginJourney({ findings: [] });
  const error = 'AWS cannot be reached: it refuses connections.';
  const failed = { ...denied, status: 'failed', error, hint: 'Check the network.' } as const;
  const other = { ...failed, region: 'us-west-1', error: 'Something else.' };
  const regions = [other, failed, { ...failed, region: 'us-east-1' }];
  journey.fake.regions = regions;
  journey.fake.lastSyncAt = undefined;
  journey.world.syncResult = succeed({ ...REPORT, analyzers: 0, regions });
  await journey.open();
  assert.equal(said(journey.state()), `${error}\nCheck the network.\nctrl+r tries again.`);
  assert.equal(journey.state().sync.kind, 'failed');
  assert.equal(journey.state().toast?.text, error);

  const later = beginJourney({ findings: [], mode: { offline: true } });
  later.fake.regions = regions;
  await later.open();
  assert.match(said(later.state()), /^AWS cannot be reached: .*\n.*\nStart without --offline/);
});

test('a first look that saw no Region says so, and not that nobody has looked', async () => {
  const journey = beginJourney({ findings: [] });
  journey.fake.regions = [denied];
  journey.fake.lastSyncAt = undefined;
  await journey.open();
  assert.match(said(journey.state()), /1 Region could not be seen/);
  assert.doesNotMatch(said(journey.state()), /The store is empty/);
});

test('Regions that failed are counted, those that are off are not', async () => {
  const journey = beginJourney();
  journey.fake.regions = [
    denied,
    { ...denied, region: 'eu-north-1', status: 'throttled' },
    { ...denied, region: 'ap-east-1', status: 'not-enabled' },
  ];
  await journey.open();
  assert.equal(selectUnseen(journey.state()), '2 Regions not seen');
});

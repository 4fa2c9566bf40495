/** The Rules screen without services: rules are listed at once, what they do is counted and comes when it comes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectFooter } from '../../src/app/selectors/footer.ts';
import { selectRuleLines } from '../../src/app/selectors/rule-view.ts';
import { selectRuleDetail, selectRuleRows, selectRuleUnder } from '../../src/app/selectors/rules.ts';
import type { AppState } from '../../src/app/state.ts';
import { createStore } from '../../src/app/store.ts';
import { update } from '../../src/app/update.ts';
import type { ArchiveRule } from '../../src/domain/archive-rule.ts';
import { manyExposures, stateWith } from '../ui/fixture.ts';
import { OPEN_RULE, RULES } from '../ui/rules-fixture.ts';
import { createFakeWorld } from './fakes/fake-services.ts';
import { FakeStore } from './fakes/fake-store.ts';
import { aState, openJourney } from './fakes/journey.ts';

const onRules = (rules: AppState['rules']): AppState =>
  stateWith(manyExposures(3), { screen: 'rules', rules });

const rulesOf = ({ overview }: AppState['rules']): readonly ArchiveRule[] =>
  overview?.facts.map(({ rule }) => rule) ?? [];

const list = (state: AppState, rules: readonly ArchiveRule[]) =>
  update(state, { kind: 'rules-listed', rules, analyzers: [] });

test('rules stand there at once, without a number that nobody has counted', () => {
  const empty = { ...RULES, overview: undefined };
  const [listed] = list(onRules(empty), rulesOf(RULES));
  const rows = selectRuleRows(listed);
  assert.equal(rows.length, rulesOf(RULES).length);
  for (const { hides, danger, lastHit } of rows) assert.deepEqual([hides, danger, lastHit], ['…', '…', '…']);
  assert.ok(selectRuleDetail(listed).some(({ text }) => text === 'counting …'));
  const [opened] = update(listed, { kind: 'open' });
  assert.ok(selectRuleLines(opened).some(({ text }) => text === 'counting …'));
  assert.ok(!selectRuleLines(opened).some(({ text }) => text === 'It hides nothing now'));
});

test('what was counted stands until it is counted again, but not of a rule that says something else now', () => {
  const [first, ...others] = rulesOf(RULES);
  assert.ok(first !== undefined);
  const changed = { ...first, filter: { resourceType: { eq: ['AWS::KMS::Key'] } } };
  const [listed] = list(onRules(RULES), [changed, ...others]);
  assert.deepEqual(
    selectRuleRows(listed).map(({ hides }) => hides),
    ['…', '1,204', '12', '0'],
  );
  assert.deepEqual(listed.rules.overview?.notes, RULES.overview?.notes);
});

test('the cursor stays with its rule; one that is gone closes, and nothing is asked about it', () => {
  const [, under, ...others] = rulesOf(OPEN_RULE);
  assert.ok(under !== undefined);
  const [moved, effects] = list(onRules(OPEN_RULE), [...others, under]);
  assert.equal(selectRuleUnder(moved)?.rule, under);
  assert.deepEqual(
    effects.map(({ kind }) => kind),
    ['load-hidden'],
  );
  const [closed, none] = list(onRules(OPEN_RULE), others);
  assert.equal(closed.rules.open, undefined);
  assert.deepEqual(none, []);
});

test('of two answers the later question wins: a count that comes late is dropped', async () => {
  const counts: (() => void)[] = [];
  const { services } = createFakeWorld(new FakeStore([]));
  const overviewOf = (rules: AppState['rules']) =>
    rules.overview ?? assert.fail('The fixture has an overview.');
  const answers = [overviewOf(OPEN_RULE), overviewOf(RULES)];
  const overview = async () => {
    const answer = answers.shift() ?? assert.fail('Nothing more was asked.');
    await new Promise<void>((resolve) => counts.push(resolve));
    return answer;
  };
  const rules = { ...services.rules, overview };
  const store = createStore({
    initial: aState(),
    services: { ...services, rules },
    rest: () => Promise.resolve(),
  });
  for (const screen of ['rules', 'findings', 'rules'] as const) {
    store.dispatch({ kind: 'show-screen', screen });
    await new Promise(setImmediate);
  }
  assert.equal(counts.length, 2);
  counts[1]?.();
  await new Promise(setImmediate);
  counts[0]?.();
  await store.idle();
  assert.equal(store.getState().rules.overview?.facts.length, RULES.overview?.facts.length);
});

test('where no Region that was seen has an analyzer, no rule is offered, and n says why', async () => {
  const journey = await openJourney({ findings: [] });
  const isOffered = (): boolean => selectFooter(journey.state()).hints.some(({ label }) => label === 'rule');
  assert.ok(!isOffered());
  await journey.press('n');
  assert.equal(
    journey.state().toast?.text,
    'No Region seen has an analyzer: there is nothing to make a rule for.',
  );
  journey.fake.regions = journey.fake.regions.map((region) => ({ ...region, status: 'failed' }));
  await journey.keys('ctrl+r');
  assert.ok(isOffered(), 'of what was not seen nothing is claimed');
});

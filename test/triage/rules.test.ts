import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import '../domain/fixed-seed.ts';
import type { Analyzer } from '../../src/domain/analyzer.ts';
import type { ArchiveRule, Criteria } from '../../src/domain/archive-rule.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { Plan } from '../../src/domain/journal.ts';
import { createRulesDocument } from '../../src/domain/rules/create-document.ts';
import { RULES_PER_ANALYZER } from '../../src/domain/rules/limits.ts';
import { NOT_FORESEEN } from '../../src/triage/executors/apply-archive-rule.ts';
import { SO_ALREADY } from '../../src/triage/executors/executor.ts';
import { loadInterrupted, recoverEntry } from '../../src/triage/recover.ts';
import { planImport } from '../../src/triage/rules/plan-import.ts';
import {
  planApplyRule,
  planDeleteRule,
  planSetRules,
  type SetRulesRequest,
} from '../../src/triage/rules/plan-rules.ts';
import type { RuleTarget } from '../../src/triage/rules/rule-target.ts';
import { runPlan } from '../../src/triage/run-plan.ts';
import { prepareFinish, prepareRedo, prepareUndo } from '../../src/triage/undo.ts';
import { criteria } from '../domain/rules/arbitraries.ts';
import { ANALYZER, finding, lineDiesAt, stored } from './fakes.ts';
import { need, outcomesOf, setUp } from './setup.ts';

const SECOND = ANALYZER.replace('eu-west-1', 'us-east-1');
const analyzer = (arn = ANALYZER): Analyzer => ({
  profile: 'default',
  region: arn.split(':')[3] ?? '',
  arn,
  name: 'external',
  type: 'ACCOUNT',
  status: 'ACTIVE',
  createdAt: 0,
});
const BUCKETS: Criteria = { resourceType: { eq: ['AWS::S3::Bucket'] }, isPublic: { eq: ['false'] } };

function house(findings: readonly Finding[]) {
  const all = setUp(findings);
  const targetOf = (arn = ANALYZER): RuleTarget => ({
    analyzer: analyzer(arn),
    rules: [...all.gateway.rules.values()].filter(({ analyzerArn }) => analyzerArn === arn),
    findings: () =>
      [...all.store.findings.values()].filter((one) => one.analyzerArn === arn && one.goneAt === undefined),
  });
  const request = (more: Partial<SetRulesRequest> = {}): SetRulesRequest => ({
    rules: [{ name: 'buckets', filter: BUCKETS }],
    targets: [targetOf()],
    apply: false,
    onTaken: 'refuse',
    ...more,
  });
  const create = async (more: Partial<SetRulesRequest> = {}) => all.run(need(planSetRules(request(more))));
  return { ...all, targetOf, request, create };
}

const ruleOf = (ruleName: string, filter: Criteria): ArchiveRule => ({
  profile: 'default',
  region: 'eu-west-1',
  analyzerArn: ANALYZER,
  ruleName,
  filter,
  createdAt: 1,
  updatedAt: 1,
});

const ruleNames = ({ gateway }: ReturnType<typeof house>) =>
  [...gateway.rules.values()].map(({ ruleName }) => ruleName);

test('creates a rule, applies it, and holds what happened against what was foreseen', async () => {
  const at = house([
    finding('a'),
    finding('b'),
    finding('open', { isPublic: true }),
    finding('q', { resourceType: 'AWS::SQS::Queue' }),
  ]);
  const plan = need(planSetRules(at.request({ apply: true })));
  assert.equal(plan.title, 'Create archive rule buckets and apply');
  assert.equal(plan.typedWord, undefined);
  assert.deepEqual(
    plan.operations.map(({ change, command }) => [change.kind, command]),
    [
      [
        'create-archive-rule',
        `aws accessanalyzer create-archive-rule --analyzer-name external --rule-name buckets --filter '${JSON.stringify(BUCKETS)}' --region eu-west-1`,
      ],
      [
        'apply-archive-rule',
        `aws accessanalyzer apply-archive-rule --analyzer-arn ${ANALYZER} --rule-name buckets --region eu-west-1`,
      ],
    ],
  );
  const entry = await at.run(plan);
  assert.equal(entry.state, 'done');
  assert.deepEqual(outcomesOf(entry), { a: 'changed', b: 'changed' });
  assert.equal(at.store.finding(finding('a'))?.status, 'ARCHIVED');
  assert.equal(at.gateway.statusOf('open'), 'ACTIVE');
  assert.equal(at.store.rules.get(`default ${ANALYZER}`)?.length, 1);
});

test('differences to the dry run are told apart: not archived, and archived though not foreseen', async () => {
  const at = house([finding('a'), finding('b'), finding('late', { resourceType: 'AWS::SQS::Queue' })]);
  const plan = need(planSetRules(at.request({ apply: true })));
  at.gateway.setStatus('b', 'RESOLVED');
  at.gateway.put(finding('late'));
  const entry = await at.run(plan);
  assert.equal(entry.state, 'partial');
  assert.deepEqual(outcomesOf(entry), { a: 'changed', b: 'refused', late: 'changed' });
  const outcomes = entry.operations.flatMap((operation) => operation.outcomes ?? []);
  assert.equal(outcomes.find(({ ref }) => ref.id === 'late')?.error, NOT_FORESEEN);
});

test('what others archived since the dry run is not claimed for the rule, foreseen or not, and undo leaves it', async () => {
  const at = house([finding('a'), finding('b'), finding('late', { resourceType: 'AWS::SQS::Queue' })]);
  const plan = need(planSetRules(at.request({ apply: true })));
  at.gateway.setStatus('b', 'ARCHIVED');
  at.gateway.put(finding('late', { status: 'ARCHIVED' }));
  at.store.saveFinding(finding('late'));
  const entry = await at.run(plan);
  assert.equal(entry.state, 'done');
  assert.deepEqual(outcomesOf(entry), { b: 'already', a: 'changed' });
  await at.run(need(await prepareUndo(at.deps)));
  assert.deepEqual(
    ['a', 'b', 'late'].map((id) => at.gateway.statusOf(id)),
    ['ACTIVE', 'ARCHIVED', 'ARCHIVED'],
  );
});

test('applying that is refused is no success because others archived what it would have', async () => {
  const at = house([finding('a')]);
  await at.create();
  const plan = need(planApplyRule({ name: 'buckets', targets: [at.targetOf()] }));
  at.gateway.setStatus('a', 'ARCHIVED');
  at.gateway.fault = ({ method }) =>
    method === 'applyArchiveRule' ? { kind: 'denied', message: 'Not allowed.' } : undefined;
  const entry = await at.run(plan);
  assert.deepEqual([entry.operations[0]?.state, entry.operations[0]?.error], ['failed', 'Not allowed.']);
  assert.deepEqual(outcomesOf(entry), { a: 'already' });
});

test('a rule that somebody else made just so meanwhile is not taken back', async () => {
  const at = house([]);
  const plan = need(planSetRules(at.request()));
  await at.run(plan);
  const entry = await at.run(plan);
  assert.equal(entry.operations[0]?.error, SO_ALREADY);
  const undo = need(await prepareUndo(at.deps, entry.id));
  assert.deepEqual([undo.operations, undo.notes], [[], undefined]);
});

test('a rule that was sent and could not be read back may be there: it is not called failed, and undo looks', async () => {
  for (const carriedOut of [true, false]) {
    const at = house([]);
    at.gateway.fault = lineDiesAt('createArchiveRule', { carriedOut });
    const entry = await at.run(need(planSetRules(at.request())));
    assert.deepEqual([entry.state, entry.operations[0]?.state], ['partial', 'sent']);
    at.gateway.fault = () => undefined;
    const undo = need(await prepareUndo(at.deps));
    assert.equal(undo.operations.length, carriedOut ? 1 : 0);
    assert.equal(undo.notes, undefined);
    await at.run(undo);
    assert.deepEqual(ruleNames(at), []);
  }
});

test('a rule that can hide public access asks for a word; one that archives something public now does, too', () => {
  const at = house([finding('open', { isPublic: true })]);
  const wide: Criteria = { resourceType: { eq: ['AWS::S3::Bucket'] } };
  const plan = need(planSetRules(at.request({ rules: [{ name: 'wide', filter: wide }], apply: true })));
  assert.equal(plan.typedWord, 'public');
  assert.deepEqual([plan.publicCount, plan.publicResources], [1, ['arn:aws:s3:::bucket-open']]);
});

test('looks again when archiving lags the request; one that was refused is not waited for', async () => {
  const at = house([finding('a')]);
  const plan = need(planSetRules(at.request({ apply: true })));
  let looks = 0;
  at.gateway.fault = ({ method }) => {
    if (method === 'listFindings' && ++looks === 4) at.gateway.setStatus('a', 'ARCHIVED');
    return undefined;
  };
  const { at: far } = at.gateway;
  at.gateway.at = (target) => ({ ...far(target), applyArchiveRule: async () => undefined });
  const started = at.clock.now();
  assert.deepEqual(outcomesOf(await at.run(plan)), { a: 'changed' });
  assert.ok(at.clock.now() > started);
  const refused = house([finding('a')]);
  refused.gateway.fault = ({ method }) =>
    method === 'applyArchiveRule' ? { kind: 'denied', message: 'Not allowed.' } : undefined;
  const entry = await refused.create({ apply: true });
  assert.deepEqual(outcomesOf(entry), { a: 'failed' });
  assert.equal(refused.gateway.sent('listFindings').length, 2, 'before and after');
});

test('what was foreseen and is gone by then is marked so', async () => {
  const at = house([finding('a'), finding('b')]);
  const plan = need(planSetRules(at.request({ apply: true })));
  at.gateway.remove('b');
  assert.deepEqual(outcomesOf(await at.run(plan)), { a: 'changed', b: 'gone' });
  assert.notEqual(at.store.finding(finding('b'))?.goneAt, undefined);
});

test('where nothing was foreseen for sure the request alone tells how it ended', async () => {
  const { principal: _principal, condition: _condition, ...listed } = finding('a');
  const internal: Finding = { ...listed, findingType: 'InternalAccess' };
  const some: Criteria = { 'principal.AWS': { contains: ['9999'] } };
  const endOf = async (method: string | undefined) => {
    const at = house([internal]);
    at.gateway.fault = (call) =>
      call.method === method ? { kind: 'unreachable', message: 'No route to host.' } : undefined;
    const entry = await at.create({ rules: [{ name: 'r', filter: some }], apply: true });
    return entry.operations.map(({ state, error }) => [state, error]).at(-1);
  };
  assert.deepEqual(
    need(planSetRules(house([internal]).request({ rules: [{ name: 'r', filter: some }], apply: true })))
      .notes,
    ['1 finding of eu-west-1/external may be archived too: their details are not fetched yet.'],
  );
  assert.deepEqual(await endOf(undefined), ['done', undefined]);
  assert.deepEqual(await endOf('applyArchiveRule'), ['failed', 'No route to host.']);
  assert.deepEqual(await endOf('listFindings'), ['failed', 'No route to host.']);
});

test('a rule that was taken but is not there stops what builds on it; one that cannot be read stays open', async () => {
  const at = house([finding('a')]);
  const { at: far } = at.gateway;
  at.gateway.at = (target) => ({ ...far(target), createArchiveRule: async () => undefined });
  const entry = await at.create({ apply: true });
  const error = 'AWS took the request, but the rule buckets is not as wanted.';
  assert.deepEqual(
    entry.operations.map((operation) => [operation.state, operation.error]),
    [
      ['failed', error],
      ['skipped', error],
    ],
  );
  const offline = house([]);
  let reads = 0;
  offline.gateway.fault = ({ method }) => {
    if (method === 'createArchiveRule') return 'lost';
    return method === 'listArchiveRules' && ++reads > 1
      ? { kind: 'unreachable', message: 'No route to host.' }
      : undefined;
  };
  const [unread] = (await offline.create()).operations;
  assert.equal(unread?.error, 'No answer came in 20 s. The rule could not be read back: No route to host.');
});

test('more rules than an analyzer may have are foretold', () => {
  const at = house([]);
  const full = (rules: number): RuleTarget => ({
    ...at.targetOf(),
    rules: Array.from({ length: rules }, (_, index) => ruleOf(`r${index}`, BUCKETS)),
  });
  const notes = (rules: number, name: string) =>
    need(planSetRules(at.request({ rules: [{ name, filter: BUCKETS }], targets: [full(rules)] }))).notes;
  assert.deepEqual(notes(RULES_PER_ANALYZER, 'more'), [
    `eu-west-1/external would have ${RULES_PER_ANALYZER + 1} rules; AWS allows ${RULES_PER_ANALYZER} unless the quota was raised.`,
  ]);
  assert.equal(notes(RULES_PER_ANALYZER - 1, 'more'), undefined);
  assert.deepEqual(
    notes(RULES_PER_ANALYZER + 1, 'r0'),
    ['eu-west-1/external has the rule r0 already, with the same filter.'],
    'no rule is added',
  );
});

test('refuses what the service would refuse, before it is asked', () => {
  const at = house([]);
  const messageOf = (more: Partial<SetRulesRequest>) => {
    const plan = planSetRules(at.request(more));
    return plan.ok ? '' : plan.problem.message;
  };
  assert.match(messageOf({ rules: [{ name: '1', filter: BUCKETS }] }), /starts with a letter/);
  assert.match(messageOf({ rules: [{ name: 'r', filter: {} }] }), /every finding/);
  const many = Array.from({ length: 21 }, String);
  assert.match(messageOf({ rules: [{ name: 'r', filter: { resource: { eq: many } } }] }), /21 values/);
});

test('a name that is taken: refused, skipped or replaced, as the person chose; the same filter is no conflict', async () => {
  const at = house([]);
  await at.create();
  const other = {
    rules: [{ name: 'buckets', filter: { ...BUCKETS, error: { exists: false } } }],
    targets: [at.targetOf()],
  };
  const refused = planSetRules(at.request(other));
  assert.match(refused.ok ? '' : refused.problem.message, /eu-west-1\/external has a rule buckets already/);
  const skipped = need(planSetRules(at.request({ ...other, onTaken: 'skip' })));
  assert.deepEqual([skipped.operations.length, skipped.notes?.length], [0, 1]);
  const replaced = await at.create({ ...other, onTaken: 'replace' });
  assert.equal(replaced.operations[0]?.change.kind, 'update-archive-rule');
  assert.deepEqual(at.gateway.rules.get(`${ANALYZER} buckets`)?.filter['error'], { exists: false });
  const same = need(planSetRules(at.request({ ...other, targets: [at.targetOf()] })));
  assert.deepEqual(same.operations, []);
});

test('a Region that refuses half-way in a fan-out stops its own steps only', async () => {
  const at = house([finding('a'), finding('b', { analyzerArn: SECOND, region: 'us-east-1' })]);
  at.gateway.fault = ({ method, analyzerArn }) =>
    method === 'createArchiveRule' && analyzerArn === ANALYZER
      ? { kind: 'quota', message: 'Too many rules.' }
      : undefined;
  const entry = await at.create({ targets: [at.targetOf(), at.targetOf(SECOND)], apply: true });
  assert.equal(entry.state, 'partial');
  assert.deepEqual(
    entry.operations.map(({ region, state, error }) => [region, state, error]),
    [
      ['eu-west-1', 'failed', 'Too many rules.'],
      ['eu-west-1', 'skipped', 'Too many rules.'],
      ['us-east-1', 'done', undefined],
      ['us-east-1', 'done', undefined],
    ],
  );
});

test('one refused rule does not stop another of the same analyzer', async () => {
  const at = house([]);
  at.gateway.fault = ({ method, ids }) =>
    method === 'createArchiveRule' && ids.includes('bad')
      ? { kind: 'invalid', message: 'Unknown key.' }
      : undefined;
  const entry = await at.create({
    rules: [
      { name: 'bad', filter: BUCKETS },
      { name: 'good', filter: BUCKETS },
    ],
  });
  assert.deepEqual(
    entry.operations.map(({ state }) => state),
    ['failed', 'done'],
  );
});

test('undo of creation deletes the rule and unarchives what applying archived; redo does it again', async () => {
  const at = house([finding('a'), finding('b', { status: 'ARCHIVED' })]);
  await at.create({ apply: true, reason: 'noise' });
  const undo = need(await prepareUndo(at.deps));
  assert.equal(undo.typedWord, 'delete');
  await at.run(undo);
  assert.deepEqual(ruleNames(at), []);
  assert.deepEqual([at.gateway.statusOf('a'), at.gateway.statusOf('b')], ['ACTIVE', 'ARCHIVED']);
  await at.run(need(await prepareRedo(at.deps)));
  assert.deepEqual(ruleNames(at), ['buckets']);
  assert.equal(at.gateway.statusOf('a'), 'ARCHIVED');
});

test('undo of an edit and of a deletion puts the filter back', async () => {
  const at = house([finding('a', { status: 'ARCHIVED' })]);
  await at.create();
  const edited = { ...BUCKETS, resource: { contains: ['x'] } };
  await at.create({
    rules: [{ name: 'buckets', filter: edited }],
    targets: [at.targetOf()],
    onTaken: 'replace',
  });
  await at.run(need(await prepareUndo(at.deps)));
  assert.deepEqual(at.gateway.rules.get(`${ANALYZER} buckets`)?.filter, BUCKETS);
  const deletion = need(planDeleteRule({ name: 'buckets', targets: [at.targetOf()], unarchive: true }));
  assert.equal(deletion.typedWord, 'delete');
  await at.run(deletion);
  assert.deepEqual(ruleNames(at), []);
  assert.equal(at.gateway.statusOf('a'), 'ACTIVE', 'what it hid is back, as asked');
  await at.run(need(await prepareUndo(at.deps)));
  assert.deepEqual(at.gateway.rules.get(`${ANALYZER} buckets`)?.filter, BUCKETS);
  assert.equal(at.gateway.statusOf('a'), 'ARCHIVED');
});

test('whoever brings a rule back that can hide public access types the word for it', async () => {
  const at = house([]);
  const wide: Criteria = { resourceType: { eq: ['AWS::S3::Bucket'] } };
  await at.create({ rules: [{ name: 'wide', filter: wide }] });
  await at.run(need(planDeleteRule({ name: 'wide', targets: [at.targetOf()], unarchive: false })));
  const undo = need(await prepareUndo(at.deps));
  assert.equal(undo.typedWord, 'public');
  await at.run(undo);
  await at.create({
    rules: [{ name: 'wide', filter: { ...wide, isPublic: { eq: ['false'] } } }],
    targets: [at.targetOf()],
    onTaken: 'replace',
  });
  assert.equal(need(await prepareUndo(at.deps)).typedWord, 'public', 'its wider filter');
});

test('deleting a rule un-archives nothing unless asked, and then only what it alone hides', () => {
  const at = house([
    finding('a', { status: 'ARCHIVED' }),
    finding('b', { status: 'ARCHIVED', error: 'ACCESS_DENIED' }),
    finding('c'),
    finding('open', { status: 'ARCHIVED', isPublic: true }),
  ]);
  at.gateway.rules.set(`${ANALYZER} r`, ruleOf('r', BUCKETS));
  at.gateway.rules.set(`${ANALYZER} failed`, ruleOf('failed', { error: { exists: true } }));
  const planFor = (unarchive: boolean) =>
    need(planDeleteRule({ name: 'r', targets: [at.targetOf(), at.targetOf(SECOND)], unarchive }));
  assert.deepEqual(
    planFor(false).operations.map(({ change }) => change.kind),
    ['delete-archive-rule'],
  );
  const plan = planFor(true);
  assert.deepEqual(
    plan.operations.map(({ change }) => (change.kind === 'update-findings' ? change.ids : change.kind)),
    ['delete-archive-rule', ['a']],
  );
  assert.deepEqual(plan.notes, [
    '1 finding of eu-west-1/external stay archived: another rule means them, too.',
  ]);
});

test('what asked for a word asks for one again when an interrupted change of rules is finished', async () => {
  const at = house([]);
  await at.create();
  const publicToo = { rules: [{ name: 'all', filter: { resourceType: { eq: ['AWS::S3::Bucket'] } } }] };
  const wordToFinish = async (plan: Plan): Promise<string | undefined> => {
    at.gateway.fault = () => ({ kind: 'throttled', message: 'Slow down.' });
    const failed = await at.run(plan);
    at.gateway.fault = () => undefined;
    return (await prepareFinish(failed, at.deps)).typedWord;
  };
  const target = { name: 'buckets', targets: [at.targetOf()], unarchive: false };
  assert.equal(await wordToFinish(need(planDeleteRule(target))), 'delete');
  assert.equal(await wordToFinish(need(planSetRules(at.request(publicToo)))), 'public');
  const harmless = { rules: [{ name: 'more', filter: BUCKETS }] };
  assert.equal(await wordToFinish(need(planSetRules(at.request(harmless)))), undefined);
});

test('a rule that moved since is left alone, by undo and by a late change', async () => {
  const at = house([]);
  await at.create();
  const deletion = need(planDeleteRule({ name: 'buckets', targets: [at.targetOf()], unarchive: false }));
  const present = at.gateway.rules.get(`${ANALYZER} buckets`);
  assert.ok(present !== undefined);
  at.gateway.rules.set(`${ANALYZER} buckets`, { ...present, filter: { error: { exists: true } } });
  const undo = need(await prepareUndo(at.deps));
  assert.deepEqual(undo.operations, []);
  assert.deepEqual(undo.notes, ['The rule buckets in eu-west-1 is left alone: it was changed since.']);
  const late = await at.run(deletion);
  assert.equal(late.operations[0]?.error, 'The rule buckets was changed since the plan was made.');
  assert.deepEqual(ruleNames(at), ['buckets']);
  const edit = need(planSetRules(at.request({ targets: [at.targetOf()], onTaken: 'replace' })));
  const creation = need(planSetRules(house([]).request()));
  const taken = await at.run(creation);
  assert.equal(taken.operations[0]?.error, 'There is a rule buckets already, with another filter.');
  at.gateway.rules.clear();
  const gone = await at.run(edit);
  assert.equal(gone.operations[0]?.error, 'The rule buckets does not exist any more.');
});

test('undo says of each rule why it leaves it alone', async () => {
  const noteOf = async (spoil: (at: ReturnType<typeof house>) => void, undone: 'creation' | 'deletion') => {
    const at = house([]);
    await at.create();
    if (undone === 'deletion')
      await at.run(need(planDeleteRule({ name: 'buckets', targets: [at.targetOf()], unarchive: false })));
    spoil(at);
    const undo = need(await prepareUndo(at.deps));
    assert.deepEqual(undo.operations, []);
    return undo.notes?.[0]?.replace('The rule buckets in eu-west-1 is left alone: ', '');
  };
  assert.equal(await noteOf(({ gateway }) => gateway.rules.clear(), 'creation'), 'it was deleted since.');
  assert.equal(
    await noteOf(
      ({ gateway }) => gateway.rules.set(`${ANALYZER} buckets`, ruleOf('buckets', BUCKETS)),
      'deletion',
    ),
    'there is a rule of this name again.',
  );
  assert.equal(
    await noteOf(({ gateway }) => {
      gateway.fault = () => ({ kind: 'unreachable', message: 'No route to host.' });
    }, 'creation'),
    'it could not be read: No route to host.',
  );
});

test('a lost answer to a creation is not a failure; sending it again changes nothing', async () => {
  const at = house([]);
  at.gateway.fault = ({ method }) => (method === 'createArchiveRule' ? 'lost' : undefined);
  const plan = need(planSetRules(at.request()));
  assert.equal((await at.run(plan)).state, 'done');
  at.gateway.fault = () => undefined;
  assert.equal((await at.run(plan)).state, 'done');
  assert.equal(at.gateway.sent('createArchiveRule').length, 1);
});

test('a crash between creating and applying: the truth is read back, finish applies', async () => {
  const at = house([finding('a')]);
  let writes = 0;
  at.journal.afterWrite = () => {
    writes += 1;
    if (writes === 3) throw new Error('crash');
  };
  const crashed = await runPlan({ ...at.deps, plan: need(planSetRules(at.request({ apply: true }))) });
  assert.equal(crashed.ok, false);
  at.journal.afterWrite = () => undefined;
  const machine = { pid: 2, host: 'test', startedAt: 0, isRunning: () => false };
  const [entry] = loadInterrupted(at.journal, at.clock.now(), machine);
  assert.ok(entry !== undefined);
  at.gateway.put(finding('theirs', { status: 'ARCHIVED' }));
  at.store.saveFinding(finding('theirs'));
  const recovery = await recoverEntry(entry, at.deps);
  assert.deepEqual(
    recovery.entry.operations.map(({ state }) => state),
    ['done', 'failed'],
  );
  assert.deepEqual(outcomesOf(recovery.entry), { a: 'failed' }, 'what others archived is not claimed');
  const finish = await prepareFinish(recovery.entry, at.deps);
  assert.deepEqual(
    finish.operations.map(({ change }) => change.kind),
    ['apply-archive-rule'],
  );
  const finished = await at.run(finish);
  assert.equal(finished.state, 'done');
  assert.equal(at.gateway.statusOf('a'), 'ARCHIVED');
});

test('a deleted analyzer or a missing rule is said, not thrown', async () => {
  const at = house([]);
  const none = planApplyRule({ name: 'nope', targets: [at.targetOf()] });
  assert.match(none.ok ? '' : none.problem.message, /None of these analyzers has an archive rule nope/);
  at.gateway.fault = () => ({ kind: 'not-found', message: 'The analyzer does not exist.' });
  const entry = await at.create();
  assert.equal(entry.state, 'failed');
  assert.match(entry.operations[0]?.error ?? '', /The analyzer does not exist/);
});

test('applying again archives what came since', async () => {
  const at = house([finding('a')]);
  await at.create();
  const plan = need(planApplyRule({ name: 'buckets', targets: [at.targetOf()] }));
  const entry = await at.run(plan);
  assert.deepEqual(outcomesOf(entry), { a: 'changed' });
  const nothing = need(planApplyRule({ name: 'buckets', targets: [at.targetOf()] }));
  assert.deepEqual(nothing.operations, []);
});

test('an import makes what was exported, once; a second one changes nothing', async () => {
  const at = house([finding('a')]);
  await at.create({ targets: [at.targetOf(), at.targetOf(SECOND)] });
  const exported = createRulesDocument([analyzer(), analyzer(SECOND)], [...at.gateway.rules.values()], 0);
  at.gateway.rules.clear();
  const targets = () => [at.targetOf(), at.targetOf(SECOND)];
  const how = { document: exported, apply: true, onTaken: 'refuse', partial: false } as const;
  const { plan } = need(planImport({ ...how, targets: targets() }));
  assert.equal(plan.notes?.[0], 'Rules of the file: 2 new.');
  assert.equal(plan.title, 'Import 2 archive rules');
  assert.equal((await at.run(plan)).state, 'done');
  assert.equal(at.gateway.rules.size, 2);
  assert.equal(at.gateway.statusOf('a'), 'ARCHIVED');
  const again = need(planImport({ ...how, targets: targets() })).plan;
  assert.deepEqual(again.operations, []);
  assert.equal(again.notes?.[0], 'Rules of the file: 2 equal already.');
  const elsewhere = need(planImport({ ...how, targets: [at.targetOf(SECOND)], apply: false })).plan;
  assert.ok(
    elsewhere.notes?.some((note) => note === 'Left out: there is no ACCOUNT analyzer eu-west-1/external.'),
  );
});

test('the dry run foresees exactly what applying archives, and undo puts every finding back', async () => {
  const name = fc.constantFrom('a', 'ab', 'abc', 'b');
  const some = fc.record({
    resource: name,
    resourceType: name,
    isPublic: fc.boolean(),
    status: fc.constantFrom('ACTIVE' as const, 'ARCHIVED' as const, 'RESOLVED' as const),
    principal: name.map((AWS) => ({ AWS })),
  });
  const filled = criteria.filter((each) => Object.keys(each).length > 0);
  await fc.assert(
    fc.asyncProperty(fc.array(some, { maxLength: 30 }), filled, async (facts, filter) => {
      const at = house(facts.map((each, index) => finding(`f${index}`, each)));
      const before = [...at.gateway.findings.values()];
      const entry = await at.create({ rules: [{ name: 'r', filter }], apply: true });
      const foreseen = entry.operations.flatMap(({ change }) =>
        'foreseen' in change ? (change.foreseen ?? []) : [],
      );
      const moved = before.filter(({ id, status }) => at.gateway.statusOf(id) !== status).map(({ id }) => id);
      assert.deepEqual(moved.toSorted(), [...foreseen].sort());
      assert.equal(entry.state, 'done');
      await at.run(need(await prepareUndo(at.deps)));
      assert.deepEqual(
        before.map(({ id }) => at.gateway.statusOf(id)),
        before.map(({ status }) => status),
      );
      assert.equal(at.gateway.rules.size, 0);
    }),
    { numRuns: 60 },
  );
});

test('stored twins of the same finding are counted once', () => {
  const at = house([finding('a', { isPublic: true })]);
  const twice: RuleTarget = { ...at.targetOf(), findings: () => [stored(finding('a', { isPublic: true }))] };
  const filter: Criteria = { resourceType: { eq: ['AWS::S3::Bucket'] } };
  const rules = [
    { name: 'one', filter },
    { name: 'two', filter },
  ];
  assert.equal(need(planSetRules(at.request({ rules, targets: [twice], apply: true }))).publicCount, 1);
});

test('an exclusion of several values says that AWS does not document it; one of a single value needs no word', () => {
  const notesOf = (neq: readonly string[]): string => {
    const filter = { resourceType: { neq }, isPublic: { eq: ['false'] } };
    return (need(planSetRules(house([]).request({ rules: [{ name: 'r', filter }] }))).notes ?? []).join();
  };
  assert.match(
    notesOf(['AWS::S3::Bucket', 'AWS::KMS::Key']),
    /resourceType excludes 2 values\. AWS does not say/,
  );
  assert.doesNotMatch(notesOf(['AWS::S3::Bucket']), /excludes/);
});

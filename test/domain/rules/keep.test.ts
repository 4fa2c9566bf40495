import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import '../fixed-seed.ts';
import type { Analyzer } from '../../../src/domain/analyzer.ts';
import type { ArchiveRule, Criteria } from '../../../src/domain/archive-rule.ts';
import { matchesCriteria } from '../../../src/domain/criteria.ts';
import { auditRules } from '../../../src/domain/rules/audit.ts';
import { createRulesDocument } from '../../../src/domain/rules/create-document.ts';
import { findDrift } from '../../../src/domain/rules/drift.ts';
import { dryRunRule, findDeadValues } from '../../../src/domain/rules/dry-run.ts';
import { formatRulesDocument, parseRulesDocument } from '../../../src/domain/rules/rules-document.ts';
import { toCloudFormation, toTerraform } from '../../../src/domain/rules/to-templates.ts';
import { finding } from '../../triage/fakes.ts';
import { need } from '../../triage/setup.ts';
import { criteria, finding as anyFinding } from './arbitraries.ts';
import { gatherRuleFacts } from './gather-rule-facts.ts';

const analyzer = (region: string, type: Analyzer['type'] = 'ACCOUNT'): Analyzer => ({
  profile: 'default',
  region,
  arn: `arn:aws:access-analyzer:${region}:111122223333:analyzer/main`,
  name: 'main',
  type,
  status: 'ACTIVE',
  createdAt: 0,
});
const EUROPE = analyzer('eu-west-1');
const AMERICA = analyzer('us-east-1');

const rule = (ruleName: string, filter: Criteria, at: Analyzer = EUROPE): ArchiveRule => ({
  profile: at.profile,
  region: at.region,
  analyzerArn: at.arn,
  ruleName,
  filter,
  createdAt: Date.parse('2026-01-02T03:04:05Z'),
  updatedAt: Date.parse('2026-01-03T00:00:00Z'),
});
const SAFE: Criteria = { resourceType: { eq: ['AWS::S3::Bucket'] }, isPublic: { eq: ['false'] } };
const here = { region: 'eu-west-1', analyzerArn: EUROPE.arn };

test('the dry run counts what a rule would archive, and public ones apart', () => {
  const findings = [
    finding('a'),
    finding('b', { isPublic: true }),
    finding('c', { status: 'ARCHIVED' }),
    finding('d', { resourceType: 'AWS::SQS::Queue' }),
  ];
  const run = dryRunRule({ resourceType: { eq: ['AWS::S3::Bucket'] } }, findings);
  assert.deepEqual(
    run.wouldArchive.map(({ id }) => id),
    ['a', 'b'],
  );
  assert.deepEqual(
    run.publicOnes.map(({ id }) => id),
    ['b'],
  );
  assert.deepEqual([run.caught, run.uncertain], [3, 0]);
});

test('internal findings whose principal is not known yet are counted as uncertain', () => {
  const {
    principal: _principal,
    condition: _condition,
    ...bare
  } = finding('i', { findingType: 'InternalAccess' });
  const findings = [bare, finding('j', { findingType: 'InternalAccess', principal: { AWS: 'x' } })];
  const run = dryRunRule(
    { 'principal.AWS': { eq: ['x'] }, resourceType: { eq: ['AWS::S3::Bucket'] } },
    findings,
  );
  assert.deepEqual([run.wouldArchive.length, run.uncertain], [1, 1]);
  const elsewhere = dryRunRule(
    { 'principal.AWS': { eq: ['x'] }, resourceType: { eq: ['AWS::SQS::Queue'] } },
    findings,
  );
  assert.equal(elsewhere.uncertain, 0, 'what another criterion rules out is certain');
});

test('dead values are those that no finding has', () => {
  fc.assert(
    fc.property(criteria, fc.array(anyFinding, { maxLength: 12 }), (each, findings) => {
      for (const { key, operator, value } of findDeadValues(each, findings)) {
        if (operator === 'neq') continue;
        assert.ok(!findings.some((one) => matchesCriteria({ [key]: { [operator]: [value] } }, one)));
      }
    }),
  );
  const typo = findDeadValues({ resourceType: { eq: ['AWS::S3::Bucket', 'AWS::S3::Buckets'] } }, [
    finding('a'),
  ]);
  assert.deepEqual(typo, [{ key: 'resourceType', operator: 'eq', value: 'AWS::S3::Buckets' }]);
});

test('says what each rule hides, from one pass, each finding against its own analyzer', () => {
  const rules = [
    rule('buckets', { resourceType: { eq: ['AWS::S3::Bucket'] } }),
    rule('buckets', SAFE, AMERICA),
  ];
  const findings = [
    finding('a', { ...here, status: 'ARCHIVED', createdAt: 5 }),
    finding('b', { ...here, status: 'ARCHIVED', isPublic: true, createdAt: 9 }),
    finding('c', { ...here, createdAt: 7 }),
    finding('d', { ...here, status: 'RESOLVED', createdAt: 11 }),
  ];
  const [europe, america] = gatherRuleFacts(rules, findings);
  assert.deepEqual(
    [europe?.hides, europe?.hidesPublic, europe?.wouldArchive, europe?.lastHitAt, europe?.dead],
    [2, 1, 1, 11, []],
  );
  assert.deepEqual([america?.hides, america?.lastHitAt, america?.dead.length], [0, undefined, 2]);
});

test('the audit names danger first: what hides and what can hide public access', () => {
  const rules = [
    rule('all-buckets', { resourceType: { eq: ['AWS::S3::Bucket'] } }),
    rule('copy-of-safe', SAFE),
    rule('a-safe', SAFE),
    rule('never', { resource: { eq: ['x'], neq: ['x'] } }),
    rule('typo', {
      resourceType: { eq: ['AWS::S3::Buckets'] },
      isPublic: { eq: ['false'] },
      isPublik: { exists: true },
    }),
  ];
  const findings = [finding('a', { ...here, status: 'ARCHIVED', isPublic: true }), finding('b', here)];
  const notes = auditRules([EUROPE], gatherRuleFacts(rules, findings));
  const said = notes.map(({ code, level, ruleName }) => [code, level, ruleName]);
  assert.deepEqual(said.slice(0, 2), [
    ['hides-public', 'danger', 'all-buckets'],
    ['can-hide-public', 'danger', 'all-buckets'],
  ]);
  const has = (code: string, name: string) => said.some(([is, , of]) => is === code && of === name);
  assert.ok(has('duplicate', 'copy-of-safe') && !has('duplicate', 'a-safe'));
  assert.ok(has('covered', 'a-safe'));
  assert.ok(has('never-matches', 'never') && !has('covered', 'never') && !has('can-hide-public', 'never'));
  assert.ok(has('dead-value', 'typo') && has('unknown-key', 'typo'));
  assert.match(notes.find(({ code }) => code === 'unknown-key')?.message ?? '', /Did you mean isPublic\?/);
});

test('the audit compares the rules of one analyzer alone, and holds one that it does not know for external', () => {
  const others = [AMERICA, { ...EUROPE, profile: 'prod' }];
  const rules = [rule('z', SAFE), ...others.map((at) => rule('a', { isPublic: { eq: ['false'] } }, at))];
  const codes = (...args: Parameters<typeof auditRules>) => auditRules(...args).map(({ code }) => code);
  const notDead = (code: string) => code !== 'dead-value';
  assert.deepEqual(codes([EUROPE, ...others], gatherRuleFacts(rules, [])).filter(notDead), []);
  const wide = gatherRuleFacts([rule('wide', { resourceType: { eq: ['AWS::S3::Bucket'] } })], []);
  assert.deepEqual(codes([], wide).filter(notDead), ['can-hide-public']);
});

test('the audit goes from danger to note, in each by analyzer and name', () => {
  const typo = { isPublic: { eq: ['false'] }, isPublik: { exists: true } };
  const rules = [
    rule('t2', typo),
    rule('t1', { ...typo, error: { exists: true } }),
    rule('wide', { error: { exists: true } }),
  ];
  const hidden = ['a', 'b'].map((id) =>
    finding(id, { ...here, status: 'ARCHIVED', isPublic: true, error: 'ACCESS_DENIED' }),
  );
  const notes = auditRules([EUROPE], gatherRuleFacts(rules, hidden)).filter(
    ({ code }) => code !== 'dead-value',
  );
  assert.deepEqual(
    notes.map(({ code, ruleName }) => [code, ruleName]),
    [
      ['hides-public', 'wide'],
      ['can-hide-public', 'wide'],
      ['covered', 't1'],
      ['unknown-key', 't1'],
      ['unknown-key', 't2'],
    ],
  );
  assert.equal(notes[0]?.message, 'It hides 2 public findings now.');
});

test('rules of analyzers without external access hide nothing public', () => {
  const unused = analyzer('eu-west-1', 'ACCOUNT_UNUSED_ACCESS');
  const notes = auditRules(
    [unused],
    gatherRuleFacts([rule('r', { findingType: { eq: ['UnusedIAMRole'] } }, unused)], []),
  );
  assert.deepEqual(
    notes.map(({ code }) => code),
    ['dead-value'],
  );
});

test('an analyzer close to its quota is named', () => {
  const many = (count: number, at?: Analyzer) =>
    Array.from({ length: count }, (_, index) =>
      rule(`r${index}`, { ...SAFE, resource: { eq: [`${index}`] } }, at),
    );
  const quotaOf = (rules: readonly ArchiveRule[]) =>
    auditRules([EUROPE, AMERICA], gatherRuleFacts(rules, [])).filter(({ code }) => code === 'quota');
  assert.match(quotaOf(many(90))[0]?.message ?? '', /90 archive rules; AWS allows 100/);
  assert.deepEqual(
    quotaOf([...many(89), ...many(89, AMERICA), ...many(89, { ...EUROPE, profile: 'prod' })]),
    [],
  );
});

test('drift: a rule that differs or is missing between Regions that should be equal', () => {
  const analyzers = [
    EUROPE,
    AMERICA,
    analyzer('eu-central-1'),
    analyzer('eu-west-1', 'ACCOUNT_UNUSED_ACCESS'),
  ];
  const third = analyzers[2] ?? EUROPE;
  assert.deepEqual(
    findDrift(
      analyzers,
      [EUROPE, AMERICA, third].map((at) => rule('same', SAFE, at)),
    ),
    [],
  );
  assert.deepEqual(findDrift(analyzers, [rule('local', SAFE)]), []);
  const [drift] = findDrift(analyzers, [
    rule('r', SAFE),
    rule('r', { ...SAFE, resource: { eq: ['x'] } }, AMERICA),
    rule('r', SAFE, third),
  ]);
  assert.deepEqual(
    drift?.forms.map(({ analyzerArns }) => analyzerArns.length),
    [2, 1],
  );
  assert.deepEqual(drift?.missingFrom, []);
  const prod = analyzers.map((each) => ({ ...each, profile: 'prod' }));
  const elsewhere = { ...AMERICA, arn: AMERICA.arn.replace('111122223333', '444455556666') };
  for (const peer of [{ ...AMERICA, managedBy: 'securityhub' }, elsewhere, prod[1] ?? EUROPE]) {
    const far = rule('r', { ...SAFE, resource: { eq: ['x'] } }, peer);
    assert.deepEqual(findDrift([EUROPE, peer], [rule('r', SAFE), far]), [], 'no peer of it');
  }
  const differing = auditRules(
    [EUROPE, AMERICA],
    gatherRuleFacts([rule('r', SAFE), rule('r', { ...SAFE, resource: { eq: ['x'] } }, AMERICA)], []),
  );
  assert.equal(
    differing.find(({ code }) => code === 'drift')?.message,
    'It is not the same in every Region: it has 2 different filters.',
  );
  const [missing] = findDrift(analyzers, [rule('r', SAFE), rule('r', SAFE, AMERICA)]);
  assert.deepEqual(missing?.missingFrom, [third.arn]);
  const notes = auditRules(analyzers, gatherRuleFacts([rule('r', SAFE), rule('r', SAFE, AMERICA)], []));
  assert.equal(
    notes.find(({ code }) => code === 'drift')?.message,
    'It is not the same in every Region: it is missing in eu-central-1.',
  );
});

test('what is exported is what is imported', () => {
  fc.assert(
    fc.property(fc.array(criteria, { maxLength: 4 }), (filters) => {
      const rules = filters.map((filter, index) => rule(`r${index}`, filter));
      const document = createRulesDocument([EUROPE, AMERICA], rules, 0);
      assert.deepEqual(need(parseRulesDocument(formatRulesDocument(document))), document);
    }),
  );
  const mixed = [rule('b', SAFE), rule('c', SAFE, { ...EUROPE, profile: 'prod' }), rule('a', SAFE)];
  const { analyzers } = createRulesDocument([AMERICA, EUROPE], mixed, 0);
  assert.deepEqual(
    analyzers.map(({ arn, rules }) => [arn, rules.map(({ name }) => name)]),
    [[EUROPE.arn, ['a', 'b']]],
  );
  const text = formatRulesDocument(createRulesDocument([EUROPE], [rule('r', SAFE)], 0));
  assert.match(text, /"version": 1/);
  assert.match(
    text,
    /"comment": "Archives findings where resourceType = AWS::S3::Bucket, isPublic = false\."/,
  );
  assert.match(text, /"createdAt": "2026-01-02T03:04:05\.000Z"/);
});

test('an import that is wrong says where', () => {
  const good = JSON.parse(formatRulesDocument(createRulesDocument([EUROPE], [rule('r', SAFE)], 0))) as {
    analyzers: { rules: { filter: Record<string, unknown> }[]; type: string }[];
    version: number;
  };
  const messageOf = (text: string): string => {
    const result = parseRulesDocument(text);
    return result.ok ? '' : result.problem.message;
  };
  const changed = (change: (document: typeof good) => void): string => {
    const copy = structuredClone(good);
    change(copy);
    return messageOf(JSON.stringify(copy));
  };
  assert.match(messageOf('resource "x" {'), /^This is not JSON/);
  assert.match(messageOf('[]'), /not a file of archive rules/);
  assert.match(
    changed((d) => (d.version = 2)),
    /of version 2; this program reads up to 1/,
  );
  assert.match(
    changed((d) => ((d.analyzers[0] ?? { type: '' }).type = 'X')),
    /analyzers\[0\]\.type should be one of/,
  );
  const filter = (value: unknown) =>
    changed((d) => void ((d.analyzers[0]?.rules[0] ?? { filter: {} }).filter = value as never));
  assert.match(filter(7), /analyzers\[0\]\.rules\[0\]\.filter should be an object/);
  assert.match(filter({ a: { eq: 'x' } }), /filter\.a\.eq should be a list/);
  assert.match(filter({ a: { eq: [1] } }), /filter\.a\.eq should be a list of texts/);
  assert.match(filter({ a: { exists: 'yes' } }), /filter\.a\.exists should be true or false/);
  assert.match(
    filter({ a: { like: ['x'] } }),
    /filter\.a has like; it may have eq, neq, contains and exists/,
  );
});

test('CloudFormation and Terraform carry every operator, and values cannot break out', () => {
  const filter: Criteria = {
    resource: { contains: ['ext-"data"-${x}'], neq: ['%{if}'] },
    isPublic: { eq: ['false'] },
    error: { exists: false },
  };
  const document = createRulesDocument(
    [EUROPE, AMERICA],
    [rule('ext', filter), rule('ext', SAFE, AMERICA)],
    0,
  );
  const template = JSON.parse(toCloudFormation(document)) as {
    Resources: Record<
      string,
      { Type: string; Properties: { AnalyzerName: string; ArchiveRules: unknown[] } }
    >;
  };
  assert.deepEqual(Object.keys(template.Resources), ['MainEuWest1', 'MainUsEast1']);
  assert.deepEqual(template.Resources['MainEuWest1']?.Properties.ArchiveRules, [
    {
      RuleName: 'ext',
      Filter: [
        { Property: 'resource', Neq: ['%{if}'], Contains: ['ext-"data"-${x}'] },
        { Property: 'isPublic', Eq: ['false'] },
        { Property: 'error', Exists: false },
      ],
    },
  ]);
  const terraform = toTerraform(document);
  assert.match(terraform, /resource "aws_accessanalyzer_archive_rule" "ext_eu_west_1" \{/);
  assert.match(terraform, /resource "aws_accessanalyzer_archive_rule" "ext_us_east_1" \{/);
  assert.ok(terraform.includes('contains = ["ext-\\"data\\"-$${x}"]'));
  assert.ok(terraform.includes('neq      = ["%%{if}"]'));
  assert.ok(terraform.includes('exists   = "false"'));
});

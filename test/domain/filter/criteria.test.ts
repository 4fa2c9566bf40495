import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../fixed-seed.ts';
import { matchesCriteria } from '../../../src/domain/criteria.ts';
import type { Term } from '../../../src/domain/filter/ast.ts';
import { toCriteria } from '../../../src/domain/filter/criteria.ts';
import { matchesFilter } from '../../../src/domain/filter/match.ts';
import { parseFilter } from '../../../src/domain/filter/parse.ts';
import { FINDING_TYPES } from '../../../src/domain/finding.ts';
import { anyFinding, exprOf, toFacts } from './arbitraries.ts';

const said = (text: string, purpose: 'list' | 'rule' = 'rule') => {
  const result = parseFilter(text);
  assert.ok(result.ok, text);
  return toCriteria(result.expr, purpose);
};

test('what criteria can say is said exactly', () => {
  const unused = FINDING_TYPES.filter((type) => type.startsWith('Unused'));
  const cases = [
    ['', {}],
    ['type:external public:no', { findingType: { eq: ['ExternalAccess'] }, isPublic: { eq: ['false'] } }],
    ['type:unused-*', { findingType: { eq: unused } }],
    ['-type:external', { findingType: { eq: ['InternalAccess', ...unused] } }],
    ['kind:s3,role', { resourceType: { eq: ['AWS::S3::Bucket', 'AWS::IAM::Role'] } }],
    ['-kind:s3', { resourceType: { neq: ['AWS::S3::Bucket'] } }],
    ['account:111122223333,444455556666', { resourceOwnerAccount: { eq: ['111122223333', '444455556666'] } }],
    ['resource:arn:aws:s3:::a', { resource: { eq: ['arn:aws:s3:::a'] } }],
    ['resource:*backup*', { resource: { contains: ['backup'] } }],
    ['resource:arn:aws:s3:::log-*', { resource: { contains: ['arn:aws:s3:::log-'] } }],
    ['principal:444455556666', { 'principal.AWS': { contains: ['444455556666'] } }],
    ['principal:everyone', { 'principal.AWS': { eq: ['*'] } }],
    ['principal:*accounts.google.com*', { 'principal.Federated': { contains: ['accounts.google.com'] } }],
    ['error:yes', { error: { exists: true } }],
    ['-error:yes', { error: { exists: false } }],
    ['error:access_denied', { error: { eq: ['ACCESS_DENIED'] } }],
    ['condition:aws:sourcevpce', { 'condition.aws:SourceVpce': { exists: true } }],
    ['condition:aws:SourceVpce=vpce-1', { 'condition.aws:SourceVpce': { eq: ['vpce-1'] } }],
    ['-condition:aws:SourceVpce', { 'condition.aws:SourceVpce': { exists: false } }],
    ['kind:s3 or kind:role', { resourceType: { eq: ['AWS::S3::Bucket', 'AWS::IAM::Role'] } }],
    [
      '-(type:external or kind:s3)',
      { findingType: { eq: ['InternalAccess', ...unused] }, resourceType: { neq: ['AWS::S3::Bucket'] } },
    ],
    ['kind:s3,role -kind:role', { resourceType: { eq: ['AWS::S3::Bucket'] } }],
  ] as const;
  for (const [text, criteria] of cases) {
    assert.deepEqual(said(text), { criteria, cannotSay: [], wider: [] }, text);
  }
});

test('what criteria cannot say is named with its place and why', () => {
  const cases = [
    ['kind:s3 (type:external or account:111122223333)', /no OR across keys/],
    ['kind:s3 age:>30d', /no criterion for times/],
    ['kind:s3 status:active', /always active/],
    ['kind:s3 id:1-2-3', /new findings only/],
    ['kind:s3 region:eu-*', /one Region/],
    ['kind:s3 action:s3:*', /no criterion for actions/],
    ['kind:s3 -resource:*x*', /whole values only/],
    ['kind:s3 resource:a*b', /between two texts/],
    ['kind:s3 photos', /bare word/],
    ['kind:s3 account:prod', /by id, not by name/],
    ['kind:s3 principal:444455556666,accounts.google.com', /several kinds/],
    ['kind:s3 condition:o-abc', /names one condition key/],
    ['kind:s3 condition:aws:SourceVpc*', /names one condition key/],
    ['kind:s3 condition:aws:SourceVpce,aws:SourceVpc', /names one condition key/],
    ['kind:s3 principal:*', /none for any principal/],
    ['kind:s3 error:nothing*', /no error that is known/],
    ['kind:s3 account:1111*,prod', /by id, not by name/],
    ['kind:s3 -(type:external account:111122223333)', /no OR across keys/],
  ] as const;
  for (const [text, why] of cases) {
    const { criteria, cannotSay } = said(text);
    assert.deepEqual(criteria, { resourceType: { eq: ['AWS::S3::Bucket'] } }, text);
    assert.equal(cannotSay.length, 1, text);
    assert.match(cannotSay[0]?.why ?? '', why, text);
    const { text: unsaid = '', span = { start: 0, end: 0 } } = cannotSay[0] ?? {};
    assert.equal(text.slice(span.start, span.end).replace(/^\((.*)\)$/, '$1'), unsaid);
  }
});

test('a contradiction is named instead of making criteria that mean something else', () => {
  for (const text of [
    'kind:s3 kind:role',
    'error:no error:ACCESS_DENIED',
    'error:yes error:no',
    'account:111122223333 -account:111122223333',
  ]) {
    assert.match(said(text).cannotSay[0]?.why ?? '', /contradicts/, text);
  }
});

test('what is asked of one key twice is said once', () => {
  const cases = [
    ['error:yes error:ACCESS_DENIED', { error: { eq: ['ACCESS_DENIED'] } }],
    ['resource:arn:aws:s3:::a,arn:aws:s3:::b resource:*:b*', { resource: { eq: ['arn:aws:s3:::b'] } }],
    [
      '-account:111122223333 -account:444455556666',
      { resourceOwnerAccount: { neq: ['111122223333', '444455556666'] } },
    ],
    ['-kind:s3 kind:s3,role', { resourceType: { eq: ['AWS::IAM::Role'] } }],
  ] as const;
  for (const [text, criteria] of cases)
    assert.deepEqual(said(text), { criteria, cannotSay: [], wider: [] }, text);
});

test('two texts that one value must both contain cannot be said, but the first', () => {
  const { criteria, cannotSay } = said('resource:*log* resource:*prod*');
  assert.deepEqual(criteria, { resource: { contains: ['log'] } });
  assert.match(cannotSay[0]?.why ?? '', /those are alternatives/);
  assert.equal(cannotSay[0]?.text, 'resource:*prod*');
});

test('a list can ask for status and id', () => {
  assert.match(said('id:0123456789ABCDEF', 'list').cannotSay[0]?.why ?? '', /the id of a row/);
  assert.deepEqual(said('status:active', 'list').criteria, { status: { eq: ['ACTIVE'] } });
  assert.deepEqual(said('id:11111111-2222-3333-4444-555555555555', 'list').criteria, {
    id: { eq: ['11111111-2222-3333-4444-555555555555'] },
  });
});

test('a part that means more as a criterion is named', () => {
  const { criteria, wider } = said('principal:1234*');
  assert.deepEqual(criteria, { 'principal.AWS': { contains: ['1234'] } });
  assert.equal(wider[0]?.text, 'principal:1234*');
});

test('a list with `public:no` leaves out nothing that does not say whether it is public', () => {
  assert.deepEqual(said('public:no', 'list').criteria, {});
  assert.match(said('public:no', 'list').cannotSay[0]?.why ?? '', /add type:external/);
  assert.deepEqual(said('public:yes or public:no', 'list').criteria, {});
  assert.deepEqual(said('public:no type:external', 'list').cannotSay, []);
  assert.deepEqual(said('public:no', 'rule').criteria, { isPublic: { eq: ['false'] } });
});

test('`public:no` is left out where no finding says whether it is public', () => {
  assert.deepEqual(Object.keys(said('type:unused public:no').criteria), ['findingType']);
});

/** Terms that criteria may be able to say, over the values that `anyFinding` has. */
const texts = [
  'status:active',
  'type:external',
  'type:unused-*',
  'kind:s3',
  'kind:role,key',
  'account:111122223333',
  'account:4444*',
  'account:*2222*,*5555*',
  'resource:arn:aws:s3:::photos',
  'resource:*backup*',
  'resource:photos*',
  'resource:arn:aws:s3:::p*',
  'resource:*photos*,*deploy*',
  'resource:*:role/*',
  'resource:*',
  'principal:444455556666',
  'principal:everyone',
  'principal:arn:aws:iam::444455556666:role/ci',
  'principal:ci',
  'principal:*role*',
  'principal:arn:aws:iam::444455556666:*',
  'principal:accounts.google.com',
  'public:yes',
  'public:no',
  'error:yes',
  'error:ACCESS_DENIED',
  'error:*_ERROR',
  'error:nothing*',
  'condition:aws:SourceVpce',
  'condition:aws:sourcevpce=vpce-*',
  'condition:aws:SourceVpce=*1*,*2*',
  'condition:*',
  'condition:aws:SourceIp=10.0.0.0/8',
  'age:>30d',
  'photos',
];
const terms = texts.map((text) => {
  const result = parseFilter(text);
  assert.ok(result.ok);
  return result.expr as Term;
});
/** Any filter of these, as often of terms about one key, which criteria must say as one. */
const byKey = [...Map.groupBy(terms, (term) => (term.kind === 'word' ? '' : term.key)).values()];
const anyFilter = fc.oneof(
  exprOf(fc.constantFrom(...terms)),
  fc.constantFrom(...byKey).chain((some) => exprOf(fc.constantFrom(...some))),
);
const context = { now: 1_000, lastVisitAt: 0, marked: new Set<string>() };

/** Only external findings say whether they are public. */
const anyHonest = anyFinding.map(({ isPublic = false, ...rest }) =>
  rest.findingType === 'ExternalAccess' ? { ...rest, isPublic } : rest,
);

test('criteria of a list mean the filter where all of it could be said, and never less', () => {
  let exact = 0;
  fc.assert(
    fc.property(anyFilter, anyHonest, (expr, finding) => {
      const { criteria, cannotSay, wider } = toCriteria(expr, 'list');
      const isMeant = matchesFilter(expr, toFacts(finding), context);
      const isSaid = matchesCriteria(criteria, finding);
      if (cannotSay.length === 0 && wider.length === 0) {
        exact++;
        assert.equal(isSaid, isMeant);
      } else if (isMeant) {
        assert.equal(isSaid, true, 'criteria may only mean more');
      }
    }),
    { numRuns: 2000 },
  );
  assert.ok(exact > 200, `only ${exact} filters could be said`);
});

test('a rule never hides what its filter does not mean, unless that is named', () => {
  fc.assert(
    fc.property(anyFilter, anyHonest, (expr, finding) => {
      const { criteria, cannotSay, wider } = toCriteria(expr, 'rule');
      if (cannotSay.length > 0 || wider.length > 0 || !matchesCriteria(criteria, finding)) return;
      assert.equal(matchesFilter(expr, toFacts(finding), context), true);
    }),
    { numRuns: 2000 },
  );
});

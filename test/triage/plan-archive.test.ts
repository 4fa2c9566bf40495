import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import '../domain/fixed-seed.ts';
import { CHUNK_SIZE } from '../../src/triage/batches.ts';
import { planArchive } from '../../src/triage/plan-archive.ts';
import { summarizePlan } from '../../src/triage/summarize-plan.ts';
import { ANALYZER, finding, stored } from './fakes.ts';

const idsOf = (plan: ReturnType<typeof planArchive>): string[] =>
  plan.operations.flatMap(({ change }) => (change.kind === 'update-findings' ? [...change.ids] : []));

test('groups by profile and analyzer, and keeps the prior state and the aws command', () => {
  const other = `${ANALYZER}-2`;
  const plan = planArchive({
    findings: [
      finding('a'),
      finding('b', { analyzerArn: other }),
      finding('c'),
      finding('d', { profile: 'prod' }),
    ].map((f) => stored(f)),
    to: 'ARCHIVED',
    reason: '  known partner ',
  });
  assert.equal(plan.kind, 'archive');
  assert.equal(plan.title, 'Archive 4 findings');
  assert.equal(plan.reason, 'known partner');
  assert.deepEqual(
    plan.operations.map(({ profile, analyzerArn, change }) => [profile, analyzerArn, change]),
    [
      [
        'default',
        ANALYZER,
        { kind: 'update-findings', status: 'ARCHIVED', ids: ['a', 'c'], before: ['ACTIVE', 'ACTIVE'] },
      ],
      ['default', other, { kind: 'update-findings', status: 'ARCHIVED', ids: ['b'], before: ['ACTIVE'] }],
      ['prod', ANALYZER, { kind: 'update-findings', status: 'ARCHIVED', ids: ['d'], before: ['ACTIVE'] }],
    ],
  );
  assert.equal(
    plan.operations[2]?.command,
    `aws accessanalyzer update-findings --analyzer-arn ${ANALYZER} --status ARCHIVED --ids d --region eu-west-1 --profile prod`,
  );
});

test('leaves out what cannot or need not change, and says why', () => {
  const findings = [
    stored(finding('resolved', { status: 'RESOLVED' })),
    stored(finding('archived', { status: 'ARCHIVED' })),
    stored(finding('gone'), 5),
    stored(finding('active')),
    stored(finding('active')),
  ];
  const plan = planArchive({ findings, to: 'ARCHIVED' });
  assert.equal(plan.title, 'Archive 1 finding');
  assert.deepEqual(idsOf(plan), ['active']);
  assert.deepEqual(
    plan.skipped.map(({ ref, why }) => [ref.id, why]),
    [
      ['resolved', 'It is RESOLVED, and a resolved finding cannot be archived.'],
      ['archived', 'It is archived already.'],
      ['gone', 'It is gone: AWS no longer lists it.'],
    ],
  );
  assert.deepEqual(Object.keys(plan.skipped[0]?.ref ?? {}), ['profile', 'region', 'analyzerArn', 'id']);
  const back = planArchive({ findings, to: 'ACTIVE', reason: ' ' });
  assert.deepEqual(idsOf(back), ['archived']);
  assert.deepEqual([back.kind, back.title, back.reason], ['unarchive', 'Unarchive 1 finding', undefined]);
  assert.deepEqual(
    back.skipped.map(({ why }) => why),
    [
      'It is RESOLVED, and a resolved finding cannot be made active.',
      'It is gone: AWS no longer lists it.',
      'It is active already.',
      'It is active already.',
    ],
  );
});

test('archiving something public asks for a typed word and names it; making it active does not', () => {
  const open = finding('open', { isPublic: true });
  const plan = planArchive({ findings: [stored(open), stored(finding('b'))], to: 'ARCHIVED' });
  assert.equal(plan.publicCount, 1);
  assert.deepEqual(plan.publicResources, ['arn:aws:s3:::bucket-open']);
  assert.equal(plan.typedWord, 'archive');
  const back = planArchive({ findings: [stored({ ...open, status: 'ARCHIVED' })], to: 'ACTIVE' });
  assert.equal(back.publicCount, 1);
  assert.equal(back.typedWord, undefined);
  const skippedOnly = planArchive({
    findings: [stored({ ...open, status: 'ARCHIVED' }), stored(finding('b'))],
    to: 'ARCHIVED',
  });
  assert.equal(skippedOnly.publicCount, 0);
  assert.equal(skippedOnly.typedWord, undefined);
});

test('every finding is in exactly one chunk of its own analyzer, and no chunk is too large', () => {
  const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 3 })), {
    maxLength: 400,
  });
  fc.assert(
    fc.property(some, (pairs) => {
      const findings = pairs.map(([id, analyzer]) =>
        stored(finding(`f${id}`, { analyzerArn: `${ANALYZER}${analyzer}` })),
      );
      const plan = planArchive({ findings, to: 'ARCHIVED' });
      const planned = plan.operations.flatMap(({ analyzerArn, change }) => {
        assert.ok(
          change.kind === 'update-findings' && change.ids.length <= CHUNK_SIZE && change.ids.length > 0,
        );
        assert.equal(change.ids.length, change.before.length);
        return change.ids.map((id) => `${analyzerArn} ${id}`);
      });
      const asked = new Set(findings.map(({ analyzerArn, id }) => `${analyzerArn} ${id}`));
      assert.deepEqual(planned.toSorted(), [...asked].toSorted());
    }),
  );
});

test('a plan for findings that come grouped is the same', () => {
  const exposures = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(exposures, (sizes) => {
      const findings = sizes.flatMap((analyzers, exposure) =>
        analyzers.map((analyzer, at) => ({
          ...stored(finding(`f${exposure}-${at}`, { analyzerArn: `${ANALYZER}${analyzer}` })),
          exposureId: `e${exposure}`,
        })),
      );
      const plan = planArchive({ findings, to: 'ARCHIVED', grouped: true });
      assert.deepEqual(plan, planArchive({ findings, to: 'ARCHIVED' }));
      assert.equal(plan.exposureIds.length, sizes.length);
    }),
  );
});

test('summarizes per analyzer and Region', () => {
  const us = ANALYZER.replace('eu-west-1', 'us-east-1');
  const many = Array.from({ length: CHUNK_SIZE + 1 }, (_, index) => stored(finding(`f${index}`)));
  const plan = planArchive({
    findings: [
      stored(finding('u', { region: 'us-east-1', analyzerArn: us, isPublic: true })),
      ...many,
      stored(finding('gone'), 5),
      stored(finding('x', { status: 'ARCHIVED' })),
      stored(finding('y', { status: 'ARCHIVED' })),
    ],
    to: 'ARCHIVED',
  });
  const { lines, ...sums } = summarizePlan(plan);
  assert.deepEqual(
    lines.map(({ region, analyzerName, findings, requests }) => [region, analyzerName, findings, requests]),
    [
      ['eu-west-1', 'external', CHUNK_SIZE + 1, 2],
      ['us-east-1', 'external', 1, 1],
    ],
  );
  assert.deepEqual(sums, {
    findings: CHUNK_SIZE + 2,
    requests: 3,
    regions: ['eu-west-1', 'us-east-1'],
    publicCount: 1,
    skipped: [
      { why: 'It is archived already.', count: 2 },
      { why: 'It is gone: AWS no longer lists it.', count: 1 },
    ],
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredFinding } from '../../../src/domain/listing.ts';
import { selectDetail } from '../../../src/app/selectors/detail.ts';
import { selectDetailLines } from '../../../src/app/selectors/detail-lines.ts';
import type { AppState } from '../../../src/app/state.ts';
import { succeed } from '../../../src/domain/problem.ts';
import { cellWidth } from '../../../src/domain/text.ts';
import type { Proof } from '../../../src/triage/resolve/prove.ts';
import { aFinding, DAY, NOW } from '../fakes/findings.ts';
import { openJourney } from '../fakes/journey.ts';

/** Sections of the first row's detail, as text. */
async function detailOf(...findings: readonly StoredFinding[]): Promise<Readonly<Record<string, string>>> {
  const journey = await openJourney({ findings, mode: { homeFilter: '' } });
  await journey.keys('enter');
  return Object.fromEntries(
    selectDetail(journey.state()).map((section) => [
      section.id,
      [section.title, ...section.lines.map((line) => `${line.label ?? ''}|${line.text}`)].join('\n'),
    ]),
  );
}

test('external access: who, what by level, conditions, source, policies of the organization', async () => {
  const detail = await detailOf(
    aFinding('x', {
      action: ['s3:GetObject', 's3:PutBucketPolicy', 's3:ListBucket'],
      condition: { 'aws:SourceVpce': 'vpce-1' },
      sources: [
        { type: 'S3_ACCESS_POINT', accessPointArn: 'arn:aws:s3:us-east-1:123456789012:accesspoint/ap' },
      ],
      resourceControlPolicyRestriction: 'APPLICABLE',
    }),
  );
  assert.match(detail['resource'] ?? '', /arn:aws:s3:::bucket-x/);
  assert.match(detail['meaning'] ?? '', /444455556666/);
  assert.match(detail['principal'] ?? '', /AWS\|444455556666/);
  assert.equal(
    detail['permissions'],
    'Permissions (3)\npermissions|s3:PutBucketPolicy\nread|s3:GetObject\nlist|s3:ListBucket',
  );
  assert.match(detail['conditions'] ?? '', /aws:SourceVpce\n\|vpce-1/);
  assert.match(detail['sources'] ?? '', /S3 access point\n\|arn:aws:s3/);
  assert.match(detail['restrictions'] ?? '', /RCP.*may over-report/);
});

test('no condition is said, not left out', async () => {
  const detail = await detailOf(aFinding('x'));
  assert.match(detail['conditions'] ?? '', /nothing narrows this access down/);
});

test('a fix that waits for its proof was not dealt with by nobody; one that did not work leaves the finding active', async () => {
  const journey = await openJourney({ findings: [aFinding('x')] });
  await journey.keys('enter');
  const state = journey.state();
  const { data } = state.detail;
  assert.ok(data !== undefined);
  const status = (fixedAt: number | undefined, proof?: Proof): string | undefined => {
    const proven =
      proof === undefined ? [] : data.findings.map((finding) => ({ finding, proof: succeed(proof) }));
    const proofs: AppState['proofs'] = new Map(
      proof === undefined ? [] : [[data.row.exposureId, { name: 'x', state: 'ended', findings: proven }]],
    );
    const detail = { ...state.detail, data: { ...data, row: { ...data.row, fixedAt } } };
    return selectDetail({ ...state, proofs, detail }).find(({ id }) => id === 'meaning')?.lines[1]?.text;
  };
  const nobody = 'Active: nobody has dealt with it yet.';
  const waits = 'Active until AWS has looked again: a fix was made.';
  assert.equal(status(undefined), nobody);
  assert.equal(status(NOW), waits);
  assert.equal(status(NOW, { kind: 'due', at: NOW + DAY }), waits);
  assert.equal(status(NOW, { kind: 'still-there', status: 'ACTIVE' }), nobody);
  assert.equal(status(undefined, { kind: 'due', at: NOW + DAY }), nobody);
});

test('the points of the risk add up to the risk of the row', async () => {
  const detail = await detailOf(aFinding('pub', { isPublic: true, principal: { AWS: '*' } }));
  const points = [...(detail['risk'] ?? '').matchAll(/^\+(\d+)\|/gmu)].map((match) => Number(match[1]));
  const total = /^Risk (\d+) of 100/u.exec(detail['risk'] ?? '')?.[1];
  assert.equal(
    points.reduce((sum, each) => sum + each, 0),
    Number(total),
  );
});

test('every twin is there with Region, analyzer, status and dates', async () => {
  const resource = 'arn:aws:iam::123456789012:role/partner';
  const role = { resource, resourceType: 'AWS::IAM::Role' };
  const detail = await detailOf(
    aFinding('a', { ...role, region: 'us-east-1' }),
    aFinding('b', { ...role, region: 'eu-west-1', status: 'ARCHIVED' }),
  );
  const twins = (detail['twins'] ?? '').split('\n');
  assert.equal(twins[0], '2 findings');
  assert.equal(twins[1], 'eu-west-1|ARCHIVED · main');
  assert.match(twins[2] ?? '', /created 2026-05-29 · updated 1 d ago · analyzed 1 d ago/);
  assert.equal(twins[4], 'us-east-1|ACTIVE · main');
});

test('unused permissions: each service and action with its last use', async () => {
  const detail = await detailOf(
    aFinding('u', {
      findingType: 'UnusedPermission',
      resourceType: 'AWS::IAM::Role',
      resource: 'arn:aws:iam::123456789012:role/app',
      detail: {
        kind: 'unused-permission',
        services: [
          {
            serviceNamespace: 's3',
            lastAccessed: NOW - 5 * DAY,
            actions: [{ action: 's3:PutObject', lastAccessed: NOW - 40 * DAY }],
          },
          { serviceNamespace: 'bedrock' },
        ],
      },
    }),
  );
  assert.equal(
    detail['unused'],
    'Unused permissions\ns3|1 action · service last used 5d ago\n|s3:PutObject · last used 40d ago\nbedrock|the whole service · never used',
  );
});

test('a detail that was not fetched yet says so', async () => {
  const detail = await detailOf(
    aFinding('r', { findingType: 'UnusedIAMRole', resourceType: 'AWS::IAM::Role' }),
  );
  assert.match(detail['pending'] ?? '', /being fetched|not fetched yet/);
});

test('what one can do names the keys that work now', async () => {
  const detail = await detailOf(aFinding('x'));
  assert.match(detail['next'] ?? '', /a\|Archive/);
  assert.doesNotMatch(detail['next'] ?? '', /Unarchive/, 'nothing is archived');
  const archived = await detailOf(aFinding('y', { status: 'ARCHIVED' }));
  assert.match(archived['next'] ?? '', /u\|Unarchive/);
});

test('hostile text is made visible in every line, and lines fit their width', async () => {
  const evil = '\u001b[2J\u202Eevil\u0007\nname';
  const journey = await openJourney({
    findings: [
      aFinding('x', {
        resource: `arn:aws:s3:::${evil}${'日本'.repeat(60)}`,
        principal: { [evil]: evil },
        action: [`s3:${evil}`],
        condition: { [evil]: evil },
        sources: [{ type: evil, accessPointArn: evil, accessPointAccount: evil }],
        resourceOwnerAccount: evil,
        resourceControlPolicyRestriction: evil,
      }),
    ],
  });
  await journey.keys('enter');
  const lines = selectDetailLines(journey.state(), 60);
  assert.ok(lines.length > 10);
  for (const line of lines) {
    assert.doesNotMatch(`${line.label ?? ''}${line.text}`, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    assert.ok(cellWidth(line.text) <= 60, line.text);
  }
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StoredFinding } from '../../../src/domain/listing.ts';
import { formatFindings, toCsvField } from '../../../src/services/formats/list-format.ts';

const finding: StoredFinding = {
  profile: 'default',
  region: 'us-east-1',
  analyzerArn: 'arn:aws:access-analyzer:us-east-1:111122223333:analyzer/external',
  id: 'f-1',
  findingType: 'ExternalAccess',
  status: 'ACTIVE',
  resource: 'arn:aws:s3:::photos|a',
  resourceType: 'AWS::S3::Bucket',
  resourceOwnerAccount: '111122223333',
  createdAt: 0,
  analyzedAt: 0,
  updatedAt: 86_400_000,
  isPublic: true,
  principal: { AWS: '*' },
  action: ['s3:GetObject'],
  condition: {},
  exposureId: 'e-1',
  risk: 90,
  firstSeenAt: 0,
  goneAt: undefined,
  detail: undefined,
};
const text = (format: 'json' | 'ndjson' | 'csv' | 'md', findings: StoredFinding[]): string =>
  [...formatFindings(findings, format)].join('');

describe('the formats of a list', () => {
  it('are valid JSON for none, one and many', () => {
    for (const findings of [[], [finding], [finding, finding, finding]]) {
      assert.equal((JSON.parse(text('json', findings)) as unknown[]).length, findings.length);
      const lines = text('ndjson', findings)
        .split('\n')
        .filter((line) => line !== '');
      assert.equal(lines.map((line) => JSON.parse(line) as unknown).length, findings.length);
    }
  });

  it("carry the SDK's names plus where and what the exposure is", () => {
    const [json] = JSON.parse(text('json', [finding])) as Record<string, unknown>[];
    assert.deepEqual(
      { ...json, analyzerArn: undefined },
      {
        id: 'f-1',
        findingType: 'ExternalAccess',
        status: 'ACTIVE',
        resource: 'arn:aws:s3:::photos|a',
        resourceType: 'AWS::S3::Bucket',
        resourceOwnerAccount: '111122223333',
        isPublic: true,
        principal: { AWS: '*' },
        action: ['s3:GetObject'],
        condition: {},
        createdAt: '1970-01-01T00:00:00.000Z',
        analyzedAt: '1970-01-01T00:00:00.000Z',
        updatedAt: '1970-01-02T00:00:00.000Z',
        region: 'us-east-1',
        profile: 'default',
        analyzerArn: undefined,
        exposure: 'e-1',
        risk: 90,
        firstSeenAt: '1970-01-01T00:00:00.000Z',
      },
    );
  });

  it('keep a stranger from writing a formula into a spreadsheet, or a column into a table', () => {
    assert.equal(toCsvField('=HYPERLINK("x")'), `"'=HYPERLINK(""x"")"`);
    assert.equal(toCsvField('a,b'), '"a,b"');
    assert.match(text('md', [finding]), /photos\\\|a/);
  });

  it('come in pieces, so that a million findings are never one string', () => {
    const pieces = [
      ...formatFindings(
        Array.from({ length: 1000 }, () => finding),
        'ndjson',
      ),
    ];
    assert.ok(pieces.length > 3);
    assert.ok(pieces.every((piece) => piece.length < 80_000));
  });
});

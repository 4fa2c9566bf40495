import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ANALYZER_TYPES,
  analyzerKind,
  isOrganizationAnalyzer,
  isUnseen,
  REGION_STATUSES,
} from '../../src/domain/analyzer.ts';

test('six types are three kinds, each for an account and an organization', () => {
  const seen = ANALYZER_TYPES.map(
    (type) => `${analyzerKind(type)} ${isOrganizationAnalyzer(type) ? 'organization' : 'account'}`,
  );
  assert.deepEqual(seen.sort(), [
    'external account',
    'external organization',
    'internal account',
    'internal organization',
    'unused account',
    'unused organization',
  ]);
});

test('a Region that has no analyzer or is off was seen; one that refused was not', () => {
  assert.deepEqual(REGION_STATUSES.filter(isUnseen), ['denied', 'throttled', 'failed']);
});

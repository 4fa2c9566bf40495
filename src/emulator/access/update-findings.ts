import type { AnalyzerRecord } from '../estate/analyzer-record.ts';
import { type InputOf, list, oneOf, required, STRING } from '../service/member.ts';
import { type Call, operation, type Output } from '../service/operation.ts';
import { validationError } from '../wire/service-error.ts';
import { analyzerByArn } from './find-analyzer.ts';
import { findingById } from './findings.ts';
import { ANALYZER_ARN, RESOURCE_ARN } from './shapes.ts';

const BODY = {
  analyzerArn: required(ANALYZER_ARN),
  status: required(oneOf(['ACTIVE', 'ARCHIVED'])),
  ids: list(STRING),
  resourceArn: RESOURCE_ARN,
  clientToken: STRING,
} as const;

/** All or nothing: one id that is unknown or RESOLVED fails the whole call (ACCESS-ANALYZER: changing things). */
function updateFindings(call: Call, input: InputOf<typeof BODY>): Output {
  const analyzer = analyzerByArn(call, input.analyzerArn);
  if ((input.ids === undefined) === (input.resourceArn === undefined)) {
    throw validationError('Specify either ids or resourceArn', 'fieldValidationFailed', [
      { name: 'ids', message: 'Exactly one of ids and resourceArn must be set' },
    ]);
  }
  const slots =
    input.ids === undefined ? openSlotsOf(analyzer, input.resourceArn ?? '') : slotsOf(analyzer, input.ids);
  for (const slot of slots) analyzer.ledger.setStatus(slot, input.status, call.now);
  return {};
}

function slotsOf(analyzer: AnalyzerRecord, ids: readonly string[]): readonly number[] {
  const found = ids.map((id) => findingById(analyzer, id));
  const resolved = found.find(({ finding }) => finding.status === 'RESOLVED');
  if (resolved !== undefined) {
    throw validationError(
      `Finding ${resolved.finding.id} is RESOLVED and cannot be updated`,
      'fieldValidationFailed',
      [{ name: 'ids', message: 'The status of a resolved finding cannot be changed' }],
    );
  }
  return found.map(({ slot }) => slot);
}

/** By resource nobody names a finding, so those that are resolved are passed over. */
const openSlotsOf = (analyzer: AnalyzerRecord, resourceArn: string): readonly number[] =>
  analyzer.ledger.slotsOf(resourceArn).filter((slot) => {
    const status = analyzer.ledger.at(slot)?.status;
    return status === 'ACTIVE' || status === 'ARCHIVED';
  });

export const UPDATE_FINDINGS = operation(
  { name: 'UpdateFindings', method: 'PUT', path: '/finding', idempotent: true, body: BODY },
  updateFindings,
);

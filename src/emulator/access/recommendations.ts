import type { AnalyzerRecord } from '../estate/analyzer-record.ts';
import type { RecommendationRecord, RecommendedStep } from '../estate/recommendation-record.ts';
import { recommend } from '../recommendation/recommend.ts';
import { type InputOf, integer, required, STRING, text } from '../service/member.ts';
import { type Call, operation, type Output } from '../service/operation.ts';
import { pageByKey } from '../service/paging.ts';
import { notFound, validationError } from '../wire/service-error.ts';
import { analyzerByArn, isOpen, requireKind } from './find-analyzer.ts';
import { ANALYZER_ARN } from './shapes.ts';
import { iso, present } from './wire-values.ts';

const LABEL = { id: required(text({ min: 1, max: 2048 })) } as const;
const QUERY = { analyzerArn: required(ANALYZER_ARN) } as const;
const PAGING = { maxResults: integer({ min: 1, max: 1000 }), nextToken: STRING } as const;

/** The answer is IN_PROGRESS until it was asked for this often: then a client has seen both. */
const READS_UNTIL_READY = 2;

/** Answers nothing. Asked again, it begins anew. The operation knows no 404 (API model): an unknown id is invalid. */
function generate(call: Call, { analyzerArn, id }: InputOf<typeof LABEL & typeof QUERY>): Output {
  const analyzer = analyzerByArn(call, analyzerArn);
  requireKind(analyzer, ['unused'], 'GenerateFindingRecommendation');
  const slot = isOpen(analyzer) ? analyzer.ledger.slotOf(id) : undefined;
  const finding = slot === undefined ? undefined : analyzer.ledger.at(slot);
  if (finding?.detail.kind !== 'unused-permission' || finding.status === 'RESOLVED') {
    throw validationError(
      'Recommendations are for open findings of type UnusedPermission',
      'fieldValidationFailed',
      [{ name: 'id', message: `${id} is not an open UnusedPermission finding` }],
    );
  }
  analyzer.recommendations.set(id, {
    startedAt: call.now,
    resourceArn: finding.resource,
    outcome: recommend(call.estate.world, finding.resource, finding.detail.services),
    reads: 0,
  });
  return {};
}

function read(call: Call, input: InputOf<typeof LABEL & typeof QUERY & typeof PAGING>): Output {
  const analyzer = analyzerByArn(call, input.analyzerArn);
  const record = recommendationOf(analyzer, input.id);
  record.reads += 1;
  const begun = {
    startedAt: iso(record.startedAt),
    resourceArn: record.resourceArn,
    recommendationType: 'UnusedPermissionRecommendation',
  };
  if (record.reads < READS_UNTIL_READY) return { ...begun, status: 'IN_PROGRESS' };
  record.completedAt ??= call.now;
  return { ...begun, completedAt: iso(record.completedAt), ...outcome(record, input) };
}

/** Throws ResourceNotFoundException before the first generation. */
function recommendationOf(analyzer: AnalyzerRecord, id: string): RecommendationRecord {
  const record = analyzer.recommendations.get(id);
  if (record === undefined) throw notFound('FindingRecommendation', id);
  return record;
}

function outcome(
  { outcome }: RecommendationRecord,
  input: InputOf<typeof LABEL & typeof QUERY & typeof PAGING>,
): Output {
  if (outcome.status === 'FAILED') {
    return { status: outcome.status, error: { code: outcome.code, message: outcome.message } };
  }
  const numbered = outcome.steps.map((step, i) => ({ key: String(i).padStart(6, '0'), step }));
  const request = ['GetFindingRecommendation', input.analyzerArn, input.id];
  const page = pageByKey(numbered, ({ key }) => key, input, request);
  return {
    status: outcome.status,
    recommendedSteps: page.items.map(({ step }) => toWireStep(step)),
    ...present({ nextToken: page.nextToken }),
  };
}

const toWireStep = (step: RecommendedStep): Output => ({
  unusedPermissionsRecommendedStep: { ...step, ...present({ policyUpdatedAt: iso(step.policyUpdatedAt) }) },
});

export const RECOMMENDATION_OPERATIONS = [
  operation(
    {
      name: 'GenerateFindingRecommendation',
      method: 'POST',
      path: '/recommendation/{id}',
      uri: LABEL,
      query: QUERY,
    },
    generate,
  ),
  operation(
    {
      name: 'GetFindingRecommendation',
      method: 'GET',
      path: '/recommendation/{id}',
      uri: LABEL,
      query: { ...QUERY, ...PAGING },
    },
    read,
  ),
];

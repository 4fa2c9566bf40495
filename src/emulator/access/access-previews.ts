import type { Criteria } from '../../domain/archive-rule.ts';
import { matchesCriteria } from '../../domain/criteria.ts';
import type { AccessPreviewRecord, PreviewFinding } from '../estate/access-preview-record.ts';
import type { AnalyzerRecord } from '../estate/analyzer-record.ts';
import { uuidOf } from '../ledger/finding-id.ts';
import { CONFIGURATION } from '../preview/configuration.ts';
import { previewFindings } from '../preview/preview-findings.ts';
import { type InputOf, map, required, STRING, text } from '../service/member.ts';
import { type Call, operation, type Output } from '../service/operation.ts';
import { pageByKey } from '../service/paging.ts';
import { conflict, notFound, quotaExceeded, validationError } from '../wire/service-error.ts';
import { checkCriteria } from './criteria-check.ts';
import { analyzerByArn, requireKind } from './find-analyzer.ts';
import { ANALYZER_ARN, CRITERIA, PAGING } from './shapes.ts';
import { iso, present } from './wire-values.ts';

/** Access previews of one analyzer in an hour (ACCESS-ANALYZER: quotas). */
const MOST_PER_HOUR = 1000;
const HOUR_MS = 60 * 60 * 1000;
/** The first look finds it CREATING: then a client has seen both. */
const READS_UNTIL_READY = 2;

const PREVIEW_ID = text({ pattern: /[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/ });
const LABEL = { accessPreviewId: required(PREVIEW_ID) } as const;
const ANALYZER = { analyzerArn: required(ANALYZER_ARN) } as const;
const CREATE = { ...ANALYZER, configurations: required(map(CONFIGURATION)), clientToken: STRING } as const;

const previewsOf = (call: Call, analyzer: AnalyzerRecord): readonly AccessPreviewRecord[] =>
  [...call.estate.accessPreviews.values()].filter(({ analyzerArn }) => analyzerArn === analyzer.arn);

function requireRoom(call: Call, analyzer: AnalyzerRecord): void {
  const recent = previewsOf(call, analyzer).filter(({ createdAt }) => call.now - createdAt < HOUR_MS);
  if (recent.length < MOST_PER_HOUR) return;
  const message = `An analyzer can have at most ${MOST_PER_HOUR} access previews an hour`;
  throw quotaExceeded('AccessPreview', analyzer.name, message);
}

function createAccessPreview(call: Call, input: InputOf<typeof CREATE>): Output {
  const analyzer = analyzerByArn(call, input.analyzerArn);
  requireKind(analyzer, ['external'], 'CreateAccessPreview');
  const [only, ...more] = Object.entries(input.configurations);
  if (only === undefined || more.length > 0) {
    throw validationError('An access preview is about one resource', 'fieldValidationFailed', [
      { name: 'configurations', message: 'Must have exactly one entry' },
    ]);
  }
  requireRoom(call, analyzer);
  const { accessPreviews } = call.estate;
  const id = uuidOf(`access preview ${analyzer.arn} ${accessPreviews.size}`);
  const [arn, configuration] = only;
  const outcome = previewFindings(call.estate, analyzer, arn, configuration);
  accessPreviews.set(id, {
    id,
    analyzerArn: analyzer.arn,
    createdAt: call.now,
    configurations: input.configurations,
    reads: 0,
    outcome,
  });
  return { id };
}

/** Throws ResourceNotFoundException. */
function previewOf(call: Call, analyzerArn: string, id: string): AccessPreviewRecord {
  const analyzer = analyzerByArn(call, analyzerArn);
  const preview = call.estate.accessPreviews.get(id);
  if (preview?.analyzerArn !== analyzer.arn) throw notFound('AccessPreview', id);
  return preview;
}

function statusOf(preview: AccessPreviewRecord): Output {
  if (preview.reads < READS_UNTIL_READY) return { status: 'CREATING' };
  if ('findings' in preview.outcome) return { status: 'COMPLETED' };
  return { status: 'FAILED', statusReason: { code: preview.outcome.failure } };
}

const toSummary = (preview: AccessPreviewRecord): Output => ({
  id: preview.id,
  analyzerArn: preview.analyzerArn,
  createdAt: iso(preview.createdAt),
  ...statusOf(preview),
});

function getAccessPreview(call: Call, input: InputOf<typeof LABEL & typeof ANALYZER>): Output {
  const preview = previewOf(call, input.analyzerArn, input.accessPreviewId);
  preview.reads += 1;
  return { accessPreview: { ...toSummary(preview), configurations: preview.configurations } };
}

function listAccessPreviews(call: Call, input: InputOf<typeof ANALYZER & typeof PAGING>): Output {
  const analyzer = analyzerByArn(call, input.analyzerArn);
  const page = pageByKey(previewsOf(call, analyzer), ({ id }) => id, input, [
    'ListAccessPreviews',
    analyzer.arn,
  ]);
  return { accessPreviews: page.items.map(toSummary), ...present({ nextToken: page.nextToken }) };
}

const findingsOf = ({ outcome }: AccessPreviewRecord): readonly PreviewFinding[] =>
  'findings' in outcome ? outcome.findings : [];

const FINDINGS = { ...ANALYZER, filter: CRITERIA, ...PAGING } as const;

function listPreviewFindings(call: Call, input: InputOf<typeof LABEL & typeof FINDINGS>): Output {
  const preview = previewOf(call, input.analyzerArn, input.accessPreviewId);
  preview.reads += 1;
  if (preview.reads < READS_UNTIL_READY) {
    throw conflict('AccessPreview', preview.id, 'The access preview is still being created');
  }
  const filter = (input.filter ?? {}) as Criteria;
  checkCriteria(filter, 'list');
  const all = findingsOf(preview).filter(({ id, status, finding }) =>
    matchesCriteria(filter, { ...finding, id, status }),
  );
  const page = pageByKey(all, ({ id }) => id, input, ['ListAccessPreviewFindings', preview.id, filter]);
  return {
    findings: page.items.map((each) => toPreviewFinding(each, preview)),
    ...present({ nextToken: page.nextToken }),
  };
}

function toPreviewFinding(
  { id, finding, changeType, status, existing }: PreviewFinding,
  preview: AccessPreviewRecord,
): Output {
  const { resource, resourceType, resourceOwnerAccount, condition, principal, action, isPublic, error } =
    finding;
  return {
    id,
    changeType,
    status,
    resource,
    resourceType,
    resourceOwnerAccount,
    createdAt: iso(preview.createdAt),
    condition: condition ?? {},
    ...present({ principal, action, isPublic, error }),
    ...present({ existingFindingId: existing?.id, existingFindingStatus: existing?.status }),
  };
}

export const ACCESS_PREVIEW_OPERATIONS = [
  operation(
    { name: 'CreateAccessPreview', method: 'PUT', path: '/access-preview', idempotent: true, body: CREATE },
    createAccessPreview,
  ),
  operation(
    {
      name: 'GetAccessPreview',
      method: 'GET',
      path: '/access-preview/{accessPreviewId}',
      uri: LABEL,
      query: ANALYZER,
    },
    getAccessPreview,
  ),
  operation(
    { name: 'ListAccessPreviews', method: 'GET', path: '/access-preview', query: { ...ANALYZER, ...PAGING } },
    listAccessPreviews,
  ),
  operation(
    {
      name: 'ListAccessPreviewFindings',
      method: 'POST',
      path: '/access-preview/{accessPreviewId}',
      uri: LABEL,
      body: FINDINGS,
    },
    listPreviewFindings,
  ),
];

import type { Criteria } from '../../domain/archive-rule.ts';
import type { AnalyzerRecord } from '../estate/analyzer-record.ts';
import { listFindings } from '../ledger/listing.ts';
import type { Place } from '../ledger/ledger.ts';
import type { LedgerFinding } from '../ledger/ledger-finding.ts';
import { SORT_ATTRIBUTES, type Order, type SortAttribute } from '../ledger/order.ts';
import { type InputOf, STRING, oneOf, required, structure } from '../service/member.ts';
import { type Call, operation, type Output } from '../service/operation.ts';
import { decodePageToken, encodePageToken } from '../service/page-token.ts';
import { pageByKey, pageSize } from '../service/paging.ts';
import { notFound, validationError } from '../wire/service-error.ts';
import { checkCriteria } from './criteria-check.ts';
import { analyzerByArn, isOpen, requireKind } from './find-analyzer.ts';
import { ANALYZER_ARN, CRITERIA, PAGING } from './shapes.ts';
import { toFinding, toFindingDetails, toFindingV2 } from './wire-finding.ts';

const SORT = structure({ attributeName: STRING, orderBy: oneOf(['ASC', 'DESC']) });
const LIST = { analyzerArn: required(ANALYZER_ARN), filter: CRITERIA, sort: SORT, ...PAGING } as const;
const GET_QUERY = { analyzerArn: required(ANALYZER_ARN) } as const;
const GET_LABEL = { id: required(STRING) } as const;

/** Details are small pages, so that a client that reads only the first is found out. */
const DETAILS_PER_PAGE = 10;

const listFindingsV1 = operation(
  { name: 'ListFindings', method: 'POST', path: '/finding', body: LIST },
  (call, input) => {
    const analyzer = analyzerByArn(call, input.analyzerArn);
    requireKind(analyzer, ['external'], 'ListFindings');
    return listPage(analyzer, input, toFinding);
  },
);

const listFindingsV2 = operation(
  { name: 'ListFindingsV2', method: 'POST', path: '/findingv2', body: LIST },
  (call, input) => listPage(analyzerByArn(call, input.analyzerArn), input, toFindingV2),
);

function listPage(
  analyzer: AnalyzerRecord,
  input: InputOf<typeof LIST>,
  toWire: (f: LedgerFinding) => object,
): Output {
  const filter = input.filter as Criteria | undefined;
  if (filter !== undefined) checkCriteria(filter, 'list');
  const order = orderOf(input.sort);
  const request = [analyzer.arn, filter ?? {}, order ?? {}, toWire.name];
  const after =
    input.nextToken === undefined ? undefined : (decodePageToken(request, input.nextToken) as Place);
  if (!isOpen(analyzer)) return { findings: [] };
  const page = listFindings(analyzer.ledger, { filter, order, after, limit: pageSize(input.maxResults) });
  const findings = page.findings.map(toWire);
  return page.next === undefined
    ? { findings }
    : { findings, nextToken: encodePageToken(request, page.next) };
}

function orderOf(sort: InputOf<typeof LIST>['sort']): Order | undefined {
  if (sort === undefined) return undefined;
  const attribute = (sort.attributeName ?? 'updatedAt') as SortAttribute;
  if (!SORT_ATTRIBUTES.includes(attribute)) {
    throw validationError(`Findings cannot be sorted by ${attribute}`, 'fieldValidationFailed', [
      { name: 'sort.attributeName', message: `Unknown attribute: ${attribute}` },
    ]);
  }
  return { attribute, descending: sort.orderBy === 'DESC' };
}

/** Throws ResourceNotFoundException. */
export function findingById(analyzer: AnalyzerRecord, id: string): { finding: LedgerFinding; slot: number } {
  const slot = isOpen(analyzer) ? analyzer.ledger.slotOf(id) : undefined;
  const finding = slot === undefined ? undefined : analyzer.ledger.at(slot);
  if (slot === undefined || finding === undefined) throw notFound('Finding', id);
  return { finding, slot };
}

const getFinding = operation(
  { name: 'GetFinding', method: 'GET', path: '/finding/{id}', uri: GET_LABEL, query: GET_QUERY },
  (call, { analyzerArn, id }) => {
    const analyzer = analyzerByArn(call, analyzerArn);
    requireKind(analyzer, ['external'], 'GetFinding');
    return { finding: toFinding(findingById(analyzer, id).finding) };
  },
);

const getFindingV2 = operation(
  {
    name: 'GetFindingV2',
    method: 'GET',
    path: '/findingv2/{id}',
    uri: GET_LABEL,
    query: { ...GET_QUERY, ...PAGING },
  },
  (call, input) => detailPage(call, input),
);

function detailPage(call: Call, input: InputOf<typeof GET_QUERY & typeof GET_LABEL & typeof PAGING>): Output {
  const { finding } = findingById(analyzerByArn(call, input.analyzerArn), input.id);
  const details = toFindingDetails(finding).map((detail, i) => ({ key: String(i).padStart(6, '0'), detail }));
  const page = pageByKey(
    details,
    ({ key }) => key,
    { ...input, maxResults: pageSize(input.maxResults, DETAILS_PER_PAGE) },
    ['GetFindingV2', input.analyzerArn, input.id],
  );
  return {
    ...toFindingV2(finding),
    findingDetails: page.items.map(({ detail }) => detail),
    ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
  };
}

export const FINDING_OPERATIONS = [listFindingsV1, listFindingsV2, getFinding, getFindingV2];

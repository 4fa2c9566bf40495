import type { AnalyzerRecord } from '../estate/analyzer-record.ts';
import { required } from '../service/member.ts';
import { operation, type Output } from '../service/operation.ts';
import { pageByKey } from '../service/paging.ts';
import { analyzerByName, analyzersOf } from './find-analyzer.ts';
import { toConfiguration } from './analyzer-configuration.ts';
import { ANALYZER_NAME, ANALYZER_TYPE, PAGING } from './shapes.ts';
import { iso, present } from './wire-values.ts';

/** AnalyzerSummary; ListAnalyzers leaves out `configuration`, GetAnalyzer has it (ACCESS-ANALYZER: analyzers). */
function toAnalyzerSummary(analyzer: AnalyzerRecord): Output {
  const { arn, name, type, status, tags } = analyzer;
  return {
    arn,
    name,
    type,
    status,
    tags,
    createdAt: iso(analyzer.createdAt),
    ...present({
      managedBy: analyzer.managedBy,
      statusReason: analyzer.statusReason === undefined ? undefined : { code: analyzer.statusReason },
      lastResourceAnalyzed: analyzer.lastAnalyzed?.resource,
      lastResourceAnalyzedAt: iso(analyzer.lastAnalyzed?.at),
    }),
  };
}

const listAnalyzers = operation(
  { name: 'ListAnalyzers', method: 'GET', path: '/analyzer', query: { ...PAGING, type: ANALYZER_TYPE } },
  (call, input) => {
    const all = analyzersOf(call).filter(({ type }) => input.type === undefined || type === input.type);
    const page = pageByKey(all, ({ name }) => name, input, ['ListAnalyzers', call.region, input.type ?? '']);
    return { analyzers: page.items.map(toAnalyzerSummary), ...present({ nextToken: page.nextToken }) };
  },
);

const getAnalyzer = operation(
  {
    name: 'GetAnalyzer',
    method: 'GET',
    path: '/analyzer/{analyzerName}',
    uri: { analyzerName: required(ANALYZER_NAME) },
  },
  (call, { analyzerName }) => {
    const analyzer = analyzerByName(call, analyzerName);
    const configuration = toConfiguration(analyzer);
    return { analyzer: { ...toAnalyzerSummary(analyzer), ...present({ configuration }) } };
  },
);

export const ANALYZER_OPERATIONS = [listAnalyzers, getAnalyzer];

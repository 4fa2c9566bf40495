import { type AnalyzerKind, analyzerKind } from '../../domain/analyzer.ts';
import type { AnalyzerRecord } from '../estate/analyzer-record.ts';
import type { Call } from '../service/operation.ts';
import { accessDenied, notFound, validationError } from '../wire/service-error.ts';

export const analyzersOf = (call: Call): readonly AnalyzerRecord[] =>
  [...call.estate.analyzers.values()].filter(
    ({ account, region }) => account === call.caller.account && region === call.region,
  );

export const analyzerArn = (call: Call, name: string): string =>
  `arn:${call.estate.world.partition}:access-analyzer:${call.region}:${call.caller.account}:analyzer/${name}`;

/** Throws ResourceNotFoundException. */
export function analyzerByName(call: Call, name: string): AnalyzerRecord {
  const analyzer = call.estate.analyzers.get(analyzerArn(call, name));
  if (analyzer === undefined) throw notFound('Analyzer', name);
  return analyzer;
}

/** Throws AccessDeniedException for another account's analyzer, ResourceNotFoundException for one that is not here. */
export function analyzerByArn(call: Call, arn: string): AnalyzerRecord {
  const owner = arn.split(':')[4];
  if (owner !== call.caller.account) {
    throw accessDenied(`User: ${call.caller.arn} is not authorized to access the analyzer ${arn}`);
  }
  const analyzer = call.estate.analyzers.get(arn);
  if (analyzer === undefined || analyzer.region !== call.region) throw notFound('Analyzer', arn);
  return analyzer;
}

/** Throws ValidationException where an operation does not serve the analyzer's kind. */
export function requireKind(analyzer: AnalyzerRecord, kinds: readonly AnalyzerKind[], what: string): void {
  if (kinds.includes(analyzerKind(analyzer.type))) return;
  throw validationError(`${what} does not support analyzers of type ${analyzer.type}`, 'notSupported');
}

/** A ledger that nobody may look into: a DISABLED analyzer keeps its findings to itself. */
export const isOpen = (analyzer: AnalyzerRecord): boolean => analyzer.status === 'ACTIVE';

import { type AnalyzerType, analyzerKind } from '../../domain/analyzer.ts';
import type { AnalyzerConfiguration, AnalyzerRecord } from '../estate/analyzer-record.ts';
import type { ValueOf } from '../service/member.ts';
import { validationError } from '../wire/service-error.ts';
import type { ANALYZER_CONFIGURATION } from './shapes.ts';
import { present } from './wire-values.ts';

type WireConfiguration = ValueOf<typeof ANALYZER_CONFIGURATION>;

/** Days without use after which something counts as unused, where nobody said otherwise (User Guide). */
const DEFAULT_UNUSED_ACCESS_AGE = 90;

/** The union as GetAnalyzer sends it; external analyzers have none. */
export function toConfiguration(analyzer: AnalyzerRecord): object | undefined {
  const { unusedAccessAge, exclusions, inclusions } = analyzer.configuration;
  switch (analyzerKind(analyzer.type)) {
    case 'external':
      return undefined;
    case 'unused':
      return {
        unusedAccess: {
          unusedAccessAge: unusedAccessAge ?? DEFAULT_UNUSED_ACCESS_AGE,
          ...present({ analysisRule: exclusions && { exclusions } }),
        },
      };
    case 'internal':
      return { internalAccess: present({ analysisRule: inclusions && { inclusions } }) };
  }
}

/** Throws ValidationException where the configuration is not of the analyzer's kind. */
export function fromConfiguration(
  type: AnalyzerType,
  wire: WireConfiguration | undefined,
): AnalyzerConfiguration {
  if (wire === undefined) return {};
  const kind = analyzerKind(type);
  const fits = kind === 'unused' ? wire.unusedAccess : kind === 'internal' ? wire.internalAccess : undefined;
  if (fits === undefined) {
    throw validationError(
      `The configuration does not fit an analyzer of type ${type}`,
      'fieldValidationFailed',
      [{ name: 'configuration', message: `Not a configuration of ${type}` }],
    );
  }
  const exclusions = wire.unusedAccess?.analysisRule?.exclusions;
  const inclusions = wire.internalAccess?.analysisRule?.inclusions;
  const unusedAccessAge = wire.unusedAccess?.unusedAccessAge;
  return {
    ...(unusedAccessAge === undefined ? {} : { unusedAccessAge }),
    ...(exclusions === undefined ? {} : { exclusions }),
    ...(inclusions === undefined ? {} : { inclusions }),
  };
}

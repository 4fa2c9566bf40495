import { isOrganizationAnalyzer, type AnalyzerType } from '../../domain/analyzer.ts';
import type { AnalyzerConfiguration } from '../estate/analyzer-record.ts';
import { addAnalyzer } from '../estate/create-estate.ts';
import { type InputOf, required, STRING } from '../service/member.ts';
import { type Call, operation, type Output } from '../service/operation.ts';
import { conflict, quotaExceeded, validationError } from '../wire/service-error.ts';
import { fromConfiguration, toConfiguration } from './analyzer-configuration.ts';
import { newRule } from './archive-rules.ts';
import { analyzerArn, analyzerByName, analyzersOf } from './find-analyzer.ts';
import { ANALYZER_CONFIGURATION, ANALYZER_NAME, ANALYZER_TYPE, INLINE_RULES, TAGS } from './shapes.ts';
import { present } from './wire-values.ts';

const LABEL = { analyzerName: required(ANALYZER_NAME) } as const;
const CREATE = {
  analyzerName: required(ANALYZER_NAME),
  type: required(ANALYZER_TYPE),
  archiveRules: INLINE_RULES,
  tags: TAGS,
  clientToken: STRING,
  configuration: ANALYZER_CONFIGURATION,
} as const;

/** Analyzers of one type in an account and Region (ACCESS-ANALYZER: quotas). */
const quotaOf = (type: AnalyzerType): number =>
  type === 'ORGANIZATION' || type === 'ORGANIZATION_UNUSED_ACCESS' ? 5 : 1;

function requireRoom(call: Call, type: AnalyzerType, name: string): void {
  const others = analyzersOf(call).filter((each) => each.type === type && each.managedBy === undefined);
  if (others.length < quotaOf(type)) return;
  throw quotaExceeded(
    'Analyzer',
    name,
    `You have reached the limit of ${quotaOf(type)} analyzers of type ${type}`,
  );
}

/** Only the management account, or its delegated administrator, may look at the whole organization. */
function requireOrganization(call: Call, type: AnalyzerType): void {
  if (!isOrganizationAnalyzer(type)) return;
  const { estate, caller } = call;
  const administers =
    caller.account === estate.world.managementAccount ||
    estate.source.analyzers.some(
      (spec) => isOrganizationAnalyzer(spec.type) && spec.account === caller.account,
    );
  if (administers) return;
  throw validationError(
    'You must create an organization analyzer in the management or delegated administrator account',
    'other',
  );
}

function createAnalyzer(call: Call, input: InputOf<typeof CREATE>): Output {
  const { analyzerName: name, type } = input;
  const arn = analyzerArn(call, name);
  if (name.startsWith('_')) {
    throw validationError('Names that begin with an underscore are those of service-linked analyzers');
  }
  if (call.estate.analyzers.has(arn)) {
    throw conflict('Analyzer', name, `An analyzer with the name ${name} already exists`);
  }
  requireOrganization(call, type);
  requireRoom(call, type, name);
  const configuration = fromConfiguration(type, input.configuration);
  const archiveRules = (input.archiveRules ?? []).map((rule) =>
    newRule(rule.ruleName, rule.filter, call.now),
  );
  const owner = { arn, name, type, account: call.caller.account, region: call.region, createdAt: call.now };
  addAnalyzer(call.estate, {
    ...owner,
    status: 'ACTIVE',
    tags: input.tags ?? {},
    ...configuration,
    archiveRules,
  });
  return { arn };
}

/** Takes its findings and its archive rules with it. A service-linked analyzer belongs to its service. */
function deleteAnalyzer(call: Call, name: string): Output {
  const analyzer = analyzerByName(call, name);
  if (analyzer.managedBy !== undefined) {
    throw validationError(`The analyzer ${name} is managed by ${analyzer.managedBy}`, 'notSupported');
  }
  call.estate.analyzers.delete(analyzer.arn);
  return {};
}

/** What does not make a configuration narrower or wider for the kind stays as it was (API: members are optional). */
function updateAnalyzer(call: Call, name: string, wire: InputOf<typeof CREATE>['configuration']): Output {
  const analyzer = analyzerByName(call, name);
  if (toConfiguration(analyzer) === undefined) {
    throw validationError('External access analyzers have no configuration to update', 'notSupported');
  }
  const update = fromConfiguration(analyzer.type, wire);
  requireSameAge(analyzer.configuration, update);
  analyzer.configuration = { ...analyzer.configuration, ...update };
  return present({ configuration: toConfiguration(analyzer) });
}

/** The tracking period is fixed at creation (API reference, UpdateAnalyzer). */
function requireSameAge(before: AnalyzerConfiguration, update: AnalyzerConfiguration): void {
  if (update.unusedAccessAge === undefined || update.unusedAccessAge === (before.unusedAccessAge ?? 90))
    return;
  throw validationError('unusedAccessAge cannot be changed', 'fieldValidationFailed', [
    { name: 'configuration.unusedAccess.unusedAccessAge', message: 'The tracking period cannot be changed' },
  ]);
}

export const ANALYZER_CHANGES = [
  operation(
    { name: 'CreateAnalyzer', method: 'PUT', path: '/analyzer', idempotent: true, body: CREATE },
    createAnalyzer,
  ),
  operation(
    {
      name: 'UpdateAnalyzer',
      method: 'PUT',
      path: '/analyzer/{analyzerName}',
      uri: LABEL,
      body: { configuration: ANALYZER_CONFIGURATION },
    },
    (call, { analyzerName, configuration }) => updateAnalyzer(call, analyzerName, configuration),
  ),
  operation(
    {
      name: 'DeleteAnalyzer',
      method: 'DELETE',
      path: '/analyzer/{analyzerName}',
      idempotent: true,
      uri: LABEL,
      query: { clientToken: STRING },
    },
    (call, { analyzerName }) => deleteAnalyzer(call, analyzerName),
  ),
];

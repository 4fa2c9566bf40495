import { parseArn } from './arn.ts';
import type { Finding, FindingDetail, FindingSource } from './finding.ts';
import { deedText } from './deeds.ts';
import { listed } from './listed.ts';
import { nounOf } from './resource-kind.ts';
import { cleanText } from './text.ts';

/** Sentences about who can do what: external and internal access, and analyses that failed. */

const SHOWN_ACTIONS = 3;

function actionList(actions: readonly string[]): string {
  const shown = actions.slice(0, SHOWN_ACTIONS).map(cleanText);
  const more = actions.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/**
 * Calls to these are always signed: an AWS account is needed, though it may be any. "Public" means all AWS accounts for
 * snapshots and layers (EC2, RDS and Lambda guides); unsigned calls are taken by S3, SQS, SNS, EFS and function URLs.
 */
const SIGNED_ONLY = new Set([
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::EC2::Snapshot',
  'AWS::RDS::DBSnapshot',
  'AWS::RDS::DBClusterSnapshot',
  'AWS::Lambda::LayerVersion',
  'AWS::ECR::Repository',
  'AWS::SecretsManager::Secret',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::Stream',
]);

/** The identity provider alone that lets in; undefined: others are let in, too. Its users need no AWS account. */
function onlyProvider(principal: Finding['principal']): string | undefined {
  const { Federated: provider, ...others } = principal ?? {};
  if (provider === undefined || provider === '*' || Object.keys(others).length > 0) return undefined;
  return cleanText(parseArn(provider)?.resourceName ?? provider);
}

function everyone(finding: Finding): string {
  if (finding.isPublic !== true) return 'Anyone who meets the condition';
  const provider = onlyProvider(finding.principal);
  if (provider !== undefined) return `Anyone who signs in through ${provider}`;
  return SIGNED_ONLY.has(finding.resourceType) ? 'Anyone with an AWS account' : 'Anyone on the internet';
}

function arnWho(value: string): string | undefined {
  const arn = parseArn(value);
  if (arn === undefined) return undefined;
  const { account, resource, resourceType, resourceName } = arn;
  if (resource === 'root') return `AWS account ${account}`;
  if (resourceType === 'saml-provider' || resourceType === 'oidc-provider') {
    return `everyone who signs in through ${cleanText(resourceName)} of AWS account ${account}`;
  }
  const kind = resourceType === 'assumed-role' ? 'session' : (resourceType ?? 'principal');
  return `the ${cleanText(kind)} ${cleanText(resourceName)} of AWS account ${account}`;
}

/** One principal as the subject of a sentence, by the kind of principal (AWS, Federated, Service, CanonicalUser). */
function who(kind: string, value: string): string {
  const named = arnWho(value);
  if (named !== undefined) return named;
  if (/^\d{12}$/.test(value)) return `AWS account ${value}`;
  const shown = cleanText(value);
  switch (kind) {
    case 'Federated':
      return `everyone who signs in through ${shown}`;
    case 'Service':
      return `the AWS service ${shown}`;
    case 'CanonicalUser':
      return `the AWS account with the canonical user id ${shown}`;
    default:
      return shown;
  }
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function subject(finding: Finding): string {
  const principals = Object.entries(finding.principal ?? {});
  if (finding.isPublic === true || principals.some(([, value]) => value === '*')) return everyone(finding);
  if (principals.length === 0) return 'Somebody';
  return capitalized(listed(principals.map(([kind, value]) => who(kind, value))));
}

/** ", but only when aws:SourceVpce is vpce-1" */
function conditionText(condition: Finding['condition']): string {
  const parts = Object.entries(condition ?? {}).map(
    ([key, value]) => `${cleanText(key)} is ${cleanText(value)}`,
  );
  return parts.length === 0 ? '' : `, but only when ${listed(parts)}`;
}

function sourceText(sources: readonly FindingSource[] | undefined): string {
  const ways = (sources ?? []).flatMap(({ type, accessPointArn }) => {
    if (type === 'BUCKET_ACL') return ['its access control list'];
    if (!type.startsWith('S3_ACCESS_POINT')) return [];
    const name = accessPointArn && (parseArn(accessPointArn)?.resourceName ?? accessPointArn);
    return [name ? `the access point ${cleanText(name)}` : 'an access point'];
  });
  return ways.length === 0 ? '' : `, through ${listed(ways)}`;
}

/** Codes of a restriction that may forbid what a finding shows: it was not evaluated. */
export const MAY_RESTRICT: ReadonlySet<string | undefined> = new Set([
  'APPLICABLE',
  'FAILED_TO_EVALUATE_RCP',
  'FAILED_TO_EVALUATE_SCP',
]);

/** APPLICABLE: such a policy exists but was not evaluated, so the finding may say too much (API reference). */
function restrictionNote(rcp: string | undefined, scp: string | undefined): string {
  const names = [
    ...(rcp !== undefined && MAY_RESTRICT.has(rcp) ? ['resource control policy'] : []),
    ...(scp !== undefined && MAY_RESTRICT.has(scp) ? ['service control policy'] : []),
  ];
  if (names.length === 0) return '';
  return ` A ${names.join(' or ')} of the organization may forbid this; it was not evaluated.`;
}

interface Access {
  readonly finding: Finding;
  readonly where: string;
  readonly scp?: string | undefined;
}

function accessSentence({ finding, where, scp }: Access): string {
  const actions = finding.action ?? [];
  const deed =
    deedText(finding.resourceType, actions) || `reach this ${cleanText(nounOf(finding.resourceType))}`;
  const named = actions.length === 0 ? '' : ` (${actionList(actions)})`;
  const how = sourceText(finding.sources) + conditionText(finding.condition);
  const note = restrictionNote(finding.resourceControlPolicyRestriction, scp);
  return `${subject(finding)}${where} can ${deed}${named}${how}.${note}`;
}

const withDetail = (finding: Finding, detail: FindingDetail | undefined): Finding => {
  if (detail?.kind !== 'external' && detail?.kind !== 'internal') return finding;
  const { principal, action, condition, sources, resourceControlPolicyRestriction: rcp } = detail;
  return {
    ...finding,
    ...(principal && { principal }),
    ...(action && { action }),
    ...(condition && { condition }),
    ...(sources && { sources }),
    ...(rcp !== undefined && { resourceControlPolicyRestriction: rcp }),
    ...(detail.kind === 'external' && detail.isPublic !== undefined && { isPublic: detail.isPublic }),
  };
};

/** Who outside the zone of trust can do what. */
export function externalSentence(finding: Finding, detail?: FindingDetail): string {
  const whole = withDetail(finding, detail);
  const isEveryone = whole.isPublic === true || Object.values(whole.principal ?? {}).includes('*');
  return accessSentence({ finding: whole, where: isEveryone ? '' : ', outside your zone of trust,' });
}

/** Who inside can do what; says so where only the detail, not fetched yet, would tell. */
export function internalSentence(finding: Finding, detail?: FindingDetail): string {
  const whole = withDetail(finding, detail);
  if (whole.principal === undefined) {
    const noun = cleanText(nounOf(finding.resourceType));
    return `Somebody inside your account or organization has access to this ${noun}; who and how was not fetched yet.`;
  }
  const scope =
    detail?.kind === 'internal' && detail.accessType === 'INTRA_ACCOUNT'
      ? 'the same account'
      : 'your organization';
  const scp = detail?.kind === 'internal' ? detail.serviceControlPolicyRestriction : undefined;
  return accessSentence({ finding: whole, where: `, inside ${scope},`, scp });
}

/** The service's codes for a failed analysis (API model, `ReasonCode` of findings). */
export function failedAnalysisSentence(finding: Finding): string {
  const noun = cleanText(nounOf(finding.resourceType));
  const why =
    finding.error === 'ACCESS_DENIED'
      ? 'it was not allowed to read its policy'
      : `it failed with ${cleanText(finding.error ?? '')}`;
  return `Access Analyzer could not analyze this ${noun} because ${why}, so who has access is not known.`;
}

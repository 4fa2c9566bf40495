/**
 * What an action lets one do. AWS publishes the level of each action in the Service Authorization Reference only as
 * pages to read; its naming rules are followed here, with the exceptions that matter to findings.
 */
export type AccessLevel = 'permissions' | 'write' | 'read' | 'list' | 'tagging';

/** From harmless to dangerous. */
export const ACCESS_LEVELS: readonly AccessLevel[] = ['list', 'read', 'tagging', 'write', 'permissions'];

/** As the Service Authorization Reference has them, where the name would say otherwise. */
const EXCEPTIONS: ReadonlyMap<string, AccessLevel> = new Map([
  ['iam:passrole', 'permissions'],
  ['iam:generatecredentialreport', 'read'],
  ['iam:generateservicelastaccesseddetails', 'read'],
  ['sts:getsessiontoken', 'read'],
  ['sts:decodeauthorizationmessage', 'write'],
  ['kms:retiregrant', 'permissions'],
  ['kms:revokegrant', 'permissions'],
  ['s3:putbucketpublicaccessblock', 'permissions'],
  ['s3:putaccountpublicaccessblock', 'permissions'],
  ['s3:putaccesspointpublicaccessblock', 'permissions'],
  ['s3:bypassgovernanceretention', 'permissions'],
  ['s3:objectowneroverridetobucketowner', 'permissions'],
  ['s3:headbucket', 'list'],
  ['s3:listbucket', 'list'],
  ['ec2:modifysnapshotattribute', 'permissions'],
  ['ec2:resetsnapshotattribute', 'permissions'],
  ['rds:modifydbsnapshotattribute', 'permissions'],
  ['rds:modifydbclustersnapshotattribute', 'permissions'],
]);

const LIST = /^list/;
const READ =
  /^(get|batchget|describe|head|read|view|select|partiqlselect|query|scan|search|lookup|check|batchcheck|download|receive|retrieve|simulate|validate|preview|estimate|detect|discover|is|export|filter|conditioncheck|clientmount)/;
const TAGGING = /^((un)?tag|(add|remove|create|delete|put|set)[a-z]*tag(s|ging)?(set)?$)/;
/** What such a name changes is who may do what. */
const PERMISSIONS = /(polic(y|ies)|acl|permissions?|grants?|permissionsboundary|trust)(version)?$/;

/**
 * Level of an action such as `s3:GetObject`, case aside. A pattern has the level of the most that it may stand for:
 * `s3:*` is `permissions`, `s3:Get*` is `read`.
 */
export function accessLevel(action: string): AccessLevel {
  const lower = action.toLowerCase();
  const exception = EXCEPTIONS.get(lower);
  if (exception !== undefined) return exception;
  const colon = lower.indexOf(':');
  const service = colon < 0 ? '' : lower.slice(0, colon);
  const name = lower.slice(colon + 1);
  if (LIST.test(name)) return 'list';
  if (READ.test(name)) return 'read';
  if (TAGGING.test(name)) return 'tagging';
  if (service === 'iam' || /^[a-z]{0,3}\*/.test(name)) return 'permissions';
  return PERMISSIONS.test(name.replace(/\*$/, '')) ? 'permissions' : 'write';
}

/** The most dangerous level among actions; undefined: there are none. */
export function strongestLevel(actions: readonly string[]): AccessLevel | undefined {
  const found = new Set(actions.map(accessLevel));
  return ACCESS_LEVELS.findLast((level) => found.has(level));
}

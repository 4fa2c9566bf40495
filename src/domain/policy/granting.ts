import type { Finding } from '../finding.ts';
import type { PolicyCondition, PolicyDocument, PolicyPrincipal, Statement } from './document.ts';
import { principalKey } from './format.ts';

/** What a finding says of the access that is to be cut. */
export type GrantedAccess = Pick<Finding, 'principal' | 'action' | 'condition'>;

/** Index in the policy of each Allow that grants the access of a finding; none: it comes from elsewhere. */
export function findGrantingStatements(policy: PolicyDocument, access: GrantedAccess): readonly number[] {
  const candidates = [...policy.statements.keys()].filter((index) => {
    const statement = policy.statements[index];
    return statement !== undefined && grants(statement, access);
  });
  const shown = access.condition ?? {};
  const exact = candidates.filter((index) => hasConditions(policy.statements[index], shown));
  const closest = exact.filter((index) => hasValues(policy.statements[index], shown));
  return [closest, exact, candidates].find((found) => found.length > 0) ?? [];
}

function grants(statement: Statement, { principal = {}, action = [] }: GrantedAccess): boolean {
  if (statement.effect !== 'Allow' || statement.principals === undefined) return false;
  const named = Object.entries(principal).map(([type, value]) => ({ type, value }));
  const means = named.some((one) => meansPrincipal(statement, one));
  return means && (action.length === 0 || action.some((each) => meansAction(statement, each)));
}

function meansPrincipal({ principals }: Statement, wanted: PolicyPrincipal): boolean {
  if (principals === undefined) return false;
  const names = principals.values.some((one) => isNamed(one, wanted));
  return principals.not ? !names : names;
}

const isNamed = (one: PolicyPrincipal, wanted: PolicyPrincipal): boolean =>
  principalKey(one) === principalKey(wanted);

function meansAction({ actions }: Statement, action: string): boolean {
  const named = actions.values.some((pattern) => matches(pattern, action));
  return actions.not ? !named : named;
}

/** `*` and `?` as IAM reads them in names of actions, whatever the letter case. */
function matches(pattern: string, action: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 'i').test(action);
}

/** Whether the statement has exactly the conditions that the finding shows (it shows none of keys it does not know). */
function hasConditions(statement: Statement | undefined, shown: Readonly<Record<string, string>>): boolean {
  const keys = new Set((statement?.conditions ?? []).map(({ key }) => key.toLowerCase()));
  const wanted = Object.keys(shown).map((key) => key.toLowerCase());
  return wanted.length === 0 ? keys.size === 0 : wanted.every((key) => keys.has(key));
}

/**
 * Whether what the finding shows of each condition holds the statement's values: the same principal may have another
 * access under another value. How several values stand in the one text is not documented, so they are looked for in it.
 */
function hasValues(statement: Statement | undefined, shown: Readonly<Record<string, string>>): boolean {
  const isShown = (values: readonly string[], text: string): boolean =>
    values.length === 1 ? values[0] === text : values.every((value) => text.includes(value));
  return Object.entries(shown).every(([name, text]) =>
    (statement?.conditions ?? []).some(
      ({ key, values }) => key.toLowerCase() === name.toLowerCase() && isShown(values, text),
    ),
  );
}

/**
 * The policy without the access: the principal leaves the statement; a statement that names nobody else goes with it. A
 * statement that is meant for everybody but some (NotPrincipal) goes whole.
 */
export function withoutAccess(
  policy: PolicyDocument,
  indexes: readonly number[],
  access: GrantedAccess,
): PolicyDocument {
  const statements = policy.statements.flatMap((statement, index) => {
    if (!indexes.includes(index)) return [statement];
    const { others } = divide(statement, access);
    return others.length === 0 ? [] : [{ ...statement, principals: { not: false, values: others } }];
  });
  return { ...policy, statements };
}

/**
 * Whether a condition on the organization can be met at all: the key is there only for principals that are members of
 * one, and never in a request of a federated user or a service (IAM User Guide, "AWS global condition context keys").
 */
export const canHaveOrganization = ({ principal = {} }: GrantedAccess): boolean =>
  Object.keys(principal).length > 0 && Object.keys(principal).every((type) => type === 'AWS');

/**
 * The policy in which the access holds only for principals of one organization. Who else a granting statement names
 * (services, federated users, other accounts) keeps it as it is, in a statement of its own.
 */
export function withOrganization(
  policy: PolicyDocument,
  indexes: readonly number[],
  access: GrantedAccess,
  organizationId: string,
): PolicyDocument {
  const condition: PolicyCondition = {
    operator: 'StringEquals',
    key: 'aws:PrincipalOrgID',
    values: [organizationId],
  };
  const limited = (statement: Statement): Statement => ({
    ...statement,
    conditions: [...statement.conditions.filter((one) => !isOrganization(one)), condition],
  });
  const statements = policy.statements.flatMap((statement, index) => {
    if (!indexes.includes(index)) return [statement];
    const { meant, others } = divide(statement, access);
    if (others.length === 0) return [limited(statement)];
    // A Sid may stand once in a policy.
    const own = { ...statement, sid: undefined, principals: { not: false, values: meant } };
    return [{ ...statement, principals: { not: false, values: others } }, limited(own)];
  });
  return { ...policy, statements };
}

/** The principals of a statement that the access is about, and the others; NotPrincipal cannot be divided. */
function divide(
  { principals }: Statement,
  { principal = {} }: GrantedAccess,
): { readonly meant: readonly PolicyPrincipal[]; readonly others: readonly PolicyPrincipal[] } {
  const values = principals?.values ?? [];
  if (principals?.not === true) return { meant: values, others: [] };
  const named = Object.entries(principal).map(([type, value]) => ({ type, value }));
  const isMeant = (one: PolicyPrincipal): boolean => named.some((wanted) => isNamed(one, wanted));
  return { meant: values.filter(isMeant), others: values.filter((one) => !isMeant(one)) };
}

const isOrganization = ({ operator, key }: PolicyCondition): boolean =>
  operator === 'StringEquals' && key.toLowerCase() === 'aws:principalorgid';

const ORGANIZATION_ID = /^o-[a-z0-9]{10,32}$/;

/** `o-` and 10 to 32 small letters and digits (Organizations API reference, Organization). */
export const isOrganizationId = (text: string): boolean => ORGANIZATION_ID.test(text);

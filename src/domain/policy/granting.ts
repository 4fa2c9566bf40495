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
  const exact = candidates.filter((index) => hasConditions(policy.statements[index], access.condition ?? {}));
  return exact.length > 0 ? exact : candidates;
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
 * The policy without the access: the principal leaves the statement; a statement that names nobody else goes with it. A
 * statement that is meant for everybody but some (NotPrincipal) goes whole.
 */
export function withoutAccess(
  policy: PolicyDocument,
  indexes: readonly number[],
  access: GrantedAccess,
): PolicyDocument {
  const named = Object.entries(access.principal ?? {}).map(([type, value]) => ({ type, value }));
  const statements = policy.statements.flatMap((statement, index) => {
    if (!indexes.includes(index)) return [statement];
    const rest = (statement.principals?.values ?? []).filter(
      (one) => !named.some((wanted) => isNamed(one, wanted)),
    );
    if (statement.principals === undefined || statement.principals.not || rest.length === 0) return [];
    return [{ ...statement, principals: { not: false, values: rest } }];
  });
  return { ...policy, statements };
}

/** The policy whose granting statements hold only for principals of one organization. */
export function withOrganization(
  policy: PolicyDocument,
  indexes: readonly number[],
  organizationId: string,
): PolicyDocument {
  const condition: PolicyCondition = {
    operator: 'StringEquals',
    key: 'aws:PrincipalOrgID',
    values: [organizationId],
  };
  const statements = policy.statements.map((statement, index) =>
    indexes.includes(index)
      ? {
          ...statement,
          conditions: [...statement.conditions.filter((one) => !isOrganization(one)), condition],
        }
      : statement,
  );
  return { ...policy, statements };
}

const isOrganization = ({ operator, key }: PolicyCondition): boolean =>
  operator === 'StringEquals' && key.toLowerCase() === 'aws:principalorgid';

/** IAM takes no trust policy without a statement; this one lets nobody in. */
export const NOBODY: Statement = {
  sid: 'Nobody',
  effect: 'Deny',
  principals: { not: false, values: [{ type: 'AWS', value: '*' }] },
  actions: { not: false, values: ['sts:AssumeRole'] },
  resources: undefined,
  conditions: [],
};

const ORGANIZATION_ID = /^o-[a-z0-9]{10,32}$/;

/** `o-` and 10 to 32 small letters and digits (Organizations API reference, Organization). */
export const isOrganizationId = (text: string): boolean => ORGANIZATION_ID.test(text);

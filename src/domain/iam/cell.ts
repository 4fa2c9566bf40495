import { samePolicy } from '../policy/format.ts';

/** A role or a user by name, which is unique in its account whatever its path. */
export interface Identity {
  readonly kind: 'role' | 'user';
  readonly name: string;
}

/**
 * The smallest part of IAM's state that one call changes. Every change is written as a cell with its state before and
 * after, so that what to send, what to compare, what to read back and how to take it back all follow from it.
 */
export type IamCell =
  | { readonly kind: 'access-key'; readonly userName: string; readonly accessKeyId: string }
  | { readonly kind: 'login-profile'; readonly userName: string }
  | { readonly kind: 'role'; readonly roleName: string }
  | { readonly kind: 'trust-policy'; readonly roleName: string }
  | { readonly kind: 'inline-policy'; readonly identity: Identity; readonly policyName: string }
  | { readonly kind: 'attached-policy'; readonly identity: Identity; readonly policyArn: string }
  | { readonly kind: 'managed-policy'; readonly policyArn: string }
  | { readonly kind: 'instance-profile'; readonly instanceProfileName: string; readonly roleName: string };

/** State of a cell by its kind; null: it is not there. */
export interface IamStates {
  readonly 'access-key': 'Active' | 'Inactive';
  readonly 'login-profile': LoginProfileState;
  readonly role: RoleState;
  /** JSON text as IAM keeps it. */
  readonly 'trust-policy': string;
  readonly 'inline-policy': string;
  readonly 'attached-policy': 'attached';
  readonly 'managed-policy': ManagedPolicyState;
  /** The role is in the instance profile. */
  readonly 'instance-profile': 'member';
}

export type IamState = IamStates[IamCell['kind']] | null;

/** All that CreateLoginProfile can set but the password, which IAM never gives out. */
export interface LoginProfileState {
  readonly passwordResetRequired: boolean;
}

/** All that CreateRole takes; what hangs on a role is in cells of its own. Its unique id and dates are IAM's alone. */
export interface RoleState {
  readonly path: string;
  readonly trustPolicy: string;
  readonly description?: string;
  /** Seconds. */
  readonly maxSessionDuration: number;
  /** ARN of a managed policy. */
  readonly permissionsBoundary?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A customer managed policy as CreatePolicy makes it; `document` is its default version. */
export interface ManagedPolicyState {
  readonly name: string;
  readonly path: string;
  readonly document: string;
  readonly description?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** One line for a person: "inline policy access of role legacy-cron". */
export function cellText(cell: IamCell): string {
  switch (cell.kind) {
    case 'access-key':
      return `access key ${cell.accessKeyId} of user ${cell.userName}`;
    case 'login-profile':
      return `password of user ${cell.userName}`;
    case 'role':
      return `role ${cell.roleName}`;
    case 'trust-policy':
      return `trust policy of role ${cell.roleName}`;
    case 'inline-policy':
      return `inline policy ${cell.policyName} of ${cell.identity.kind} ${cell.identity.name}`;
    case 'attached-policy':
      return `attachment of ${cell.policyArn} to ${cell.identity.kind} ${cell.identity.name}`;
    case 'managed-policy':
      return `policy ${cell.policyArn}`;
    case 'instance-profile':
      return `membership of role ${cell.roleName} in instance profile ${cell.instanceProfileName}`;
  }
}

/** Stable text of a cell, to look it up by. */
export const cellKey = (cell: IamCell): string => JSON.stringify(sortMembers(cell));

/** Whether two states mean the same; policies are compared by meaning, as IAM may write them in other words. */
export function sameState(a: IamState, b: IamState): boolean {
  if (a === null || b === null) return a === b;
  if (typeof a === 'string' || typeof b === 'string')
    return typeof a === 'string' && typeof b === 'string' && samePolicy(a, b);
  return sameMembers(a, b);
}

const POLICY_MEMBERS: ReadonlySet<string> = new Set(['trustPolicy', 'document']);

function sameMembers(a: object, b: object): boolean {
  const [left, right] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => {
    const [mine, theirs] = [left[name], right[name]];
    if (POLICY_MEMBERS.has(name)) return samePolicy(String(mine), String(theirs));
    return JSON.stringify(sortMembers(mine ?? '')) === JSON.stringify(sortMembers(theirs ?? ''));
  });
}

function sortMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, sortMembers(member)] as const);
  return Object.fromEntries(entries.sort(([x], [y]) => (x < y ? -1 : 1)));
}

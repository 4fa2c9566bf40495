import { settableText } from '../policy/format.ts';
import type { IamCell, IamState, ManagedPolicyState, RoleState } from './cell.ts';

/** One IAM operation with its input as the API names it. Never holds a secret: a password is made when it is sent. */
export interface IamCall {
  readonly call: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The call that brings a cell from one state to another; undefined: no call can (a deleted access key is gone). */
export function iamCallFor(cell: IamCell, before: IamState, after: IamState): IamCall | undefined {
  switch (cell.kind) {
    case 'access-key':
      return keyCall(cell, before, after);
    case 'login-profile':
      return passwordCall(cell.userName, after);
    case 'role':
      return after === null
        ? { call: 'DeleteRole', input: { RoleName: cell.roleName } }
        : { call: 'CreateRole', input: { RoleName: cell.roleName, ...roleInput(after as RoleState) } };
    case 'trust-policy':
      return {
        call: 'UpdateAssumeRolePolicy',
        input: { RoleName: cell.roleName, PolicyDocument: settable(after) },
      };
    case 'inline-policy':
      return inlineCall(cell, after);
    case 'attached-policy':
      return attachmentCall(cell, after);
    case 'managed-policy':
      return after === null
        ? { call: 'DeletePolicy', input: { PolicyArn: cell.policyArn } }
        : { call: 'CreatePolicy', input: policyInput(after as ManagedPolicyState) };
    case 'instance-profile':
      return {
        call: after === null ? 'RemoveRoleFromInstanceProfile' : 'AddRoleToInstanceProfile',
        input: { InstanceProfileName: cell.instanceProfileName, RoleName: cell.roleName },
      };
  }
}

const settable = (policy: IamState): IamState => (typeof policy === 'string' ? settableText(policy) : policy);

type CellOf<K extends IamCell['kind']> = Extract<IamCell, { readonly kind: K }>;

function keyCall(
  { userName, accessKeyId }: CellOf<'access-key'>,
  before: IamState,
  after: IamState,
): IamCall | undefined {
  const input = { UserName: userName, AccessKeyId: accessKeyId };
  if (after === null) return { call: 'DeleteAccessKey', input };
  return before === null ? undefined : { call: 'UpdateAccessKey', input: { ...input, Status: after } };
}

function passwordCall(userName: string, after: IamState): IamCall {
  if (after === null) return { call: 'DeleteLoginProfile', input: { UserName: userName } };
  const { passwordResetRequired } = after as { readonly passwordResetRequired: boolean };
  return {
    call: 'CreateLoginProfile',
    input: { UserName: userName, PasswordResetRequired: passwordResetRequired },
  };
}

const roleInput = (role: RoleState): Record<string, unknown> => ({
  Path: role.path,
  AssumeRolePolicyDocument: settableText(role.trustPolicy),
  MaxSessionDuration: role.maxSessionDuration,
  ...(role.description === undefined || role.description === '' ? {} : { Description: role.description }),
  ...(role.permissionsBoundary === undefined ? {} : { PermissionsBoundary: role.permissionsBoundary }),
  ...tagsInput(role.tags),
});

const policyInput = (policy: ManagedPolicyState): Record<string, unknown> => ({
  PolicyName: policy.name,
  Path: policy.path,
  PolicyDocument: policy.document,
  ...(policy.description === undefined ? {} : { Description: policy.description }),
  ...tagsInput(policy.tags),
});

function tagsInput(tags: Readonly<Record<string, string>>): Record<string, unknown> {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return list.length === 0 ? {} : { Tags: list };
}

function inlineCall({ identity, policyName }: CellOf<'inline-policy'>, after: IamState): IamCall {
  const kind = identity.kind === 'role' ? 'Role' : 'User';
  const input = { [`${kind}Name`]: identity.name, PolicyName: policyName };
  if (after === null) return { call: `Delete${kind}Policy`, input };
  return { call: `Put${kind}Policy`, input: { ...input, PolicyDocument: after } };
}

function attachmentCall({ identity, policyArn }: CellOf<'attached-policy'>, after: IamState): IamCall {
  const kind = identity.kind === 'role' ? 'Role' : 'User';
  const verb = after === null ? 'Detach' : 'Attach';
  return { call: `${verb}${kind}Policy`, input: { [`${kind}Name`]: identity.name, PolicyArn: policyArn } };
}

/**
 * A value that begins with a dash, as a name or a description may, would be read as an option; one like an address would be
 * replaced by what is there, a file of the person's or a page (AWS CLI User Guide, "Loading a parameter from a file").
 */
function optionWords(name: string, value: string): readonly string[] {
  if (/^\w+:\/\//.test(value)) return ['--cli-input-json', JSON.stringify({ [name]: value })];
  const option = `--${kebab(name)}`;
  return value.startsWith('-') ? [`${option}=${value}`] : [option, value];
}

const kebab = (name: string): string => name.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();

/** IAM's parameters that are policies as JSON text. */
const POLICIES: ReadonlySet<string> = new Set(['PolicyDocument', 'AssumeRolePolicyDocument']);

/**
 * A policy on one line, in ASCII: a shell that does not know `$'…'` reads it as well. JSON means the same by `\u00e9` as
 * by the letter.
 */
function policyWord(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text)).replace(
      /[^\x20-\x7e]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  } catch {
    return text;
  }
}

/** Words after `aws` for the same call; what only the person can give stands in capitals. */
export function toCliWords({ call, input }: IamCall): readonly string[] {
  const options = Object.entries(input).flatMap(([name, value]) => {
    if (value === false) return [`--no-${kebab(name)}`];
    if (value === true) return [`--${kebab(name)}`];
    const word = typeof value === 'string' ? value : JSON.stringify(value);
    return optionWords(name, POLICIES.has(name) ? policyWord(word) : word);
  });
  const password = call === 'CreateLoginProfile' ? ['--password', 'PASSWORD'] : [];
  return ['iam', kebab(call), ...options, ...password];
}

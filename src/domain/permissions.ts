/** What the program asks of AWS, as IAM actions: the least policy for each way of using it. */
export interface PermissionMode {
  readonly name: string;
  readonly summary: string;
  /** Actions that this mode adds to the one before it. */
  readonly actions: readonly string[];
  /** Stands beside the others: it holds `read` alone, and none of them holds it. */
  readonly apart?: true;
}

const analyzer = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `access-analyzer:${name}`);
/** Names in groups, for the eye. */
const iam = (...groups: readonly string[]): readonly string[] =>
  groups.flatMap((group) => group.split(' ').map((name) => `iam:${name}`));

/**
 * Each mode holds all that stands before it, unless it stands apart. Names are those of the Service Authorization Reference; ListFindings (v1) and
 * ListFindingsV2 are both allowed by access-analyzer:ListFindings, GetFinding and GetFindingV2 by GetFinding.
 */
export const PERMISSION_MODES: readonly PermissionMode[] = [
  {
    name: 'read',
    summary: 'list and look (--read-only)',
    actions: analyzer('ListAnalyzers', 'GetAnalyzer', 'ListFindings', 'GetFinding', 'ListArchiveRules'),
  },
  {
    name: 'archive',
    summary: 'archive, unarchive, scan again',
    actions: analyzer('UpdateFindings', 'StartResourceScan'),
  },
  {
    name: 'rules',
    summary: 'create, change, apply and delete archive rules',
    actions: analyzer('CreateArchiveRule', 'UpdateArchiveRule', 'DeleteArchiveRule', 'ApplyArchiveRule'),
  },
  {
    name: 'recommend',
    summary: 'preview recommended policies',
    actions: [
      ...analyzer(
        'GenerateFindingRecommendation',
        'GetFindingRecommendation',
        'ValidatePolicy',
        'CheckNoNewAccess',
      ),
      ...iam(
        'GetPolicy GetPolicyVersion GetRolePolicy GetUserPolicy ListEntitiesForPolicy',
        'ListRolePolicies ListAttachedRolePolicies ListInstanceProfilesForRole',
        'ListUserPolicies ListAttachedUserPolicies',
      ),
    ],
  },
  {
    name: 'resolve',
    summary:
      'apply fixes in IAM, with their undo: as good as an administrator, for it can put any policy anywhere',
    actions: [
      ...analyzer('CreateAccessPreview', 'GetAccessPreview', 'ListAccessPreviewFindings'),
      ...iam(
        'GetRole GetUser ListAccessKeys GetAccessKeyLastUsed GetLoginProfile',
        'UpdateAccessKey DeleteAccessKey CreateLoginProfile DeleteLoginProfile',
        'CreatePolicy DeletePolicy TagPolicy',
        'PutRolePolicy DeleteRolePolicy AttachRolePolicy DetachRolePolicy UpdateAssumeRolePolicy',
        'PutUserPolicy DeleteUserPolicy AttachUserPolicy DetachUserPolicy',
        'CreateRole DeleteRole TagRole AddRoleToInstanceProfile RemoveRoleFromInstanceProfile PassRole',
        'PutRolePermissionsBoundary',
      ),
    ],
  },
  {
    name: 'analyzers',
    summary: 'delete analyzers',
    actions: analyzer('DeleteAnalyzer'),
    apart: true,
  },
];

/** The role that fixes are made through in other accounts. */
export interface FixRole {
  /** With its path. */
  readonly name: string;
  readonly partition: string;
}

/**
 * The policy document of a mode: all that it holds. The role for other accounts is the only one that may be assumed, and
 * it needs the same permissions there; without one none may. `undefined`: there is no such mode.
 */
export function permissionPolicy(name: string, fixRole?: FixRole): object | undefined {
  const at = PERMISSION_MODES.findIndex((mode) => mode.name === name);
  if (at < 0) return undefined;
  const before = PERMISSION_MODES.slice(0, PERMISSION_MODES[at]?.apart === true ? 1 : at);
  const modes = [...before, ...PERMISSION_MODES.slice(at, at + 1)];
  const statements = modes.map((mode) => ({
    Sid: `IamTriage${mode.name.slice(0, 1).toUpperCase()}${mode.name.slice(1)}`,
    Effect: 'Allow',
    Action: [...mode.actions].sort(),
    Resource: '*',
  }));
  const looksInOthers = modes.some(({ actions }) => actions.some((action) => action.startsWith('iam:')));
  const assume = looksInOthers && fixRole !== undefined ? [assumeStatement(fixRole)] : [];
  return { Version: '2012-10-17', Statement: [...statements, ...assume] };
}

const assumeStatement = ({ name, partition }: FixRole): object => ({
  Sid: 'IamTriageFixRole',
  Effect: 'Allow',
  Action: ['sts:AssumeRole'],
  Resource: `arn:${partition}:iam::*:role/${name}`,
});

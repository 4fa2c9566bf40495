import type { Identity, RoleState } from '../../domain/iam/cell.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { policyNameOf } from '../../domain/recommendation.ts';
import { commandsOf, type Fix, type FixPlace, type Step, toFixPlan } from './fix.ts';
import { lastUseSentence, usedAgain } from './words.ts';

/** Everything that makes the role what it is, so that it can be made again. */
export interface RoleFacts {
  readonly roleName: string;
  readonly state: RoleState;
  readonly inlinePolicies: readonly { readonly name: string; readonly document: string }[];
  readonly attachedPolicies: readonly string[];
  readonly instanceProfiles: readonly string[];
  /** As IAM says now, epoch ms. */
  readonly lastUse: number | undefined;
}

/** Deletes a role after everything that IAM wants gone first; each step is backed up and can be taken back. */
export function planRoleFixes(finding: StoredFinding, place: FixPlace, facts: RoleFacts): readonly Fix[] {
  const { roleName, state } = facts;
  const title = `Delete role ${roleName}`;
  const notes = [`Undo makes the role again with everything it had, but with a new unique id.`];
  const plan = toFixPlan(finding, place, stepsOf(facts), { title, typedWord: 'delete', notes });
  const blocked = usedAgain(finding, `role ${roleName}`, facts.lastUse);
  return [
    {
      name: 'delete-role',
      title,
      changes: changesOf(facts),
      risks: [
        lastUseSentence('the role', facts.lastUse),
        'Jobs that run less often than the tracking period, and disaster recovery, may need it.',
        'Policies elsewhere that name the role come to hold its unique id, which a new role of the same name does not have.',
        ...(facts.instanceProfiles.length === 0
          ? []
          : ['Instances started with the instance profile get no credentials.']),
      ],
      undo: `Undo makes the role again: path ${state.path}, trust policy, ${facts.inlinePolicies.length} inline and ${facts.attachedPolicies.length} managed policies, instance profiles, boundary and tags.`,
      ...(blocked === undefined ? { plan } : { blocked }),
      commands: commandsOf(plan),
      diffs: [],
    },
  ];
}

/** In this order nothing is ever allowed more than before, and IAM refuses no step (API reference, DeleteRole). */
function stepsOf({
  roleName,
  state,
  inlinePolicies,
  attachedPolicies,
  instanceProfiles,
  lastUse,
}: RoleFacts): Step[] {
  const identity: Identity = { kind: 'role', name: roleName };
  const cell = { kind: 'role', roleName } as const;
  const guard = { lastUse: { of: cell, at: lastUse ?? null } };
  return [
    ...instanceProfiles.map((instanceProfileName): Step => ({
      cell: { kind: 'instance-profile', instanceProfileName, roleName },
      before: 'member',
      after: null,
      ...guard,
    })),
    ...attachedPolicies.map((policyArn): Step => ({
      cell: { kind: 'attached-policy', identity, policyArn },
      before: 'attached',
      after: null,
      ...guard,
    })),
    ...inlinePolicies.map(({ name, document }): Step => ({
      cell: { kind: 'inline-policy', identity, policyName: name },
      before: document,
      after: null,
      ...guard,
    })),
    // A permissions boundary goes and comes back with the role itself.
    { cell, before: state, after: null, ...guard },
  ];
}

const changesOf = ({
  roleName,
  state,
  inlinePolicies,
  attachedPolicies,
  instanceProfiles,
}: RoleFacts): string[] => [
  ...instanceProfiles.map((name) => `The role leaves the instance profile ${name}.`),
  ...attachedPolicies.map((arn) => `The policy ${policyNameOf(arn)} is detached.`),
  ...inlinePolicies.map(({ name }) => `The inline policy ${name} is deleted.`),
  `The role ${roleName} is deleted${state.permissionsBoundary === undefined ? '' : ', with its permissions boundary'}.`,
];

import { element } from '../wire/xml.ts';
import { addPolicy, iamArn } from '../world/build.ts';
import type { ManagedPolicy } from '../world/model.ts';
import { changeablePolicy, identitiesOf, policyOf } from './find.ts';
import type { Handler, IamCall, Operations } from './operation.ts';
import { page, pageOfLists } from './paging.ts';
import { checkDocument, checkSize, SIZE_LIMITS, sizeOf } from './policy-check.ts';
import { alreadyExists, deleteConflict } from './refusals.ts';
import { attachmentCount, boundaryCount, policyInList, policyShape } from './shapes.ts';
import { struct } from './xml.ts';

/** Checked text of a managed policy. */
export function readManagedDocument({ parameters }: IamCall): string {
  const document = parameters.required('PolicyDocument');
  checkDocument(document, 'identity');
  checkSize('the managed policy', sizeOf(document), SIZE_LIMITS.managed);
  return document;
}

const createPolicy: Handler = (call) => {
  const { world, account, parameters } = call;
  const name = parameters.required('PolicyName');
  const path = parameters.optional('Path') ?? '/';
  const document = readManagedDocument(call);
  const sameName = [...account.policies.values()].some((policy) => policy.name === name);
  if (sameName)
    throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
  const description = parameters.optional('Description');
  const tags = parameters.tags();
  const policy = addPolicy(world, account, {
    name,
    path,
    document,
    tags,
    ...(description === undefined ? {} : { description }),
  });
  return struct('Policy', policyInList(account, policy));
};

const deletePolicy: Handler = (call) => {
  const { account } = call;
  const policy = changeablePolicy(call);
  if (attachmentCount(account, policy.arn) + boundaryCount(account, policy.arn) > 0) {
    throw deleteConflict('Cannot delete a policy attached to entities.');
  }
  if (policy.versions.length > 1) {
    throw deleteConflict(
      'This policy has more than one version. Before you delete a policy, you must delete the policy’s versions. The default version is deleted with the policy.',
    );
  }
  account.policies.delete(policy.arn);
  return '';
};

const listPolicies: Handler = (call) => {
  const { world, account, parameters } = call;
  const scope = parameters.optional('Scope') ?? 'All';
  const prefix = parameters.optional('PathPrefix') ?? '/';
  const onlyAttached = parameters.flag('OnlyAttached');
  const policies: readonly ManagedPolicy[] = [
    ...(scope === 'AWS' ? [] : account.policies.values()),
    ...(scope === 'Local' ? [] : world.awsPolicies.values()),
  ];
  const shown = policies.filter(
    ({ path, arn }) => path.startsWith(prefix) && (!onlyAttached || attachmentCount(account, arn) > 0),
  );
  return page(call, 'Policies', shown, (policy) => policyInList(account, policy));
};

/** Who of the caller's account has the policy; groups there are none. */
const listEntities: Handler = (call) => {
  const { arn } = policyOf(call);
  const filter = call.parameters.optional('EntityFilter');
  const holders = identitiesOf(call).filter(({ attachedPolicies }) => attachedPolicies.includes(arn));
  const named = (kind: 'role' | 'user', name: 'Role' | 'User'): readonly string[] =>
    holders
      .filter((holder) => holder.kind === kind && (filter === undefined || filter === name))
      .map((holder) => element(`${name}Name`, holder.name) + element(`${name}Id`, holder.uniqueId));
  return pageOfLists(call, {
    PolicyGroups: [],
    PolicyUsers: named('user', 'User'),
    PolicyRoles: named('role', 'Role'),
  });
};

const resource = (call: IamCall): string => policyOf(call).arn;

const newPolicyArn = ({ world, account, parameters }: IamCall): string =>
  iamArn(
    world,
    account.id,
    'policy',
    (parameters.optional('Path') ?? '/') + parameters.required('PolicyName'),
  );

export const POLICY_OPERATIONS: Operations = {
  CreatePolicy: { handle: createPolicy, resource: newPolicyArn },
  DeletePolicy: { handle: deletePolicy, resource },
  GetPolicy: { handle: (call) => struct('Policy', policyShape(call.account, policyOf(call))), resource },
  ListEntitiesForPolicy: { handle: listEntities, resource },
  ListPolicies: { handle: listPolicies },
};

import type { ManagedPolicy, PolicyVersion } from '../world/model.ts';
import { changeablePolicy, policyOf } from './find.ts';
import { readManagedDocument } from './managed-policies.ts';
import type { Handler, IamCall, Operations } from './operation.ts';
import { page } from './paging.ts';
import { deleteConflict, limitExceeded, noSuchEntity } from './refusals.ts';
import { versionInList, versionShape } from './shapes.ts';
import { struct } from './xml.ts';

/** IAM User Guide, "IAM and AWS STS quotas". */
const VERSIONS_PER_POLICY = 5;

function versionOf({ parameters }: IamCall, policy: ManagedPolicy): PolicyVersion {
  const id = parameters.required('VersionId');
  const version = policy.versions.find((each) => each.id === id);
  if (version === undefined)
    throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
  return version;
}

const createVersion: Handler = (call) => {
  const policy = changeablePolicy(call);
  const document = readManagedDocument(call);
  if (policy.versions.length >= VERSIONS_PER_POLICY) {
    throw limitExceeded(
      `A managed policy can have up to ${VERSIONS_PER_POLICY} versions. Before you create a new version, you must delete an existing version.`,
    );
  }
  const { now } = call.world.clock;
  policy.lastVersion += 1;
  const version = { id: `v${policy.lastVersion}`, document, createdAt: now };
  policy.versions.push(version);
  policy.updatedAt = now;
  if (call.parameters.flag('SetAsDefault')) policy.defaultVersion = version.id;
  return struct('PolicyVersion', versionInList(policy, version));
};

const deleteVersion: Handler = (call) => {
  const policy = changeablePolicy(call);
  const version = versionOf(call, policy);
  if (version.id === policy.defaultVersion)
    throw deleteConflict('Cannot delete the default version of a policy.');
  policy.versions = policy.versions.filter((each) => each !== version);
  return '';
};

const setDefault: Handler = (call) => {
  const policy = changeablePolicy(call);
  policy.defaultVersion = versionOf(call, policy).id;
  policy.updatedAt = call.world.clock.now;
  return '';
};

const getVersion: Handler = (call) => {
  const policy = policyOf(call);
  return struct('PolicyVersion', versionShape(policy, versionOf(call, policy)));
};

/** Newest first, as IAM does. */
const listVersions: Handler = (call) => {
  const policy = policyOf(call);
  return page(call, 'Versions', policy.versions.toReversed(), (version) => versionInList(policy, version));
};

const resource = (call: IamCall): string => policyOf(call).arn;

export const VERSION_OPERATIONS: Operations = {
  CreatePolicyVersion: { handle: createVersion, resource },
  DeletePolicyVersion: { handle: deleteVersion, resource },
  GetPolicyVersion: { handle: getVersion, resource },
  ListPolicyVersions: { handle: listVersions, resource },
  SetDefaultPolicyVersion: { handle: setDefault, resource },
};

import { element } from '../wire/xml.ts';
import { findManagedPolicy } from '../world/identity-policies.ts';
import type { Identity } from '../world/model.ts';
import { changeableRole, policyOf, roleOf, userOf } from './find.ts';
import type { Handler, IamCall, Operation, Operations } from './operation.ts';
import { page } from './paging.ts';
import { checkDocument, checkSize, SIZE_LIMITS, sizeOf } from './policy-check.ts';
import { limitExceeded, noSuchEntity } from './refusals.ts';
import { policyDocument, tagList } from './xml.ts';

/** What roles and users have alike: inline and attached policies, boundary, tags. */

/** IAM User Guide, "IAM and AWS STS quotas" (default). */
const ATTACHED_PER_IDENTITY = 10;

/** `Role` or `User` with how to find one: to look at, or to change. */
interface Kind {
  readonly name: 'Role' | 'User';
  readonly inlineLimit: number;
  readonly find: (call: IamCall) => Identity;
  readonly change: (call: IamCall) => Identity;
}

function inlineOf(
  { parameters }: IamCall,
  { name, inlinePolicies, kind }: Identity,
): readonly [string, string] {
  const policyName = parameters.required('PolicyName');
  const document = inlinePolicies.get(policyName);
  if (document === undefined) {
    throw noSuchEntity(`The ${kind} policy with name ${policyName} cannot be found on ${name}.`);
  }
  return [policyName, document];
}

const putInline =
  (kind: Kind): Handler =>
  (call) => {
    const identity = kind.change(call);
    const name = call.parameters.required('PolicyName');
    const document = call.parameters.required('PolicyDocument');
    checkDocument(document, 'identity');
    const others = [...identity.inlinePolicies].filter(([each]) => each !== name);
    const size = others.reduce((sum, [, text]) => sum + sizeOf(text), sizeOf(document));
    checkSize(`${identity.kind} ${identity.name}`, size, kind.inlineLimit);
    identity.inlinePolicies.set(name, document);
    return '';
  };

const getInline =
  (kind: Kind): Handler =>
  (call) => {
    const identity = kind.find(call);
    const [name, document] = inlineOf(call, identity);
    return (
      element(`${kind.name}Name`, identity.name) +
      element('PolicyName', name) +
      policyDocument('PolicyDocument', document)
    );
  };

const deleteInline =
  (kind: Kind): Handler =>
  (call) => {
    const identity = kind.change(call);
    const [name] = inlineOf(call, identity);
    identity.inlinePolicies.delete(name);
    return '';
  };

// A list of plain strings has its text right inside of <member>.
const listInline =
  (kind: Kind): Handler =>
  (call) =>
    page(call, 'PolicyNames', [...kind.find(call).inlinePolicies.keys()].sort(), (name) => name);

const attach =
  (kind: Kind): Handler =>
  (call) => {
    const identity = kind.change(call);
    const { arn } = policyOf(call);
    if (identity.attachedPolicies.includes(arn)) return '';
    if (identity.attachedPolicies.length >= ATTACHED_PER_IDENTITY) {
      throw limitExceeded(`Cannot exceed quota for PoliciesPer${kind.name}: ${ATTACHED_PER_IDENTITY}`);
    }
    identity.attachedPolicies.push(arn);
    return '';
  };

const detach =
  (kind: Kind): Handler =>
  (call) => {
    const identity = kind.change(call);
    const arn = call.parameters.required('PolicyArn');
    if (!identity.attachedPolicies.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
    identity.attachedPolicies = identity.attachedPolicies.filter((each) => each !== arn);
    return '';
  };

const listAttached =
  (kind: Kind): Handler =>
  (call) => {
    const prefix = call.parameters.optional('PathPrefix') ?? '/';
    const policies = kind
      .find(call)
      .attachedPolicies.flatMap((arn) => findManagedPolicy(call.world, arn) ?? []);
    const shown = policies.filter(({ path }) => path.startsWith(prefix));
    return page(
      call,
      'AttachedPolicies',
      shown,
      ({ name, arn }) => element('PolicyName', name) + element('PolicyArn', arn),
    );
  };

const putBoundary =
  (kind: Kind): Handler =>
  (call) => {
    const identity = kind.change(call);
    const arn = call.parameters.required('PermissionsBoundary');
    if (findManagedPolicy(call.world, arn) === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
    identity.permissionsBoundary = arn;
    return '';
  };

const deleteBoundary =
  (kind: Kind): Handler =>
  (call) => {
    const identity = kind.change(call);
    if (identity.permissionsBoundary === undefined) {
      throw noSuchEntity(`${kind.name} ${identity.name} does not have a permissions boundary attached.`);
    }
    delete identity.permissionsBoundary;
    return '';
  };

const tag =
  (kind: Kind): Handler =>
  (call) => {
    const identity = kind.change(call);
    identity.tags = { ...identity.tags, ...call.parameters.tags() };
    return '';
  };

const untag =
  (kind: Kind): Handler =>
  (call) => {
    const identity = kind.change(call);
    const gone = new Set(call.parameters.list('TagKeys'));
    identity.tags = Object.fromEntries(Object.entries(identity.tags).filter(([key]) => !gone.has(key)));
    return '';
  };

const listTags =
  (kind: Kind): Handler =>
  (call) =>
    tagList(kind.find(call).tags) + element('IsTruncated', 'false');

function operationsOf(kind: Kind): Operations {
  const { name } = kind;
  const on = (handle: Handler): Operation => ({ handle, resource: (call) => kind.find(call).arn });
  return {
    [`Attach${name}Policy`]: on(attach(kind)),
    [`Delete${name}PermissionsBoundary`]: on(deleteBoundary(kind)),
    [`Delete${name}Policy`]: on(deleteInline(kind)),
    [`Detach${name}Policy`]: on(detach(kind)),
    [`Get${name}Policy`]: on(getInline(kind)),
    [`List${name}Policies`]: on(listInline(kind)),
    [`List${name}Tags`]: on(listTags(kind)),
    [`ListAttached${name}Policies`]: on(listAttached(kind)),
    [`Put${name}PermissionsBoundary`]: on(putBoundary(kind)),
    [`Put${name}Policy`]: on(putInline(kind)),
    [`Tag${name}`]: on(tag(kind)),
    [`Untag${name}`]: on(untag(kind)),
  };
}

export const IDENTITY_OPERATIONS: Operations = {
  ...operationsOf({
    name: 'Role',
    inlineLimit: SIZE_LIMITS.inlineOfRole,
    find: roleOf,
    change: changeableRole,
  }),
  ...operationsOf({ name: 'User', inlineLimit: SIZE_LIMITS.inlineOfUser, find: userOf, change: userOf }),
};

import { addUser } from '../world/build.ts';
import type { User } from '../world/model.ts';
import { userOf } from './find.ts';
import type { Handler, IamCall, Operations } from './operation.ts';
import { page } from './paging.ts';
import { alreadyExists, deleteConflict } from './refusals.ts';
import { userInList, userShape } from './shapes.ts';
import { struct } from './xml.ts';

const createUser: Handler = ({ world, account, parameters }) => {
  const name = parameters.required('UserName');
  if (account.users.has(name)) throw alreadyExists(`User with name ${name} already exists.`);
  const user = addUser(world, account, {
    name,
    path: parameters.optional('Path') ?? '/',
    tags: parameters.tags(),
  });
  return struct('User', userShape(user));
};

/** What still hangs on a user, in the words of DeleteConflict. */
function leftOf(user: User): string | undefined {
  if (user.attachedPolicies.length > 0) return 'must detach all policies first.';
  if (user.inlinePolicies.size > 0) return 'must delete policies first.';
  if (user.accessKeys.length > 0) return 'must delete access keys first.';
  return user.loginProfile === undefined ? undefined : 'must delete login profile first.';
}

const deleteUser: Handler = (call) => {
  call.parameters.required('UserName');
  const user = userOf(call);
  const left = leftOf(user);
  if (left !== undefined) throw deleteConflict(`Cannot delete entity, ${left}`);
  call.account.users.delete(user.name);
  return '';
};

const byName = (a: User, b: User): number => (a.name < b.name ? -1 : 1);

const listUsers: Handler = (call) => {
  const prefix = call.parameters.optional('PathPrefix') ?? '/';
  const users = [...call.account.users.values()].filter(({ path }) => path.startsWith(prefix)).sort(byName);
  return page(call, 'Users', users, userInList);
};

const resource = (call: IamCall): string => userOf(call).arn;

export const USER_OPERATIONS: Operations = {
  CreateUser: { handle: createUser },
  DeleteUser: { handle: deleteUser, resource },
  GetUser: { handle: (call) => struct('User', userShape(userOf(call))), resource },
  ListUsers: { handle: listUsers },
};

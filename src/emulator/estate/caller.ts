import type { Account, World } from '../world/model.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Estate } from './estate.ts';

/** Who signed a request. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
  /** AIDA…, or AROA…:session. */
  readonly userId: string;
}

/** The name behind keys that nobody in the world holds, such as the dummy keys of a demo or of a test. */
const GUEST = 'iam-triage';

/**
 * The caller behind an access key. In order: a session that AssumeRole gave out, a key or session of somebody in the
 * world; otherwise a guest, in the account whose 12 digits the key id holds or in the account that owns the first analyzer.
 */
export function callerOf(estate: Estate, accessKeyId: string): Caller {
  const session = estate.sessions.get(accessKeyId);
  if (session !== undefined) {
    if (session.expiresAt <= estate.clock.now()) throw expiredToken();
    const { account, roleName, sessionName, roleId } = session;
    return assumedRole(estate.world, account, `${roleName}/${sessionName}`, `${roleId}:${sessionName}`);
  }
  for (const account of estate.world.accounts.values()) {
    const caller = callerIn(estate.world, account, accessKeyId);
    if (caller !== undefined) return caller;
  }
  return guestOf(estate.world, guestAccount(estate, accessKeyId));
}

const expiredToken = (): ServiceError =>
  new ServiceError(403, 'ExpiredTokenException', 'The security token included in the request is expired');

function callerIn(world: World, account: Account, accessKeyId: string): Caller | undefined {
  for (const user of account.users.values()) {
    const key = user.accessKeys.find(({ id }) => id === accessKeyId);
    if (key === undefined) continue;
    if (key.status === 'Active') return { account: account.id, arn: user.arn, userId: user.uniqueId };
    throw new ServiceError(
      403,
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
    );
  }
  const name = account.sessions.get(accessKeyId);
  return name === undefined ? undefined : namedSession(world, account, name);
}

/** `role/NAME` or the name of a user. */
function namedSession(world: World, account: Account, name: string): Caller | undefined {
  if (name.startsWith('role/')) {
    const role = account.roles.get(name.slice('role/'.length));
    if (role === undefined) return undefined;
    return assumedRole(world, account.id, `${role.name}/${GUEST}`, `${role.uniqueId}:${GUEST}`);
  }
  const user = account.users.get(name);
  return user === undefined ? undefined : { account: account.id, arn: user.arn, userId: user.uniqueId };
}

function assumedRole(world: World, account: string, path: string, userId: string): Caller {
  return { account, arn: `arn:${world.partition}:sts::${account}:assumed-role/${path}`, userId };
}

function guestAccount(estate: Estate, accessKeyId: string): string {
  const named = [...estate.world.accounts.keys()].find((account) => accessKeyId.includes(account));
  return named ?? estate.source.analyzers[0]?.account ?? estate.world.managementAccount;
}

function guestOf(world: World, account: string): Caller {
  return {
    account,
    arn: `arn:${world.partition}:iam::${account}:user/${GUEST}`,
    userId: `AIDAGUEST${account}`,
  };
}

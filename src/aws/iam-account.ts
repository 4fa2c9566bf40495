import type * as Sdk from '@aws-sdk/client-iam';
import type { IamCall } from '../domain/iam/call.ts';
import type { Identity, IamCell, IamState } from '../domain/iam/cell.ts';
import { ProblemError } from '../domain/problem.ts';
import { assumedKeys } from './assume-role.ts';
import { call, sendOptions, type Place } from './calls.ts';
import type { CallerAccount } from './caller-account.ts';
import type { Clients } from './clients.ts';
import { sendIamCall } from './iam-change.ts';
import {
  readAttachments,
  readHolders,
  readInventory,
  readLastUse,
  readPolicyVersion,
  type AttachedInventory,
  type PolicyHolders,
  type PolicyText,
} from './iam-inventory.ts';
import { readCell } from './iam-read.ts';
import type { IamRun } from './iam-run.ts';
import type { Profile } from './profile.ts';

export interface IamPlace {
  readonly profile: string;
  /** Whose IAM is meant. */
  readonly account: string;
  /** Role to assume where the profile is of another account; without it that account is out of reach. */
  readonly assumeRole?: string;
}

/** IAM of one account. Errors are thrown as ProblemError; what does not exist is null or undefined, not an error. */
export interface IamAccount {
  read(cell: IamCell, signal?: AbortSignal): Promise<IamState>;
  send(change: IamCall, signal?: AbortSignal): Promise<void>;
  /** Last use of a role, an access key or a password, epoch ms; undefined: none that IAM knows of. */
  lastUse(cell: IamCell, signal?: AbortSignal): Promise<number | undefined>;
  /** What hangs on an identity. */
  inventory(identity: Identity, signal?: AbortSignal): Promise<AttachedInventory>;
  attachments(identity: Identity, signal?: AbortSignal): Promise<readonly string[]>;
  /** Default version of a managed policy, AWS's or a customer's. */
  policyText(policyArn: string, signal?: AbortSignal): Promise<PolicyText | undefined>;
  /** Who has a managed policy. */
  holders(policyArn: string, signal?: AbortSignal): Promise<PolicyHolders>;
}

interface Deps {
  readonly clients: Clients;
  readonly callerAccount: CallerAccount;
}

export function createIamAccounts(
  deps: Deps,
): (profile: Profile, place: Omit<IamPlace, 'profile'>) => IamAccount {
  const opened = new Map<string, Promise<Sdk.IAMClient>>();
  return (profile, place) => {
    const key = JSON.stringify([profile.name, place.account, place.assumeRole]);
    const client = (signal?: AbortSignal): Promise<Sdk.IAMClient> => {
      const known = opened.get(key) ?? openClient(profile, place, deps, signal);
      opened.set(key, known);
      known.catch(() => opened.delete(key));
      return known;
    };
    return bindAccount(profile, client);
  };
}

/** Never sent to another account than the one that is meant: names of roles are the same in many. */
async function openClient(
  profile: Profile,
  { account, assumeRole }: Omit<IamPlace, 'profile'>,
  { clients, callerAccount }: Deps,
  signal: AbortSignal | undefined,
): Promise<Sdk.IAMClient> {
  const own = await callerAccount(profile, signal);
  if (own === account) return clients.iam(profile);
  if (assumeRole !== undefined) return clients.iam(profile, assumedKeys(profile, assumeRole, clients));
  throw new ProblemError({
    kind: 'denied',
    message: `The profile ${profile.name} is of account ${own}, and this belongs to account ${account}; nothing was sent.`,
    hint: `Use a profile of account ${account}, or name a role that may be assumed there as "fixRoleName" in the settings.`,
  });
}

function bindAccount(profile: Profile, open: (signal?: AbortSignal) => Promise<Sdk.IAMClient>): IamAccount {
  const runner =
    (signal: AbortSignal | undefined): IamRun =>
    async (operation, send) => {
      const sdk = await import('@aws-sdk/client-iam');
      const client = await open(signal);
      const place: Place = { service: 'iam', profile, region: profile.homeRegion };
      return call(place, operation, () => send(client, sdk, sendOptions(signal)));
    };
  return {
    read: (cell, signal) => readCell(cell, runner(signal)),
    send: (change, signal) => sendIamCall(change, runner(signal)),
    lastUse: (cell, signal) => readLastUse(cell, runner(signal)),
    inventory: (identity, signal) => readInventory(identity, runner(signal)),
    attachments: (identity, signal) => readAttachments(identity, runner(signal)),
    policyText: (policyArn, signal) => readPolicyVersion(policyArn, runner(signal)),
    holders: (policyArn, signal) => readHolders(policyArn, runner(signal)),
  };
}

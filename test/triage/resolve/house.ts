/** The emulated house with what finding and applying a fix needs beside it. */
import assert from 'node:assert/strict';
import type { JournalEntry } from '../../../src/domain/journal.ts';
import type { StoredFinding } from '../../../src/domain/listing.ts';
import type { Account, Identity, Role, World } from '../../../src/emulator/world/model.ts';
import type { Fix, FixName, Resolution } from '../../../src/triage/resolve/fix.ts';
import type { PrepareDeps } from '../../../src/triage/resolve/ports.ts';
import { prepareResolution } from '../../../src/triage/resolve/prepare-resolution.ts';
import { prepareUndo } from '../../../src/triage/undo.ts';
import { HOME } from '../../emulator/small-world.ts';
import type { Emulated } from '../emulated.ts';
import { need } from '../setup.ts';

export function only(house: Emulated, filter: string): StoredFinding {
  const found = house.find(filter);
  assert.equal(found.length, 1, `${filter}: ${found.length} findings`);
  const [one] = found;
  assert.ok(one !== undefined);
  return one;
}

export const prepareDeps = (house: Emulated, more: Partial<PrepareDeps> = {}): PrepareDeps => ({
  gateway: house.gateway,
  clock: house.deps.clock,
  fixRoleName: '',
  ...more,
});

export const resolve = async (
  house: Emulated,
  finding: StoredFinding,
  more: Partial<PrepareDeps> = {},
): Promise<Resolution> => need(await prepareResolution(finding, prepareDeps(house, more)));

export function fixOf({ fixes }: Resolution, name: FixName): Fix {
  const fix = fixes.find((each) => each.name === name);
  assert.ok(fix !== undefined, `${name} among ${fixes.map((each) => each.name).join()}`);
  return fix;
}

/** Applies a fix that must be applicable. */
export async function apply(house: Emulated, fix: Fix): Promise<JournalEntry> {
  assert.ok(fix.plan !== undefined, fix.blocked?.message ?? fix.name);
  return house.run(fix.plan);
}

export const undo = async (house: Emulated): Promise<JournalEntry> =>
  house.run(need(await prepareUndo(house.deps)));

const sortedEntries = <T>(map: Map<string, T>): [string, T][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

const stateOfIdentity = (identity: Identity): unknown => ({
  arn: identity.arn,
  tags: identity.tags,
  attached: identity.attachedPolicies.toSorted(),
  inline: sortedEntries(identity.inlinePolicies),
  boundary: identity.permissionsBoundary,
  ...(identity.kind === 'role'
    ? {
        trust: identity.trustPolicy,
        description: identity.description,
        session: identity.maxSessionDuration,
      }
    : {
        keys: identity.accessKeys.map(({ id, status }) => [id, status]),
        password: identity.loginProfile && identity.loginProfile.passwordResetRequired,
      }),
});

const stateOfAccount = (account: Account): unknown => ({
  roles: sortedEntries(account.roles).map(([, role]) => stateOfIdentity(role)),
  users: sortedEntries(account.users).map(([, user]) => stateOfIdentity(user)),
  policies: sortedEntries(account.policies).map(([arn, { versions, defaultVersion, tags }]) => [
    arn,
    versions.map(({ document }) => document),
    defaultVersion,
    tags,
  ]),
  profiles: sortedEntries(account.instanceProfiles).map(([name, { roleName }]) => [name, roleName]),
});

/** All of IAM's state in a world that a client can set, in one comparable text; ids and dates are IAM's own. */
export const iamStateOf = (world: World): string =>
  JSON.stringify(sortedEntries(world.accounts).map(([id, account]) => [id, stateOfAccount(account)]));

export const US = { regions: ['us-east-1'] };
export const home = ({ emulator }: Emulated): Account => {
  const account = emulator.world.accounts.get(HOME);
  assert.ok(account !== undefined);
  return account;
};
export const role = (house: Emulated, name: string): Role => {
  const found = home(house).roles.get(name);
  assert.ok(found !== undefined);
  return found;
};
/** Requests of this operation so far. */
export const sent = ({ emulator }: Emulated, operation: string): number =>
  emulator.log.report().operations[operation] ?? 0;

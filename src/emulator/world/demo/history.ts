import type { Account } from '../model.ts';
import type { WorldChange } from '../source.ts';
import { trustAccount } from '../statement.ts';
import { OUTSIDERS, type Setting } from './setting.ts';
import { VENDOR_CONDITION } from './trusts.ts';

/** The role trusted the vendor without the external id until then: the finding of before is resolved, a new one came. */
function requireExternalId(setting: Setting, account: Account, name: string, days: number): WorldChange {
  const role = account.roles.get(name);
  const at = setting.daysAgo(days);
  if (role !== undefined) role.trustPolicy = trustAccount(OUTSIDERS.vendor);
  return {
    at,
    apply: () => {
      if (role === undefined) return;
      role.trustPolicy = trustAccount(OUTSIDERS.vendor, VENDOR_CONDITION);
      role.trustUpdatedAt = at;
    },
  };
}

/** What was fixed lately: findings of before that stand as RESOLVED. Ordered by time. */
export function recentFixes(setting: Setting): readonly WorldChange[] {
  const { prod, data, staging, sandbox, daysAgo } = setting;
  return [
    { at: daysAgo(34.2), apply: () => sandbox.roles.delete('alexa-skill') },
    { at: daysAgo(20.6), apply: () => sandbox.users.delete('test-user-2') },
    requireExternalId(setting, data, 'stock-levels', 15.3),
    // Its own policy is gone: what the shared ones leave unused is a new finding.
    {
      at: daysAgo(11.4),
      apply: () => staging.roles.get('orders-staging')?.inlinePolicies.delete('orders-staging-own'),
    },
    { at: daysAgo(9.1), apply: () => data.users.get('sftp-import')?.accessKeys.splice(0) },
    { at: daysAgo(6.7), apply: () => prod.resources.delete('arn:aws:s3:::acme-office-scans') },
    { at: daysAgo(4.5), apply: () => staging.resources.delete('arn:aws:s3:::acme-press-kit') },
    {
      at: daysAgo(1.2),
      apply: () => prod.resources.delete(`arn:aws:lambda:us-west-2:${prod.id}:function:thumbnail-generator`),
    },
  ];
}

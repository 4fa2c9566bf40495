import type { WorldChange } from '../source.ts';
import type { Setting } from './setting.ts';

/** What was fixed lately: findings of before that stand as RESOLVED. Ordered by time. */
export function recentFixes({ prod, data, sandbox, daysAgo }: Setting): readonly WorldChange[] {
  return [
    { at: daysAgo(34), apply: () => sandbox.roles.delete('alexa-skill') },
    { at: daysAgo(20), apply: () => sandbox.users.delete('test-user-2') },
    { at: daysAgo(9), apply: () => data.users.get('sftp-import')?.accessKeys.splice(0) },
    { at: daysAgo(6), apply: () => prod.resources.delete('arn:aws:s3:::acme-office-scans') },
    {
      at: daysAgo(1),
      apply: () => prod.resources.delete(`arn:aws:lambda:us-west-2:${prod.id}:function:thumbnail-generator`),
    },
  ];
}

import { accountIn } from '../../domain/arn.ts';
import { awsCommand } from '../../domain/command-line.ts';
import type { InternalAccessDetail } from '../../domain/finding.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { editPolicy } from './by-hand.ts';
import { commandPlace } from './command-place.ts';
import type { Fix } from './fix.ts';
import { protectedRole } from './protected-role.ts';

/** Who has the access and by which way, from the detail where it is known, else from the finding itself. */
type Access = Pick<
  InternalAccessDetail,
  'principal' | 'principalType' | 'principalOwnerAccount' | 'action' | 'sources'
>;

/** Internal access is granted on both sides: where it can be cut, by commands only. */
export function cutInternalAccess(finding: StoredFinding): readonly Fix[] {
  const access: Access = finding.detail?.kind === 'internal' ? finding.detail : finding;
  const [principal = ''] = Object.values(access.principal ?? {});
  const types = (access.sources ?? []).map(({ type }) => type).join(', ');
  const path = types === '' ? 'the policy of the resource or those of the principal' : types;
  const atResource: Fix = {
    ...editPolicy(finding),
    changes: [
      `The access comes through ${path}: cut it at the resource${principal === '' ? '' : `, for ${principal} alone`}.`,
    ],
  };
  return principal === '' ? [atResource] : [atResource, atPrincipal(finding, principal, access)];
}

function atPrincipal(finding: StoredFinding, principal: string, access: Access): Fix {
  const { principalType, principalOwnerAccount: owner, action = [] } = access;
  const place = commandPlace(finding, owner ?? accountIn(principal));
  const guarded = protectedRole(principal);
  const name = principal.slice(principal.lastIndexOf('/') + 1);
  const kind = principalType === 'IAM_USER' || principal.includes(':user/') ? 'user' : 'role';
  const who = [`--${kind}-name`, name];
  const words = [
    ['iam', `list-attached-${kind}-policies`, ...who],
    ['iam', `list-${kind}-policies`, ...who],
    ...(kind === 'user' ? [['iam', 'list-groups-for-user', ...who]] : []),
    ['iam', `get-${kind}-policy`, ...who, '--policy-name', 'NAME'],
    ['iam', `put-${kind}-policy`, ...who, '--policy-name', 'NAME', '--policy-document', 'file://policy.json'],
    ['iam', `detach-${kind}-policy`, ...who, '--policy-arn', 'POLICY_ARN'],
  ];
  return {
    name: 'cut-internal-access',
    title: `Take the access from ${kind} ${name}`,
    changes: [
      `The policies of ${principal} no longer allow ${action.length === 0 ? 'the access' : action.join(', ')}.`,
    ],
    risks: [`Everything else that ${name} does with these policies may be touched too.`],
    undo: 'Keep what the first commands show: it is the backup.',
    ...(guarded === undefined
      ? { commands: words.map((each) => awsCommand(each, place)) }
      : { blocked: guarded, commands: [] }),
    diffs: [],
  };
}

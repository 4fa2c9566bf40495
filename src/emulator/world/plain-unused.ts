import type { UnusedService } from '../../domain/finding.ts';
import { trackedActionsOf } from './action-catalogue.ts';
import type { WorldFinding } from './finding.ts';
import type { Draw, PlainPlace } from './plain-place.ts';

/** Unused access of the plain world: four of ten are permissions, then roles, keys and passwords. */
type Facts = Omit<WorldFinding, 'createdAt' | 'key'>;

const SERVICES = ['bedrock', 'dynamodb', 'ec2', 'glue', 'lambda', 's3', 'sns', 'sqs'] as const;
const DAY = 86_400_000;

/** Half of them were never used within the tracking period. */
const lastAccess = ({ now }: PlainPlace, draw: Draw, salt: number): { lastAccessed?: number } =>
  draw(salt, 2) === 0 ? {} : { lastAccessed: now - (91 + draw(salt + 1, 300)) * DAY };

function unusedServices(place: PlainPlace, draw: Draw): readonly UnusedService[] {
  const first = draw(20, SERVICES.length);
  return Array.from({ length: 1 + draw(21, 4) }, (_, i) => {
    const serviceNamespace = SERVICES[(first + i) % SERVICES.length] ?? SERVICES[0];
    const service = { serviceNamespace, ...lastAccess(place, draw, 30 + 2 * i) };
    if (draw(50 + i, 2) === 0) return service;
    const actions = trackedActionsOf(serviceNamespace).slice(0, 1 + draw(60 + i, 3));
    return { ...service, actions: actions.map((action) => ({ action })) };
  });
}

export function plainUnused(place: PlainPlace, account: string, draw: Draw): Facts {
  const name = String(place.index).padStart(5, '0');
  const ofRole = (path: string) => ({
    resource: `arn:aws:iam::${account}:role/${path}-${name}`,
    resourceType: 'AWS::IAM::Role',
    resourceOwnerAccount: account,
  });
  const ofUser = {
    resource: `arn:aws:iam::${account}:user/human-${name}`,
    resourceType: 'AWS::IAM::User',
    resourceOwnerAccount: account,
  };
  const used = lastAccess(place, draw, 22);
  const kind = draw(24, 10);
  if (kind < 4) {
    const detail = { kind: 'unused-permission', services: unusedServices(place, draw) } as const;
    return { findingType: 'UnusedPermission', ...ofRole('svc/app'), detail };
  }
  if (kind < 7)
    return {
      findingType: 'UnusedIAMRole',
      ...ofRole('legacy/job'),
      detail: { kind: 'unused-role', ...used },
    };
  if (kind < 9) {
    const accessKeyId = `AKIAPLAIN${name.padStart(11, '0')}`;
    return {
      findingType: 'UnusedIAMUserAccessKey',
      ...ofUser,
      detail: { kind: 'unused-key', accessKeyId, ...used },
    };
  }
  return { findingType: 'UnusedIAMUserPassword', ...ofUser, detail: { kind: 'unused-password', ...used } };
}

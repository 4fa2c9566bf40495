import type { Identity } from '../../domain/iam/cell.ts';

/** Names have at most 128 characters (API reference, CreatePolicy). */
const NAME_LIMIT = 128;

/** Name of the policy that takes the place of another, for one identity; `number` tells it from older ones. */
export function recommendedName(existing: string, identity: Identity, number: number): string {
  const suffix = `-recommended${number === 1 ? '' : `-${number}`}`;
  const base = existing.replace(/-recommended(-\d+)?$/, '');
  const wish = base.endsWith(identity.name) ? base : `${base}-${identity.name}`;
  return `${wish.slice(0, NAME_LIMIT - suffix.length)}${suffix}`;
}

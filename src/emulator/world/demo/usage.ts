import { namespaceOf } from '../action-catalogue.ts';
import { grantedActions } from '../granted-actions.ts';
import type { Identity } from '../model.ts';
import type { Setting } from './setting.ts';

/** Writes a use into IAM's last-accessed information, of the action and of its service. */
export function recordUse(identity: Identity, action: string, at: number): void {
  const namespace = namespaceOf(action);
  const usage = identity.usage.get(namespace) ?? { actions: new Map<string, number>() };
  usage.actions.set(action, Math.max(at, usage.actions.get(action) ?? 0));
  usage.lastUsed = Math.max(at, usage.lastUsed ?? 0);
  identity.usage.set(namespace, usage);
  if (identity.kind === 'role' && (identity.lastUsed?.at ?? 0) < at)
    identity.lastUsed = { at, region: 'us-east-1' };
}

/** All that the identity may do, it does: nothing of it is unused. */
export function useFully(setting: Setting, identity: Identity): void {
  for (const action of grantedActions(setting.world, identity)) {
    recordUse(identity, action, setting.daysAgo(20 * setting.random.next()));
  }
}

/**
 * Some services in daily use, some long left alone, some never touched: the usual state of a workload's role. `share`
 * is the part of its actions that is in use.
 */
export function usePartly(setting: Setting, identity: Identity, share: number): void {
  const { random, world, daysAgo } = setting;
  const granted = grantedActions(world, identity);
  const services = [...new Set(granted.map(namespaceOf))];
  const [kept] = services;
  for (const namespace of services) {
    const inUse = namespace === kept || random.chance(share);
    const abandoned = !inUse && random.chance(0.5);
    if (!inUse && !abandoned) continue;
    for (const action of granted.filter((name) => namespaceOf(name) === namespace)) {
      const days = inUse ? 30 * random.next() : 120 + 260 * random.next();
      if (random.chance(inUse ? share : 0.4)) recordUse(identity, action, daysAgo(days));
    }
  }
  // Whatever else happened, the role was in use this month.
  const first = granted[0];
  if (first !== undefined) recordUse(identity, first, daysAgo(9 * random.next()));
}

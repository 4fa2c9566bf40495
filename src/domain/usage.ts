import type { FindingDetail, UnusedService } from './finding.ts';

/** When what an unused-access finding is about was last used. */

const latest = (times: readonly (number | undefined)[]): number | undefined =>
  times.reduce(
    (most, time) => (time !== undefined && (most === undefined || time > most) ? time : most),
    undefined,
  );

const lastUseOfService = (service: UnusedService): number | undefined =>
  latest([service.lastAccessed, ...(service.actions ?? []).map((action) => action.lastAccessed)]);

/**
 * Epoch ms, or 'never' (within the tracking period); undefined: not known, because the detail is missing or the
 * finding is not about use. For permissions it is the latest use among them.
 */
export function lastUsed(detail: FindingDetail | undefined): number | 'never' | undefined {
  switch (detail?.kind) {
    case undefined:
    case 'external':
    case 'internal':
      return undefined;
    case 'unused-role':
    case 'unused-key':
    case 'unused-password':
      return detail.lastAccessed ?? 'never';
    case 'unused-permission':
      return latest(detail.services.map(lastUseOfService)) ?? 'never';
  }
}

/** undefined: not known. */
export function isNeverUsed(detail: FindingDetail | undefined): boolean | undefined {
  const used = lastUsed(detail);
  return used === undefined ? undefined : used === 'never';
}

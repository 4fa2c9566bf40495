import type { ExposureId } from '../domain/exposure.ts';
import type { EffectContext } from './effect-context.ts';

/**
 * Whether some of these, which the store was asked for and did not have, go by other ids now. That is said, and whoever
 * holds them asks again.
 */
export async function followMoved(
  lost: readonly ExposureId[],
  { services, dispatch }: EffectContext,
): Promise<boolean> {
  if (lost.length === 0) return false;
  const moved = await services.queries.successors(lost);
  if (moved.size > 0) dispatch({ kind: 'exposures-moved', moved });
  return moved.size > 0;
}

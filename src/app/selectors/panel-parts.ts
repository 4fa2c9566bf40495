import type { Fix, Resolution } from '../../triage/resolve/fix.ts';
import type { Panel, PolicyPreview } from '../panel.ts';
import type { AppState } from '../state.ts';

/** What of a panel is there and chosen. */

export const selectPreview = ({ panel }: AppState): PolicyPreview | undefined =>
  panel?.kind === 'policy' && panel.asked.state === 'ready' ? panel.asked.value : undefined;

/** Why nothing can be done with the recommendation of an open preview; undefined: it is there. */
export function selectNoPreview(state: AppState): string | undefined {
  if (state.panel?.asked.state === 'failed') return 'There is no recommendation: p asks again.';
  return selectPreview(state) === undefined ? 'The recommendation is not there yet.' : undefined;
}

export const selectResolution = ({ panel }: AppState): Resolution | undefined =>
  panel?.kind === 'resolve' && panel.asked.state === 'ready' ? panel.asked.value : undefined;

export const selectChosenFix = (state: AppState): Fix | undefined =>
  selectResolution(state)?.fixes[state.panel?.chosen ?? 0];

/** Policies of a preview, fixes of a resolution. */
export function partsOf(panel: Panel | undefined): number {
  if (panel?.asked.state !== 'ready') return 0;
  return panel.kind === 'policy'
    ? panel.asked.value.recommendation.changes.length
    : panel.asked.value.fixes.length;
}

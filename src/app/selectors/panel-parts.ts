import type { Fix, Resolution } from '../../triage/resolve/fix.ts';
import type { Panel, PolicyPreview } from '../panel.ts';
import type { AppState } from '../state.ts';

/** What of a panel is there and chosen. */

export const selectPreview = ({ panel }: AppState): PolicyPreview | undefined =>
  panel?.kind === 'policy' && panel.asked.state === 'ready' ? panel.asked.value : undefined;

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

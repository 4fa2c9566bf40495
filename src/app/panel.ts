import type { ExposureId } from '../domain/exposure.ts';
import type { Problem } from '../domain/problem.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import type { StoredFinding } from '../domain/listing.ts';
import type { Resolution } from '../triage/resolve/fix.ts';
import type { WaitProgress } from '../triage/resolve/ports.ts';

/** What stands over the list instead of the detail: the recommended policy of a finding, or the way to its fix. */
export type Panel = PolicyPanel | ResolvePanel;

interface PanelPlace {
  readonly exposureId: ExposureId;
  /** What it is about, in the words of the list; clean. */
  readonly name: string;
  /** Serial of the question that fills it: an answer that names another one comes late and is dropped. */
  readonly serial: number;
  /** Which of the policies, or of the fixes. */
  readonly chosen: number;
  readonly scroll: number;
}

/** What was asked for, while it is under way and when it is there. */
export type Asked<T> =
  | { readonly state: 'loading'; readonly progress: WaitProgress | undefined }
  | { readonly state: 'failed'; readonly problem: Problem }
  | { readonly state: 'ready'; readonly value: T };

export const LOADING = { state: 'loading', progress: undefined } as const;

/** A recommendation with the finding that it answers. */
export interface PolicyPreview {
  readonly finding: StoredFinding;
  readonly recommendation: Recommendation;
}

export interface PolicyPanel extends PanelPlace {
  readonly kind: 'policy';
  readonly asked: Asked<PolicyPreview>;
  /** The paid check is under way. */
  readonly checking: boolean;
}

export interface ResolvePanel extends PanelPlace {
  readonly kind: 'resolve';
  readonly asked: Asked<Resolution>;
  /** Title of the fix that was made from here: what the panel read before holds no more. */
  readonly made: string | undefined;
  /** `o-…`: with it a fix that lets only this organization in is offered, too. */
  readonly organizationId: string | undefined;
  /** The preview that led here: esc goes back to it. */
  readonly under: PolicyPanel | undefined;
}

/** What a person decided about an exposure. It belongs to the exposure, so it survives a finding's new id. */
export interface Decision {
  readonly exposureId: string;
  readonly reason?: string;
  readonly ticket?: string;
  readonly owner?: string;
  readonly note?: string;
  /** After this (epoch ms) the decision is due for another look. */
  readonly expiresAt?: number;
  readonly decidedAt: number;
}

/** A recommendation for an UnusedPermission finding, from the moment it was asked for. */
export interface RecommendationRecord {
  readonly startedAt: number;
  readonly resourceArn: string;
  readonly outcome: RecommendationOutcome;
  /** How often its result was asked for. It is ready at the second time, whatever the clock says. */
  reads: number;
  completedAt?: number;
}

export type RecommendationOutcome =
  | { readonly status: 'SUCCEEDED'; readonly steps: readonly RecommendedStep[] }
  | { readonly status: 'FAILED'; readonly code: string; readonly message: string };

/** Members of UnusedPermissionsRecommendedStep (API model); times are epoch milliseconds. */
export interface RecommendedStep {
  readonly recommendedAction: 'CREATE_POLICY' | 'DETACH_POLICY';
  readonly recommendedPolicy?: string;
  /** ARN of a managed policy, or the bare name of an inline one. */
  readonly existingPolicyId: string;
  /** Absent for inline policies. */
  readonly policyUpdatedAt?: number;
}

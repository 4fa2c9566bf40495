import type { ExposureId } from './exposure.ts';
import type { FindingRef, FindingStatus } from './finding.ts';
import type { StoredFinding } from './listing.ts';

/** As much of a finding as it takes to plan a change of its status. */
export type PlannedFinding = Pick<
  StoredFinding,
  'profile' | 'region' | 'analyzerArn' | 'id' | 'status' | 'exposureId' | 'isPublic' | 'resource' | 'goneAt'
>;

/**
 * Many of them in columns: between threads a hundred thousand go over as a few long lists in a fraction of the time that
 * as many objects take.
 */
export interface PlannedFindings {
  readonly analyzers: readonly Omit<FindingRef, 'id'>[];
  /** Of each finding: its place in `analyzers`. */
  readonly analyzerOf: Uint32Array;
  readonly ids: readonly string[];
  readonly exposureIds: readonly ExposureId[];
  readonly statuses: readonly FindingStatus[];
  /** Of the public ones, by place: their resource. */
  readonly publicResources: ReadonlyMap<number, string>;
}

export function plannedFindingAt(findings: PlannedFindings, place: number): PlannedFinding | undefined {
  const analyzer = findings.analyzers[findings.analyzerOf[place] ?? 0];
  const [id, exposureId, status] = [
    findings.ids[place],
    findings.exposureIds[place],
    findings.statuses[place],
  ];
  if (analyzer === undefined || id === undefined || exposureId === undefined || status === undefined)
    return undefined;
  const resource = findings.publicResources.get(place);
  return {
    ...analyzer,
    id,
    exposureId,
    status,
    goneAt: undefined,
    // What is not public is not named.
    resource: resource ?? '',
    isPublic: resource !== undefined,
  };
}

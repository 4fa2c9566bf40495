import type { ExposureId } from './exposure.ts';
import { FINDING_STATUSES, type FindingRef } from './finding.ts';
import type { StoredFinding } from './listing.ts';

/** As much of a finding as it takes to plan a change of its status. */
export type PlannedFinding = Pick<
  StoredFinding,
  'profile' | 'region' | 'analyzerArn' | 'id' | 'status' | 'exposureId' | 'isPublic' | 'resource' | 'goneAt'
>;

/** The findings of some exposures in columns, which go between threads as a few long texts. */
export interface PlannedFindings {
  readonly analyzers: readonly Omit<FindingRef, 'id'>[];
  /** Of each finding: its place in `analyzers`. */
  readonly analyzerOf: Uint32Array;
  /** Of each finding: the place of its status in FINDING_STATUSES. */
  readonly statusOf: Uint8Array;
  /** Of each finding: the place of its exposure among those that were asked for. */
  readonly exposureOf: Uint32Array;
  /** The ids as a JSON array. */
  readonly ids: string;
  /** Of the public ones, by place: their resource. */
  readonly publicResources: ReadonlyMap<number, string>;
}

/** How many there are, and each of them by its place. */
export interface PlannedFindingList {
  readonly length: number;
  at(place: number): PlannedFinding;
}

export function unpackPlannedFindings(
  findings: PlannedFindings,
  asked: readonly ExposureId[],
): PlannedFindingList {
  const ids = JSON.parse(findings.ids) as readonly string[];
  return {
    length: ids.length,
    at: (place) => {
      const analyzer = findings.analyzers[findings.analyzerOf[place] ?? 0];
      const id = ids[place];
      const status = FINDING_STATUSES[findings.statusOf[place] ?? 0];
      const exposureId = asked[findings.exposureOf[place] ?? 0];
      if (analyzer === undefined || id === undefined || status === undefined || exposureId === undefined)
        throw new Error(`There is no planned finding ${place}.`);
      const resource = findings.publicResources.get(place);
      return {
        profile: analyzer.profile,
        region: analyzer.region,
        analyzerArn: analyzer.analyzerArn,
        id,
        exposureId,
        status,
        goneAt: undefined,
        // What is not public is not named.
        resource: resource ?? '',
        isPublic: resource !== undefined,
      };
    },
  };
}

import { hash } from 'node:crypto';
import type { Finding } from './finding.ts';

/**
 * An exposure is what a person sees as one thing: the same resource, principal and condition (for unused access: the
 * same resource, type and key) found in several Regions or by several analyzers. It is one row and carries its findings.
 */
export type ExposureId = string;

type ExposureFacts = Pick<
  Finding,
  'id' | 'findingType' | 'resource' | 'resourceType' | 'principal' | 'condition' | 'accessKeyId' | 'error'
>;

const sorted = (map: Readonly<Record<string, string>> | undefined): readonly (readonly [string, string])[] =>
  Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** What tells this exposure from another of the same resource. */
function distinction(facts: ExposureFacts): unknown {
  if (facts.error !== undefined) return ['error', facts.findingType];
  switch (facts.findingType) {
    case 'ExternalAccess':
      return [sorted(facts.principal), sorted(facts.condition)];
    case 'InternalAccess':
      // Until its detail is fetched an internal finding has no principal: it stands alone, under its own id.
      return facts.principal === undefined ? facts.id : [sorted(facts.principal), sorted(facts.condition)];
    case 'UnusedIAMUserAccessKey':
      // A user has up to two keys; which one it is, only the detail says.
      return facts.accessKeyId ?? facts.id;
    case 'UnusedIAMRole':
    case 'UnusedIAMUserPassword':
    case 'UnusedPermission':
      return '';
  }
}

/** What it was before its detail told who has the access, or which key it is. */
export function exposureIdBeforeDetail(facts: ExposureFacts): ExposureId {
  const { principal: _principal, accessKeyId: _key, ...listed } = facts;
  return exposureIdOf(listed);
}

/** Hexadecimal digits of an id: 64 bits make a clash among a million exposures a one in 37 million event. */
export const EXPOSURE_ID_LENGTH = 16;

/** Stable: the same facts make the same id. */
export function exposureIdOf(facts: ExposureFacts): ExposureId {
  const key = JSON.stringify([facts.findingType, facts.resource, facts.resourceType, distinction(facts)]);
  return hash('sha256', key, 'hex').slice(0, EXPOSURE_ID_LENGTH);
}

/**
 * Ids behind each other, as one text: between threads a hundred thousand go over in a moment so, and take their time as
 * texts of their own.
 */
export type PackedExposureIds = string;

export const packExposureIds = (ids: readonly ExposureId[]): PackedExposureIds => ids.join('');

export function unpackExposureIds(packed: PackedExposureIds): readonly ExposureId[] {
  const ids: ExposureId[] = [];
  for (let at = 0; at < packed.length; at += EXPOSURE_ID_LENGTH)
    ids.push(packed.slice(at, at + EXPOSURE_ID_LENGTH));
  return ids;
}

export const packedExposureIdAt = (packed: PackedExposureIds, place: number): ExposureId =>
  packed.slice(place * EXPOSURE_ID_LENGTH, (place + 1) * EXPOSURE_ID_LENGTH);

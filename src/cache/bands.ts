import type { Sort } from '../domain/listing.ts';
import type { Analyzers } from './analyzers.ts';
import type { Cohort } from './cohort-table.ts';
import type { Names } from './names.ts';
import type { Share } from './selection.ts';

/**
 * A stretch of the list whose rows are alike in everything the sort asks of their cohorts. Bands stand in order, so a
 * window deep in the list skips whole bands by their sizes; within one, rows stand in the order of an index.
 */
export interface Band {
  /** Alike in all lists of a sort, whatever their filter. */
  readonly key: string;
  /** Set when all of its rows have this risk and no other sort value but their age orders them. */
  readonly risk: number | undefined;
  readonly exposures: number;
  readonly shares: readonly Share[];
}

export interface BandParts {
  readonly names: Names;
  readonly analyzers: Analyzers;
}

type SortValue = number | string;

const least = (values: readonly string[]): string =>
  values.reduce((first, value) => (value < first ? value : first));

/** What a sort asks of a cohort; undefined: it asks each row. */
function cohortValue(
  sort: Sort,
  { names, analyzers }: BandParts,
): ((cohort: Cohort) => SortValue) | undefined {
  switch (sort.key) {
    case 'risk':
      return (cohort) => cohort.risk;
    case 'type':
      return (cohort) => cohort.type;
    case 'account':
      return (cohort) => least(cohort.members.map((member) => names.textOf(member.account)));
    case 'region':
      return (cohort) => least(cohort.members.map((member) => analyzers.rowOf(member.analyzer).region));
    case 'age':
    case 'updated':
    case 'resource':
      return undefined;
  }
}

const compare = (a: SortValue, b: SortValue): number => (a < b ? -1 : a > b ? 1 : 0);

const toBand = (key: string, shares: readonly Share[], risk: number | undefined): Band => ({
  key,
  risk,
  exposures: shares.reduce((sum, share) => sum + share.exposures, 0),
  shares,
});

/** The only band of a sort that asks each row. */
const ONLY_BAND = '';

const keyOf = (value: SortValue, risk: number): string => `${value}|${risk}`;

/** Key of the band that a cohort's exposures are in. */
export function bandKeyOf(sort: Sort, parts: BandParts): (cohort: Cohort) => string {
  const valueOf = cohortValue(sort, parts);
  return valueOf === undefined ? () => ONLY_BAND : (cohort) => keyOf(valueOf(cohort), cohort.risk);
}

/** The list as bands, in order. Within equal values the riskier comes first. */
export function toBands(shares: readonly Share[], sort: Sort, parts: BandParts): readonly Band[] {
  const valueOf = cohortValue(sort, parts);
  if (valueOf === undefined) return shares.length === 0 ? [] : [toBand(ONLY_BAND, shares, undefined)];
  const groups = new Map<string, { value: SortValue; risk: number; shares: Share[] }>();
  for (const share of shares) {
    const value = valueOf(share.cohort);
    const { risk } = share.cohort;
    const key = keyOf(value, risk);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { value, risk, shares: [share] });
    else group.shares.push(share);
  }
  const direction = sort.descending ? -1 : 1;
  return [...groups]
    .sort(([, a], [, b]) => direction * compare(a.value, b.value) || b.risk - a.risk)
    .map(([key, group]) => toBand(key, group.shares, group.risk));
}

import type { Cohort, CohortMember } from './cohort-table.ts';
import { decide, type FilterNode, nodesOf } from './filter-node.ts';

/** What the facets say of the cohorts, in piles. Cohorts without anything that is meant are in none. */
export interface Piles {
  /** Every member is decided, and one at least is meant. */
  readonly decided: readonly Cohort[];
  /** Meant for sure, but how many of its findings are must be looked up. */
  readonly partly: readonly Cohort[];
  /** Whether its exposures are meant must be looked up; each has a single finding. */
  readonly lone: readonly Cohort[];
  /** The same of exposures with several. */
  readonly several: readonly Cohort[];
  /** Facets that hold for a member which is open: they may answer where a row test does not. */
  readonly held: ReadonlySet<FilterNode>;
  /** Of the pile `decided`, and of `partly` as far as it is decided. */
  readonly exposures: number;
  readonly findings: number;
  readonly publicFindings: number;
}

const isLone = ({ members }: Cohort): boolean => members.length === 1 && members[0]?.findings === 1;

interface Verdict {
  readonly meant: readonly CohortMember[];
  readonly open: readonly CohortMember[];
}

function judge(node: FilterNode, cohort: Cohort): Verdict {
  const meant: CohortMember[] = [];
  const open: CohortMember[] = [];
  for (const member of cohort.members) {
    const decided = decide(node, member);
    if (decided === undefined) open.push(member);
    else if (decided) meant.push(member);
  }
  return { meant, open };
}

const sumOf = (members: readonly CohortMember[], count: (member: CohortMember) => number): number =>
  members.reduce((sum, member) => sum + count(member), 0);

export function sortIntoPiles(node: FilterNode, cohorts: readonly Cohort[]): Piles {
  const facets = nodesOf(node, 'facet');
  const piles = {
    decided: [] as Cohort[],
    partly: [] as Cohort[],
    lone: [] as Cohort[],
    several: [] as Cohort[],
  };
  const held = new Set<FilterNode>();
  const totals = { exposures: 0, findings: 0, publicFindings: 0 };
  for (const cohort of cohorts) {
    const { meant, open } = judge(node, cohort);
    if (meant.length > 0) totals.exposures += cohort.exposures;
    if (open.length > 0) {
      for (const facet of facets)
        if (open.some((member) => facet.ids.has(member[facet.facet]))) held.add(facet);
      piles[meant.length > 0 ? 'partly' : isLone(cohort) ? 'lone' : 'several'].push(cohort);
    } else if (meant.length > 0) {
      piles.decided.push(cohort);
      totals.findings += cohort.exposures * sumOf(meant, (member) => member.findings);
      totals.publicFindings += cohort.exposures * sumOf(meant, (member) => member.findings * member.public);
    }
  }
  return { ...piles, held, ...totals };
}

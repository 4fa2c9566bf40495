import type { Criteria } from '../archive-rule.ts';
import { type CriteriaFacts, matchesCriteria } from '../criteria.ts';
import type { FindingType } from '../finding.ts';
import { commonNamePart } from './common-name.ts';
import { canonicalCriteria, covers } from './criteria-algebra.ts';
import { splitCriteria } from './limits.ts';
import { withPublicGuard } from './public-access.ts';

/** One way to say "these findings" as an archive rule. */
export interface Proposal {
  /** What it takes in, e.g. "these resources, for these principals". */
  readonly label: string;
  readonly criteria: Criteria;
  /** The same within the limits: more than one where a criterion has over 20 values. */
  readonly rules: readonly Criteria[];
  /** No `isPublic eq false`: some of the findings are public themselves, so the rule would hide public access. */
  readonly hidesPublic: boolean;
  /** Findings of the population that it means; absent when none was given. */
  readonly matches?: number;
}

/**
 * Criteria that cover all of the findings (of one kind of analyzer), from the narrowest to wider ones. External access
 * that is not public carries the guard `isPublic eq false`. With a `population` the order follows what each one really
 * takes in; without it, what can be proven.
 */
export function proposeCriteria(
  findings: readonly CriteriaFacts[],
  population?: Iterable<CriteriaFacts>,
): readonly Proposal[] {
  if (findings.length === 0) return [];
  const facts = gatherFacts(findings);
  const proposals = distinctProposals(DRAFTS.flatMap((draft) => toProposal(draft, facts)));
  if (population === undefined) return orderByProof(proposals);
  const counts = countMatches(proposals, population);
  return proposals
    .map((proposal, index) => ({ ...proposal, matches: counts[index] ?? 0 }))
    .sort(
      (a, b) =>
        a.matches - b.matches ||
        Number(covers(a.criteria, b.criteria)) - Number(covers(b.criteria, a.criteria)),
    );
}

/** What a draft may use of the findings. */
type Part = 'type' | 'resource' | 'name' | 'account' | 'principal' | 'condition' | 'error';

interface Draft {
  readonly label: string;
  readonly parts: readonly Part[];
}

/** From narrow to wide. A part that the findings do not share drops out; what then says the same is kept once. */
const DRAFTS: readonly Draft[] = [
  {
    label: 'these resources, for these principals, under these conditions',
    parts: ['type', 'resource', 'principal', 'condition', 'error'],
  },
  { label: 'these resources, whoever has access', parts: ['type', 'resource', 'error'] },
  {
    label: 'resources named alike, for these principals',
    parts: ['type', 'name', 'account', 'principal', 'condition', 'error'],
  },
  { label: 'resources named alike, whoever has access', parts: ['type', 'name', 'account', 'error'] },
  {
    label: 'any such resource of the account, for these principals',
    parts: ['type', 'account', 'principal', 'condition', 'error'],
  },
  { label: 'whatever these principals reach', parts: ['principal'] },
  { label: 'every resource of this type in the account', parts: ['type', 'account', 'error'] },
  { label: 'every resource of this type', parts: ['type', 'error'] },
];

interface SharedFacts {
  readonly parts: Readonly<Record<Part, Criteria | undefined>>;
  readonly external: boolean;
  readonly allPrivate: boolean;
}

function gatherFacts(findings: readonly CriteriaFacts[]): SharedFacts {
  const areAll = (type: FindingType): boolean => findings.every(({ findingType }) => findingType === type);
  const external = areAll('ExternalAccess');
  const name = commonNamePart(findings.map(({ resource }) => resource));
  return {
    external,
    allPrivate: findings.every(({ isPublic }) => isPublic === false),
    parts: {
      type: {
        // An external or internal analyzer has no other type of finding, see withoutIdleType.
        ...(external || areAll('InternalAccess')
          ? {}
          : equals(
              'findingType',
              findings.map(({ findingType }) => findingType),
            )),
        ...equals(
          'resourceType',
          findings.map(({ resourceType }) => resourceType),
        ),
      },
      resource: equals(
        'resource',
        findings.map(({ resource }) => resource),
      ),
      name: name === undefined ? undefined : { resource: { contains: [name] } },
      account: equals(
        'resourceOwnerAccount',
        findings.map(({ resourceOwnerAccount }) => resourceOwnerAccount),
      ),
      principal: sharedMap(
        'principal',
        findings.map(({ principal }) => principal),
      ),
      condition: sharedMap(
        'condition',
        findings.map(({ condition }) => condition),
      ),
      error: equals(
        'error',
        findings.map(({ error }) => error),
      ),
    },
  };
}

/** Undefined where a finding has no value: then no list of values covers it. */
function equals(key: string, values: readonly (string | undefined)[]): Criteria | undefined {
  const eq = new Set<string>();
  for (const value of values) {
    if (value === undefined || value === '') return undefined;
    eq.add(value);
  }
  return { [key]: { eq: [...eq].sort() } };
}

/** The keys that every one of the maps has, e.g. principal.AWS. */
function sharedMap(prefix: string, maps: readonly Facts[]): Criteria | undefined {
  const keys = Object.keys(maps[0] ?? {}).filter((key) => maps.every((map) => map?.[key] !== undefined));
  if (keys.length === 0) return undefined;
  return join(
    keys.map((key) =>
      equals(
        `${prefix}.${key}`,
        maps.map((map) => map?.[key]),
      ),
    ),
  );
}

type Facts = Readonly<Record<string, string>> | undefined;

const join = (parts: readonly (Criteria | undefined)[]): Criteria =>
  Object.fromEntries(parts.flatMap((part) => Object.entries(part ?? {})));

/** A proposal that takes more rules than this is no help: an analyzer has room for a hundred. */
const MOST_RULES = 10;

function toProposal({ label, parts }: Draft, facts: SharedFacts): Proposal[] {
  const bare = join(parts.map((part) => facts.parts[part]));
  if (Object.keys(bare).length === 0) return [];
  const criteria = facts.external && facts.allPrivate ? withPublicGuard(bare) : bare;
  const rules = splitCriteria(criteria);
  if (!rules.ok || rules.value.length > MOST_RULES) return [];
  return [{ label, criteria, rules: rules.value, hidesPublic: facts.external && !facts.allPrivate }];
}

function distinctProposals(proposals: readonly Proposal[]): Proposal[] {
  const seen = new Set<string>();
  return proposals.filter(({ criteria }) => {
    const key = canonicalCriteria(criteria);
    return !seen.has(key) && seen.add(key);
  });
}

/** Each stands before those that provably take in all it does; otherwise as drafted. */
function orderByProof(proposals: readonly Proposal[]): readonly Proposal[] {
  const ordered: Proposal[] = [];
  for (const proposal of proposals) {
    const at = ordered.findIndex((other) => covers(other.criteria, proposal.criteria));
    ordered.splice(at < 0 ? ordered.length : at, 0, proposal);
  }
  return ordered;
}

function countMatches(proposals: readonly Proposal[], population: Iterable<CriteriaFacts>): number[] {
  const counts = proposals.map(() => 0);
  for (const finding of population) {
    proposals.forEach(({ criteria }, index) => {
      if (matchesCriteria(criteria, finding)) counts[index] = (counts[index] ?? 0) + 1;
    });
  }
  return counts;
}

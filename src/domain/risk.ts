import { type AccessLevel, strongestLevel } from './access-level.ts';
import { accountIn } from './arn.ts';
import type { Finding, FindingDetail, UnusedService } from './finding.ts';
import { isNeverUsed } from './usage.ts';

/** One row of the table of weights. */
export interface RiskWeight {
  readonly label: string;
  readonly points: number;
  /** When it counts, for the README and the detail. */
  readonly when: string;
}

/**
 * The risk order, as points out of 100. Each group is wider than all that can be added below it, so public always comes
 * before an unknown outside account, that before a known one, keys and passwords before roles before permissions.
 * Age is not in it: it would go stale in the store; it only breaks ties (older first).
 */
export const RISK_WEIGHTS = {
  public: { label: 'public', points: 72, when: 'anyone at all has access' },
  unknown: {
    label: 'unknown outsider',
    points: 40,
    when: 'a principal outside the zone of trust that is not a known account',
  },
  known: {
    label: 'known outsider',
    points: 10,
    when: 'a principal outside the zone of trust in a known account',
  },
  internal: { label: 'internal', points: 6, when: 'a principal of the own account or organization' },
  permissions: { label: 'changes permissions', points: 20, when: 'the actions can change who has access' },
  write: { label: 'writes', points: 20, when: 'the actions can create, change or delete, or take on a role' },
  read: { label: 'reads', points: 12, when: 'the actions can read contents' },
  tagging: { label: 'tags', points: 8, when: 'the actions can change tags' },
  list: { label: 'lists', points: 4, when: 'the actions can only list' },
  noCondition: { label: 'no condition', points: 8, when: 'nothing narrows the access down' },
  unusedKey: { label: 'unused access key', points: 36, when: 'a long-lived credential that nobody uses' },
  unusedPassword: { label: 'unused password', points: 34, when: 'a console sign-in that nobody uses' },
  unusedRole: { label: 'unused role', points: 24, when: 'a role that nobody takes on' },
  unusedPermission: { label: 'unused permissions', points: 10, when: 'permissions beyond what is used' },
  neverUsed: { label: 'never used', points: 6, when: 'no use at all within the tracking period' },
  unusedAdmin: {
    label: 'could change permissions',
    points: 6,
    when: 'the unused permissions can change who has access',
  },
  error: { label: 'not analyzed', points: 25, when: 'the analysis failed, so what is exposed is not known' },
} as const satisfies Readonly<Record<string, RiskWeight>>;

type WeightName = keyof typeof RISK_WEIGHTS;

/** What the score looks at: a finding, its detail where it was fetched, and the accounts that are not strangers. */
export type RiskFacts = Pick<
  Finding,
  'findingType' | 'isPublic' | 'principal' | 'action' | 'condition' | 'error'
> & { readonly detail?: FindingDetail; readonly knownAccounts: ReadonlySet<string> };

export interface RiskPoint {
  readonly label: string;
  readonly points: number;
}

export interface Risk {
  /** 0–100. */
  readonly score: number;
  /** Dots in the list. */
  readonly level: 1 | 2 | 3 | 4;
  /** What the score is the sum of. */
  readonly points: readonly RiskPoint[];
}

/** Every principal must be of a known account; who cannot be told is a stranger. */
function isKnownOutsider(facts: RiskFacts): boolean {
  const principals = Object.values(facts.principal ?? {});
  return (
    principals.length > 0 &&
    principals.every((principal) => {
      const account = accountIn(principal);
      return account !== undefined && facts.knownAccounts.has(account);
    })
  );
}

const LEVEL_WEIGHTS: Readonly<Record<AccessLevel, WeightName>> = {
  permissions: 'permissions',
  write: 'write',
  read: 'read',
  tagging: 'tagging',
  list: 'list',
};

/** What the access allows, and whether something narrows it down. */
function accessWeights(facts: RiskFacts): WeightName[] {
  const level = strongestLevel(facts.action ?? []);
  // Without its actions an internal finding's detail is not known yet, and neither is its condition.
  if (level === undefined) return [];
  const hasCondition = Object.keys(facts.condition ?? {}).length > 0;
  return [LEVEL_WEIGHTS[level], ...(hasCondition ? [] : ['noCondition' as const])];
}

const qualified = (service: string, action: string): string =>
  action.includes(':') ? action : `${service}:${action}`;

/** A wholly unused service counts only where it is about permissions: nearly every service has some such action. */
const couldChangePermissions = ({ serviceNamespace, actions }: UnusedService): boolean =>
  actions === undefined
    ? serviceNamespace === 'iam'
    : strongestLevel(actions.map(({ action }) => qualified(serviceNamespace, action))) === 'permissions';

const permissionWeights = (detail: FindingDetail | undefined): WeightName[] =>
  detail?.kind === 'unused-permission' && detail.services.some(couldChangePermissions) ? ['unusedAdmin'] : [];

function weightsOf(facts: RiskFacts): WeightName[] {
  if (facts.error !== undefined) return ['error'];
  const never: WeightName[] = isNeverUsed(facts.detail) === true ? ['neverUsed'] : [];
  switch (facts.findingType) {
    case 'ExternalAccess': {
      const who = facts.isPublic === true ? 'public' : isKnownOutsider(facts) ? 'known' : 'unknown';
      return [who, ...accessWeights(facts)];
    }
    case 'InternalAccess':
      return ['internal', ...accessWeights(facts)];
    case 'UnusedIAMUserAccessKey':
      return ['unusedKey', ...never];
    case 'UnusedIAMUserPassword':
      return ['unusedPassword', ...never];
    case 'UnusedIAMRole':
      return ['unusedRole', ...never];
    case 'UnusedPermission':
      return ['unusedPermission', ...never, ...permissionWeights(facts.detail)];
  }
}

/** Least score for 2, 3 and 4 dots: public always has four, another outsider never. */
const RISK_LEVELS = { 2: 25, 3: 50, 4: 75 } as const;

/** Score of 0–100 as the dots of the list: 1–4. */
export function riskLevel(score: number): Risk['level'] {
  if (score >= RISK_LEVELS[4]) return 4;
  if (score >= RISK_LEVELS[3]) return 3;
  return score >= RISK_LEVELS[2] ? 2 : 1;
}

/** Deterministic; the points add up to the score. */
export function scoreRisk(facts: RiskFacts): Risk {
  const points = weightsOf(facts).map((name) => ({
    label: RISK_WEIGHTS[name].label,
    points: RISK_WEIGHTS[name].points,
  }));
  const score = points.reduce((sum, point) => sum + point.points, 0);
  return { score, level: riskLevel(score), points };
}

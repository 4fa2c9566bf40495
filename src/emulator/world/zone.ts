import { createHash } from 'node:crypto';
import { isOrganizationAnalyzer } from '../../domain/analyzer.ts';
import type { AnalyzerView } from './finding.ts';
import type { Account, World } from './model.ts';
import type { PrincipalName } from './policy.ts';

/** The zone of trust: what is inside may have access without a finding. */
export interface Zone {
  readonly accounts: ReadonlySet<string>;
  /** Only where the zone is the organization. */
  readonly organizationId?: string;
}

export function zoneOf(world: World, analyzer: AnalyzerView): Zone {
  if (!isOrganizationAnalyzer(analyzer.type)) return { accounts: new Set([analyzer.account]) };
  return { accounts: new Set(world.accounts.keys()), organizationId: world.organizationId };
}

/** The accounts whose resources the analyzer looks at. */
export const accountsInZone = (world: World, zone: Zone): readonly Account[] =>
  [...world.accounts.values()].filter((account) => zone.accounts.has(account.id));

const ACCOUNT_ID = /^\d{12}$/;

/** Account of an ARN or of a bare account id; undefined where it names none (`*`, a service, a unique id). */
export function accountOf(text: string): string | undefined {
  const account = text.startsWith('arn:') ? text.split(':')[4] : text;
  return account !== undefined && ACCOUNT_ID.test(account) ? account : undefined;
}

/** S3's canonical user id of an account: 64 hexadecimal digits. */
export const canonicalUserOf = (accountId: string): string =>
  createHash('sha256').update(accountId).digest('hex');

/** Whether a principal belongs to the zone. Identity providers and `*` never do. */
export function isInside(principal: PrincipalName, zone: Zone): boolean {
  if (principal.type === 'CanonicalUser')
    return [...zone.accounts].some((id) => canonicalUserOf(id) === principal.value);
  if (principal.type !== 'AWS') return false;
  const account = accountOf(principal.value);
  return account !== undefined && zone.accounts.has(account);
}

/** `arn:aws:iam::111122223333:root` and `111122223333` mean the same; findings carry the account id. */
export function toFindingPrincipal(principal: PrincipalName): PrincipalName {
  const root = /^arn:[\w-]+:iam::(\d{12}):root$/.exec(principal.value);
  return root?.[1] === undefined ? principal : { type: principal.type, value: root[1] };
}

/** A principal that was deleted is left behind as its unique id and can do nothing. */
export const isDeletedPrincipal = (principal: PrincipalName): boolean =>
  /^A[IR][A-Z]{2}[A-Z0-9]{8,}$/.test(principal.value);

import { hash } from 'node:crypto';
import type { Caller } from '../estate/caller.ts';
import type { Estate, SessionRecord } from '../estate/estate.ts';
import type { QueryForm } from '../query/query-request.ts';
import { ServiceError } from '../wire/service-error.ts';
import { element } from '../wire/xml.ts';
import type { Role } from '../world/model.ts';
import { type TrustFacts, trusts } from './trust.ts';

/** Seconds (STS API reference, AssumeRole). */
const DEFAULT_DURATION = 3600;
const SHORTEST_DURATION = 900;

/** The result of AssumeRole; throws what STS refuses. A session is a signature's key id: the emulator checks no secret. */
export function assumeRole(estate: Estate, caller: Caller, form: QueryForm): string {
  const roleArn = parameter(form, 'RoleArn', /^arn:[^:]*:iam::\d{12}:role\/.+$/);
  const sessionName = parameter(form, 'RoleSessionName', /^[\w+=,.@-]{2,64}$/);
  const role = findRole(estate, roleArn);
  if (role === undefined || !trusts(role.trustPolicy, caller, factsOf(estate, caller, form))) {
    throw new ServiceError(
      403,
      'AccessDenied',
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    );
  }
  const session = openSession(estate, role, sessionName, durationOf(form, role));
  return describe(estate, session);
}

function factsOf({ world }: Estate, caller: Caller, form: QueryForm): TrustFacts {
  const externalId = form.get('ExternalId');
  return {
    mfa: hasMfa(form),
    ...(externalId === null ? {} : { externalId }),
    ...(world.accounts.has(caller.account) ? { organizationId: world.organizationId } : {}),
  };
}

function findRole(estate: Estate, arn: string): Role | undefined {
  const account = estate.world.accounts.get(arn.split(':')[4] ?? '');
  return [...(account?.roles.values() ?? [])].find((role) => role.arn === arn);
}

function parameter(form: QueryForm, name: string, pattern: RegExp): string {
  const value = form.get(name);
  if (value !== null && pattern.test(value)) return value;
  throw invalid(`Value '${value ?? 'null'}' at '${name}' failed to satisfy constraint: ${pattern.source}`);
}

const invalid = (message: string): ServiceError =>
  new ServiceError(400, 'ValidationError', `1 validation error detected: ${message}`);

/** A device's serial number and six digits; any six digits are right here. A serial number without them is an error. */
function hasMfa(form: QueryForm): boolean {
  if (form.get('SerialNumber') === null) return false;
  if (/^\d{6}$/.test(form.get('TokenCode') ?? '')) return true;
  throw new ServiceError(
    403,
    'AccessDenied',
    'MultiFactorAuthentication failed with invalid MFA one time pass code.',
  );
}

function durationOf(form: QueryForm, role: Role): number {
  const seconds = Number(form.get('DurationSeconds') ?? DEFAULT_DURATION);
  if (Number.isInteger(seconds) && seconds >= SHORTEST_DURATION && seconds <= role.maxSessionDuration)
    return seconds;
  throw new ServiceError(
    400,
    'ValidationError',
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  );
}

function openSession(estate: Estate, role: Role, sessionName: string, seconds: number) {
  const name = hash('sha256', `${estate.seed}/${role.arn}/${estate.sessions.size}`, 'hex');
  const accessKeyId = `ASIA${name.slice(0, 16).toUpperCase()}`;
  const session: SessionRecord = {
    account: role.account,
    roleName: role.name,
    roleId: role.uniqueId,
    sessionName,
    expiresAt: estate.clock.now() + seconds * 1000,
  };
  estate.sessions.set(accessKeyId, session);
  return { ...session, accessKeyId };
}

function describe(estate: Estate, session: SessionRecord & { readonly accessKeyId: string }): string {
  const { accessKeyId, account, roleName, roleId, sessionName, expiresAt } = session;
  const arn = `arn:${estate.world.partition}:sts::${account}:assumed-role/${roleName}/${sessionName}`;
  const credentials =
    element('AccessKeyId', accessKeyId) +
    element('SecretAccessKey', hash('sha256', `secret ${accessKeyId}`, 'base64').slice(0, 40)) +
    element('SessionToken', hash('sha256', `token ${accessKeyId}`, 'base64')) +
    element('Expiration', new Date(expiresAt).toISOString());
  const user = element('AssumedRoleId', `${roleId}:${sessionName}`) + element('Arn', arn);
  return `<Credentials>${credentials}</Credentials><AssumedRoleUser>${user}</AssumedRoleUser>`;
}

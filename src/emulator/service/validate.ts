import { type FieldViolation, type ServiceError, validationError } from '../wire/service-error.ts';
import type { Member, Members } from './member.ts';

type Violations = FieldViolation[];
/** Why a value does not satisfy its member, or undefined. */
type Complaint = string | undefined;

/** Checks an input against its members. Every violation is reported at once, as the services do. */
export function violationsOf(
  members: Members,
  input: Readonly<Record<string, unknown>>,
): readonly FieldViolation[] {
  const violations: Violations = [];
  checkMembers(members, input, '', violations);
  return violations;
}

/** "2 validation errors detected: Value … at 'x' failed to satisfy constraint: …; …" */
export function violationError(violations: readonly FieldViolation[]): ServiceError {
  const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
  const text = violations.map((violation) => violation.message).join('; ');
  return validationError(`${count}: ${text}`, 'fieldValidationFailed', violations);
}

function checkMembers(
  members: Members,
  input: Readonly<Record<string, unknown>>,
  path: string,
  out: Violations,
): void {
  for (const [name, member] of Object.entries(members)) {
    const at = path === '' ? name : `${path}.${name}`;
    const value = input[name] ?? undefined;
    if (value !== undefined) checkValue(member, value, at, out);
    else if (member.required === true) complain(out, at, null, 'Member must not be null');
  }
}

function complain(out: Violations, name: string, value: unknown, constraint: string): void {
  const shown = value === null ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
  out.push({ name, message: `Value ${shown} at '${name}' failed to satisfy constraint: ${constraint}` });
}

function checkValue(member: Member, value: unknown, at: string, out: Violations): void {
  const complaint = complaintAbout(member, value);
  if (complaint !== undefined) return complain(out, at, value, complaint);
  if (member.kind === 'list') {
    (value as readonly unknown[]).forEach((item, i) => {
      checkValue(member.of, item, `${at}.${i + 1}.member`, out);
    });
  } else if (member.kind === 'map') {
    for (const [key, item] of Object.entries(value as object))
      checkValue(member.of, item, `${at}.${key}.member`, out);
  } else if (member.kind === 'structure' || member.kind === 'union') {
    checkMembers(member.members, value as Record<string, unknown>, at, out);
  }
}

function complaintAbout(member: Member, value: unknown): Complaint {
  switch (member.kind) {
    case 'text':
    case 'timestamp':
      return typeof value === 'string' ? textComplaint(member, value) : 'Member must be a string';
    case 'integer':
      if (!Number.isSafeInteger(value)) return 'Member must be an integer';
      return rangeComplaint(member, value as number, 'Member must have value');
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'Member must be a boolean';
    case 'list':
      if (!Array.isArray(value)) return 'Member must be a list';
      return rangeComplaint(member, value.length, 'Member must have length');
    case 'map':
    case 'structure':
    case 'union':
      return isRecord(value) ? unionComplaint(member, value) : 'Member must be an object';
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function unionComplaint(member: Member, value: Readonly<Record<string, unknown>>): Complaint {
  if (member.kind !== 'union') return undefined;
  const set = Object.keys(member.members).filter((name) => value[name] !== undefined && value[name] !== null);
  return set.length === 1 ? undefined : 'Exactly one member must be set';
}

function textComplaint(member: Extract<Member, { kind: 'text' | 'timestamp' }>, value: string): Complaint {
  if (member.kind === 'timestamp')
    return Number.isFinite(Date.parse(value)) ? undefined : 'Member must be a timestamp';
  if (member.oneOf !== undefined && !member.oneOf.includes(value)) {
    return `Member must satisfy enum value set: [${member.oneOf.join(', ')}]`;
  }
  if (member.pattern !== undefined && !matchesWhole(member.pattern, value)) {
    return `Member must satisfy regular expression pattern: ${member.pattern.source}`;
  }
  return rangeComplaint(member, value.length, 'Member must have length');
}

const matchesWhole = (pattern: RegExp, value: string): boolean =>
  new RegExp(`^(?:${pattern.source})$`, 's').test(value);

function rangeComplaint(range: { min?: number; max?: number }, size: number, must: string): Complaint {
  if (range.min !== undefined && size < range.min) return `${must} greater than or equal to ${range.min}`;
  if (range.max !== undefined && size > range.max) return `${must} less than or equal to ${range.max}`;
  return undefined;
}

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
      return typeof value === 'string' ? textComplaint(member, value) : 'Member must be a string';
    case 'integer':
      return Number.isSafeInteger(value)
        ? rangeComplaint(member, value as number, 'Member must have value')
        : 'Member must be an integer';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'Member must be a boolean';
    case 'timestamp':
      return typeof value === 'string' && Number.isFinite(Date.parse(value))
        ? undefined
        : 'Member must be a timestamp';
    case 'list':
      return Array.isArray(value)
        ? rangeComplaint(member, value.length, 'Member must have length')
        : 'Member must be a list';
    case 'map':
    case 'structure':
      return isRecord(value) ? undefined : 'Member must be an object';
    case 'union':
      return isRecord(value) ? unionComplaint(member.members, value) : 'Member must be an object';
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function unionComplaint(members: Members, value: Readonly<Record<string, unknown>>): Complaint {
  const set = Object.keys(members).filter((name) => value[name] !== undefined && value[name] !== null);
  return set.length === 1 ? undefined : 'Exactly one member must be set';
}

function textComplaint(member: Extract<Member, { kind: 'text' }>, value: string): Complaint {
  if (member.oneOf !== undefined && !member.oneOf.includes(value)) {
    return `Member must satisfy enum value set: [${member.oneOf.join(', ')}]`;
  }
  if (member.pattern !== undefined && !new RegExp(`^(?:${member.pattern.source})$`, 's').test(value)) {
    return `Member must satisfy regular expression pattern: ${member.pattern.source}`;
  }
  return rangeComplaint(member, value.length, 'Member must have length');
}

function rangeComplaint(range: { min?: number; max?: number }, size: number, must: string): Complaint {
  if (range.min !== undefined && size < range.min) return `${must} greater than or equal to ${range.min}`;
  if (range.max !== undefined && size > range.max) return `${must} less than or equal to ${range.max}`;
  return undefined;
}

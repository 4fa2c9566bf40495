import type { Caller } from '../estate/caller.ts';
import type { Estate } from '../estate/estate.ts';
import { validationError } from '../wire/service-error.ts';
import type { InputOf, Member, Members } from './member.ts';
import { violationError, violationsOf } from './validate.ts';

/** What a handler knows of the request beside its input. */
export interface Call {
  readonly estate: Estate;
  readonly caller: Caller;
  readonly region: string;
  /** Epoch ms. */
  readonly now: number;
}

/** A request as the router has taken it apart. */
export interface RestRequest {
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

export type Output = Readonly<Record<string, unknown>>;

/** An operation of a restJson1 service: where it answers, what it takes (API model), and how. */
export interface Operation {
  readonly name: string;
  readonly method: string;
  /** `/analyzer/{analyzerName}`. */
  readonly path: string;
  /** Takes a clientToken: sent twice with the same one it happens once. */
  readonly idempotent: boolean;
  run(call: Call, request: RestRequest): Output;
}

interface OperationSpec<U extends Members, Q extends Members, B extends Members> {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly idempotent?: boolean;
  readonly uri?: U;
  readonly query?: Q;
  readonly body?: B;
}

type NoMembers = Record<never, never>;

/** Binds an operation's members to its handler: the handler only ever sees an input that satisfies them. */
export function operation<
  U extends Members = NoMembers,
  Q extends Members = NoMembers,
  B extends Members = NoMembers,
>(
  spec: OperationSpec<U, Q, B>,
  handle: (call: Call, input: InputOf<U> & InputOf<Q> & InputOf<B>) => Output,
): Operation {
  const { name, method, path, idempotent = false } = spec;
  const members: Members = { ...spec.uri, ...spec.query, ...spec.body };
  return {
    name,
    method,
    path,
    idempotent,
    run: (call, request) => {
      const input = {
        ...(spec.body === undefined ? {} : readBody(request.body)),
        ...readQuery(spec.query ?? {}, request.query),
        ...readLabels(path, request.path),
      };
      const violations = violationsOf(members, input);
      if (violations.length > 0) throw violationError(violations);
      return handle(call, input as InputOf<U> & InputOf<Q> & InputOf<B>);
    },
  };
}

function readBody(body: string): Record<string, unknown> {
  if (body === '') return {};
  const value = parseJson(body);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw validationError('The request body is not a JSON object', 'cannotParse');
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw validationError('The request body is not valid JSON', 'cannotParse');
  }
}

function readQuery(members: Members, query: URLSearchParams): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(members)) {
    if (query.has(name)) input[name] = fromQuery(member, query.getAll(name));
  }
  return input;
}

/** A query value in the type of its member; what does not fit is left as text, for validation to name. */
function fromQuery(member: Member, values: readonly string[]): unknown {
  const [first = ''] = values;
  if (member.kind === 'list') return values;
  if (member.kind === 'integer') return /^-?\d+$/.test(first) ? Number(first) : first;
  if (member.kind === 'boolean') return first === 'true' ? true : first === 'false' ? false : first;
  return first;
}

function readLabels(template: string, path: string): Record<string, string> {
  const parts = path.split('/');
  const labels: Record<string, string> = {};
  template.split('/').forEach((part, i) => {
    if (part.startsWith('{')) labels[part.slice(1, -1)] = decodeLabel(parts[i] ?? '');
  });
  return labels;
}

function decodeLabel(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw validationError(`The path holds an invalid percent-encoding: ${text}`, 'cannotParse');
  }
}

/** Things that go wrong on purpose. */
export const FAULT_KINDS = [
  /** 429 with Retry-After. */
  'throttle',
  'error500',
  /** The right answer, `ms` later; long enough, and the service hangs. */
  'slow',
  /** The connection closes with no answer; with `executed` after the request was carried out. */
  'drop',
  /** The right headers, half of the body, and then the connection closes. */
  'truncate',
  /** A web page where JSON should be, as a proxy or a captive portal sends it. */
  'html',
  /** 403 AccessDeniedException. */
  'denied',
  /** 403 ExpiredTokenException. */
  'expired',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Name of an operation, e.g. `ListFindingsV2`; every one where absent. */
  readonly operation?: string;
  /** Signing Region; every one where absent. */
  readonly region?: string;
  /** Signing name: `access-analyzer`, `sts`, `iam`; every one where absent. */
  readonly service?: string;
  /** How often it strikes; absent: until it is removed. */
  readonly times?: number;
  /** Requests that match and are left alone before the first strike. */
  readonly after?: number;
  /** Seconds, for throttle and error500. */
  readonly retryAfter?: number;
  /** Delay, for slow. */
  readonly ms?: number;
  /** For drop: the change happens, only its answer is lost. */
  readonly executed?: boolean;
  /** Another name for the refusal, e.g. `TooManyRequestsException` for throttle. */
  readonly code?: string;
  /** HTTP status, for html; 502 where it is absent. */
  readonly status?: number;
}

/** What a fault is matched against. */
export interface Target {
  readonly service: string;
  readonly region: string;
  readonly operation: string;
}

export interface Faults {
  /** Returns the id to remove it by. */
  add(fault: Fault): number;
  remove(id: number): boolean;
  clear(): void;
  list(): readonly (Fault & { readonly id: number; readonly struck: number })[];
  /** The fault that strikes this request, counted as a strike. The oldest that matches goes first. */
  strike(target: Target): Fault | undefined;
}

interface Armed {
  readonly id: number;
  readonly fault: Fault;
  matched: number;
  struck: number;
}

export function createFaults(): Faults {
  const armed: Armed[] = [];
  let nextId = 1;
  return {
    add: (fault) => {
      const id = nextId++;
      armed.push({ id, fault, matched: 0, struck: 0 });
      return id;
    },
    remove: (id) => {
      const at = armed.findIndex((each) => each.id === id);
      if (at >= 0) armed.splice(at, 1);
      return at >= 0;
    },
    clear: () => {
      armed.length = 0;
    },
    list: () => armed.map(({ id, fault, struck }) => ({ ...fault, id, struck })),
    strike: (target) => {
      for (const each of armed) if (matches(each.fault, target) && strikes(each)) return each.fault;
      return undefined;
    },
  };
}

const matches = (fault: Fault, target: Target): boolean =>
  (fault.operation ?? target.operation) === target.operation &&
  (fault.region ?? target.region) === target.region &&
  (fault.service ?? target.service) === target.service;

function strikes(armed: Armed): boolean {
  const { times = Infinity, after = 0 } = armed.fault;
  armed.matched += 1;
  if (armed.matched <= after || armed.struck >= times) return false;
  armed.struck += 1;
  return true;
}

import type { Target } from './fault.ts';

/** Counts of the requests that came, so that tests can say what a client asked and how often. */
export interface RequestLog {
  count(target: Target, status: number): void;
  report(): RequestReport;
  reset(): void;
}

export interface RequestReport {
  readonly total: number;
  /** Operation → requests. */
  readonly operations: Readonly<Record<string, number>>;
  /** `Region Operation` → requests. */
  readonly regions: Readonly<Record<string, number>>;
  /** HTTP status → answers; 0 for dropped connections. */
  readonly statuses: Readonly<Record<string, number>>;
}

export function createRequestLog(): RequestLog {
  const operations = new Map<string, number>();
  const regions = new Map<string, number>();
  const statuses = new Map<string, number>();
  const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  return {
    count: (target, status) => {
      add(operations, target.operation);
      add(regions, `${target.region} ${target.operation}`);
      add(statuses, String(status));
    },
    report: () => ({
      total: [...operations.values()].reduce((sum, count) => sum + count, 0),
      operations: Object.fromEntries(operations),
      regions: Object.fromEntries(regions),
      statuses: Object.fromEntries(statuses),
    }),
    reset: () => {
      for (const map of [operations, regions, statuses]) map.clear();
    },
  };
}

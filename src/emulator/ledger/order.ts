import type { Ledger, Place } from './ledger.ts';
import type { LedgerFinding } from './ledger-finding.ts';

/**
 * The attributes that `sort` takes. AWS does not publish them (ACCESS-ANALYZER: [U]); these are the members of a
 * finding that have an order.
 */
export const SORT_ATTRIBUTES = [
  'id',
  'status',
  'resource',
  'resourceType',
  'resourceOwnerAccount',
  'createdAt',
  'analyzedAt',
  'updatedAt',
] as const;
export type SortAttribute = (typeof SORT_ATTRIBUTES)[number];

export interface Order {
  readonly attribute: SortAttribute;
  readonly descending: boolean;
}

export interface SortedSlots {
  readonly slots: Uint32Array;
  placeOf(position: number): Place;
  /** First position behind a place, also when what stood there has moved or gone. */
  positionAfter(place: Place): number;
}

interface Held {
  readonly revision: number;
  readonly sorted: SortedSlots;
}

/** Four bytes a finding and order, made once a revision: paging through a sorted list sorts once. */
const held = new WeakMap<Ledger, Map<string, Held>>();

export function sortedSlots(ledger: Ledger, order: Order): SortedSlots {
  const orders = held.get(ledger) ?? new Map<string, Held>();
  held.set(ledger, orders);
  const name = `${order.attribute} ${order.descending ? 'DESC' : 'ASC'}`;
  const before = orders.get(name);
  if (before?.revision === ledger.revision) return before.sorted;
  const sorted = sortSlots(ledger, order);
  orders.set(name, { revision: ledger.revision, sorted });
  return sorted;
}

type Value = string | number;

const compare = (a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0);

function sortSlots(ledger: Ledger, order: Order): SortedSlots {
  const valueOf = (finding: LedgerFinding | undefined): Value => finding?.[order.attribute] ?? '';
  const values: Value[] = [];
  const present: number[] = [];
  for (let slot = 0; slot < ledger.size; slot += 1) {
    const finding = ledger.at(slot);
    if (finding === undefined) continue;
    present.push(slot);
    values[slot] = valueOf(finding);
  }
  const sign = order.descending ? -1 : 1;
  const before = (a: number, b: number): number => sign * compare(values[a] ?? '', values[b] ?? '') || a - b;
  const slots = Uint32Array.from(present).sort(before);
  const valueAt = (position: number): Value => valueOf(ledger.at(slots[position] ?? 0));
  return {
    slots,
    placeOf: (position) => ({ slot: slots[position] ?? 0, value: valueAt(position) }),
    positionAfter: (place) =>
      firstWhere(slots.length, (position) => {
        const byValue = sign * compare(valueAt(position), place.value ?? '');
        return byValue > 0 || (byValue === 0 && (slots[position] ?? 0) > place.slot);
      }),
  };
}

/** Least position for which `holds`, by halving; `holds` must stay true once it is. */
function firstWhere(length: number, holds: (position: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

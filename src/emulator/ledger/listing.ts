import { matchesCriteria } from '../../domain/criteria.ts';
import type { Criteria } from '../../domain/archive-rule.ts';
import { sortedSlots, type Order } from './order.ts';
import type { Ledger, LedgerFinding, Place } from './ledger.ts';

/** A page looks at no more slots than this, whatever its filter leaves: a scan of a million takes many short answers. */
const SLOTS_PER_PAGE = 25_000;

export interface ListRequest {
  readonly filter?: Criteria | undefined;
  readonly order?: Order | undefined;
  /** Where to go on: what a page gave as `next`. */
  readonly after?: Place | undefined;
  readonly limit: number;
}

export interface ListPage {
  readonly findings: readonly LedgerFinding[];
  /** Absent on the last page. A page may be short, even empty, and still have one, as with the service. */
  readonly next?: Place;
}

/** One page. O(page) without a filter and in slot order; a filter looks at SLOTS_PER_PAGE slots at most. */
export function listFindings(ledger: Ledger, request: ListRequest): ListPage {
  const wantedIds = request.filter?.['id']?.eq;
  const slots = wantedIds === undefined ? undefined : slotsOfIds(ledger, wantedIds);
  const walk = createWalk(ledger, request, slots);
  const findings: LedgerFinding[] = [];
  const end = Math.min(walk.length, walk.start + SLOTS_PER_PAGE);
  let position = walk.start;
  for (; position < end && findings.length < request.limit; position += 1) {
    const finding = ledger.at(walk.slotAt(position));
    if (finding !== undefined && (request.filter === undefined || matchesCriteria(request.filter, finding))) {
      findings.push(finding);
    }
  }
  return position >= walk.length ? { findings } : { findings, next: walk.placeOf(position - 1) };
}

interface Walk {
  readonly length: number;
  readonly start: number;
  slotAt(position: number): number;
  placeOf(position: number): Place;
}

const slotsOfIds = (ledger: Ledger, ids: readonly string[]): number[] =>
  [...new Set(ids)].flatMap((id) => ledger.slotOf(id) ?? []).sort((a, b) => a - b);

function createWalk(ledger: Ledger, request: ListRequest, only: readonly number[] | undefined): Walk {
  if (request.order !== undefined) {
    const order = sortedSlots(ledger, request.order);
    return {
      length: order.slots.length,
      start: request.after === undefined ? 0 : order.positionAfter(request.after),
      slotAt: (position) => order.slots[position] ?? 0,
      placeOf: (position) => order.placeOf(position),
    };
  }
  const after = request.after?.slot;
  if (only !== undefined) {
    const found = after === undefined ? 0 : only.findIndex((slot) => slot > after);
    return {
      length: only.length,
      start: found < 0 ? only.length : found,
      slotAt: (position) => only[position] ?? 0,
      placeOf: (position) => ({ slot: only[position] ?? 0 }),
    };
  }
  return {
    length: ledger.size,
    start: after === undefined ? 0 : after + 1,
    slotAt: (position) => position,
    placeOf: (position) => ({ slot: position }),
  };
}

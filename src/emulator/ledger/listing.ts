import { matchesCriteria } from '../../domain/criteria.ts';
import type { Criteria } from '../../domain/archive-rule.ts';
import { sortedSlots, type Order } from './order.ts';
import type { Ledger, Place } from './ledger.ts';
import type { LedgerFinding } from './ledger-finding.ts';

/**
 * A page looks at no more findings than this, and passes over no more slots, whatever its filter leaves: a scan of
 * many takes several short answers.
 */
const LOOKS_PER_PAGE = 25_000;
const SLOTS_PER_PAGE = 500_000;

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

/** One page. O(page) without a filter and in slot order; a filter looks at LOOKS_PER_PAGE findings at most. */
export function listFindings(ledger: Ledger, request: ListRequest): ListPage {
  const wantedIds = request.filter?.['id']?.eq;
  const slots = wantedIds === undefined ? undefined : slotsOfIds(ledger, wantedIds);
  const walk = createWalk(ledger, request, slots);
  const match = createMatch(ledger, request.filter);
  const findings: LedgerFinding[] = [];
  const end = Math.min(walk.length, walk.start + SLOTS_PER_PAGE);
  let position = walk.start;
  for (; position < end && findings.length < request.limit && match.looks < LOOKS_PER_PAGE; position += 1) {
    const finding = match.at(walk.slotAt(position));
    if (finding !== undefined) findings.push(finding);
  }
  return position >= walk.length ? { findings } : { findings, next: walk.placeOf(position - 1) };
}

interface Match {
  /** The finding of a slot, if the filter lets it through. */
  at(slot: number): LedgerFinding | undefined;
  /** Findings looked at so far. */
  looks: number;
}

function createMatch(ledger: Ledger, filter: Criteria | undefined): Match {
  if (filter === undefined) return { at: (slot) => ledger.at(slot), looks: 0 };
  const mayMatch = ledger.kinds?.mayMatch(filter) ?? (() => true);
  const match: Match = {
    looks: 0,
    at: (slot) => {
      if (!mayMatch(slot)) return undefined;
      match.looks += 1;
      const finding = ledger.at(slot);
      if (finding === undefined) return undefined;
      ledger.kinds?.learn(slot, finding);
      return matchesCriteria(filter, finding) ? finding : undefined;
    },
  };
  return match;
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

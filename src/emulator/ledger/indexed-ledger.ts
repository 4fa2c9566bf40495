import { Kinds } from './kinds.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerFinding } from './ledger-finding.ts';
import type { IndexedFindings } from '../world/source.ts';

/** What differs from the source, for one slot. */
interface Override {
  readonly status: 'ACTIVE' | 'ARCHIVED';
  readonly updatedAt: number;
}

/**
 * A ledger over a plain world of up to a million findings: each is computed when it is asked for, and only what was
 * changed is kept. The world behind it never changes, so a look finds what it found before.
 */
export class IndexedLedger implements Ledger {
  revision = 0;
  readonly size: number;
  readonly kinds: Kinds;
  readonly #source: IndexedFindings;
  readonly #arn: string;
  readonly #overrides = new Map<number, Override>();

  constructor(source: IndexedFindings, analyzerArn: string) {
    this.#source = source;
    this.#arn = analyzerArn;
    this.size = source.count(analyzerArn);
    this.kinds = new Kinds(this.size);
  }

  at(slot: number): LedgerFinding | undefined {
    if (slot < 0 || slot >= this.size) return undefined;
    const finding = this.#source.at(this.#arn, slot);
    const override = this.#overrides.get(slot);
    return override === undefined ? finding : { ...finding, ...override };
  }

  slotOf(id: string): number | undefined {
    return this.#source.indexOf(this.#arn, id);
  }

  /** A walk over everything: no index is held for it. */
  slotsOf(resourceArn: string): readonly number[] {
    const slots: number[] = [];
    for (let slot = 0; slot < this.size; slot += 1) {
      if (this.#source.at(this.#arn, slot).resource === resourceArn) slots.push(slot);
    }
    return slots;
  }

  setStatus(slot: number, status: 'ACTIVE' | 'ARCHIVED', at: number): void {
    if (this.at(slot)?.status === status) return;
    this.#overrides.set(slot, { status, updatedAt: at });
    this.kinds.forget(slot);
    this.revision += 1;
  }

  scan(): void {
    // The plain world is a pure function of its seed: there is nothing new to find.
  }

  pass(): void {
    // As above; and nothing in it was ever resolved by a look.
  }
}

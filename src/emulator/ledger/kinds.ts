import type { Criteria } from '../../domain/archive-rule.ts';
import { matchesCriteria } from '../../domain/criteria.ts';
import type { LedgerFinding } from './ledger-finding.ts';

/** Filter keys whose values are few. */
const COARSE_KEYS: ReadonlySet<string> = new Set([
  'status',
  'resourceType',
  'resourceOwnerAccount',
  'findingType',
  'isPublic',
  'error',
]);

/** Codes are 16 bits; a finding of a kind beyond them stays unknown, and is looked at each time. */
const MOST_KINDS = 0xffff;

/**
 * What the findings of a large ledger say on the attributes that have few values: two bytes each, learnt as filters
 * come by. A client that lists an analyzer in many shares then costs one look at everything, not one a share.
 */
export class Kinds {
  /** By slot; 0: not known. */
  readonly #codes: Uint16Array;
  readonly #codeOf = new Map<string, number>();
  /** One finding of each kind, by code − 1. */
  readonly #samples: LedgerFinding[] = [];

  constructor(slots: number) {
    this.#codes = new Uint16Array(slots);
  }

  learn(slot: number, finding: LedgerFinding): void {
    const { status, resourceType, resourceOwnerAccount, findingType, isPublic, error } = finding;
    const kind = `${status} ${resourceType} ${resourceOwnerAccount} ${findingType} ${isPublic} ${error}`;
    const known = this.#codeOf.get(kind);
    if (known === undefined && this.#samples.length >= MOST_KINDS) return;
    const code = known ?? this.#samples.push(finding);
    this.#codeOf.set(kind, code);
    this.#codes[slot] = code;
  }

  forget(slot: number): void {
    this.#codes[slot] = 0;
  }

  /** A test that is false only for slots whose findings surely do not match. */
  mayMatch(criteria: Criteria): (slot: number) => boolean {
    const coarse = Object.fromEntries(Object.entries(criteria).filter(([key]) => COARSE_KEYS.has(key)));
    const verdicts: (boolean | undefined)[] = [];
    return (slot) => {
      const code = this.#codes[slot] ?? 0;
      const sample = this.#samples[code - 1];
      return sample === undefined || (verdicts[code] ??= matchesCriteria(coarse, sample));
    };
  }
}

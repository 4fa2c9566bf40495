import { findingId } from './finding-id.ts';
import type { ArchivesNew, Ledger } from './ledger.ts';
import type { LedgerFinding } from './ledger-finding.ts';
import type { AnalyzerView, WorldFinding } from '../world/finding.ts';
import type { DerivedFindings } from '../world/source.ts';

const RESOLVED_KEPT_MS = 90 * 24 * 60 * 60 * 1000;

export interface DerivedLedgerOptions {
  readonly source: DerivedFindings;
  /** Read at every look, because an analyzer's configuration may be updated. */
  readonly view: () => AnalyzerView;
  readonly archivesNew: ArchivesNew;
  /** What ids follow from, beside what was found. */
  readonly idSeed: readonly unknown[];
}

/** A ledger over a world that changes: it remembers what it found and compares at every look. */
export class DerivedLedger implements Ledger {
  revision = 0;
  readonly #options: DerivedLedgerOptions;
  readonly #slots: (LedgerFinding | undefined)[] = [];
  readonly #slotOfId = new Map<string, number>();
  readonly #slotsOfResource = new Map<string, number[]>();
  /** Key of a finding → slot, while it is ACTIVE or ARCHIVED. */
  readonly #open = new Map<string, number>();
  /** How often a key was found anew: part of the next id. */
  readonly #occurrences = new Map<string, number>();

  constructor(options: DerivedLedgerOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#slots.length;
  }

  at(slot: number): LedgerFinding | undefined {
    return this.#slots[slot];
  }

  slotOf(id: string): number | undefined {
    return this.#slotOfId.get(id);
  }

  slotsOf(resourceArn: string): readonly number[] {
    return this.#slotsOfResource.get(resourceArn) ?? [];
  }

  setStatus(slot: number, status: 'ACTIVE' | 'ARCHIVED', at: number): void {
    const finding = this.#slots[slot];
    if (finding === undefined || finding.status === status) return;
    this.#replace(slot, { ...finding, status, updatedAt: at });
  }

  /** The first look: findings are as old as their cause, not as this process. `archived` says which were archived by hand. */
  seed(at: number, archived: (finding: LedgerFinding) => boolean): void {
    const created = this.#options.view().createdAt;
    for (const found of this.#options.source.findings(this.#options.view())) {
      const slot = this.#add(found, Math.max(found.createdAt, created), at);
      const finding = this.#slots[slot];
      if (finding?.status === 'ACTIVE' && archived(finding))
        this.setStatus(slot, 'ARCHIVED', finding.createdAt);
    }
  }

  scan(resourceArn: string, at: number): void {
    const found = this.#options.source.findingsOf(this.#options.view(), resourceArn);
    this.#reconcile(found, this.slotsOf(resourceArn), at);
  }

  pass(at: number): void {
    this.#reconcile(this.#options.source.findings(this.#options.view()), [...this.#open.values()], at);
    this.#purge(at);
  }

  /** `looked`: slots of the findings that this look covers; those it does not find again are resolved. */
  #reconcile(found: Iterable<WorldFinding>, looked: readonly number[], at: number): void {
    const seen = new Set<number>();
    for (const each of found) {
      const open = this.#open.get(each.key);
      if (open === undefined) seen.add(this.#add(each, at, at));
      else {
        seen.add(open);
        this.#refresh(open, each, at);
      }
    }
    for (const slot of looked) if (!seen.has(slot)) this.#resolve(slot, at);
  }

  #add(found: WorldFinding, createdAt: number, at: number): number {
    const slot = this.#slots.length;
    const occurrence = this.#occurrences.get(found.key) ?? 0;
    this.#occurrences.set(found.key, occurrence + 1);
    const id = findingId(this.#options.idSeed, `${found.key}#${occurrence}`);
    const fresh: LedgerFinding = {
      ...found,
      id,
      status: 'ACTIVE',
      createdAt,
      analyzedAt: at,
      updatedAt: createdAt,
    };
    this.#slotOfId.set(id, slot);
    this.#slotsOfResource.set(found.resource, [...this.slotsOf(found.resource), slot]);
    this.#open.set(found.key, slot);
    this.#replace(slot, this.#options.archivesNew(fresh) ? { ...fresh, status: 'ARCHIVED' } : fresh);
    return slot;
  }

  /** The same finding seen again: its facts may have grown (another unused action), its id and status stay. */
  #refresh(slot: number, found: WorldFinding, at: number): void {
    const before = this.#slots[slot];
    if (before === undefined) return;
    const changed = factsOf(before) !== factsOf(found);
    const { createdAt, id, status } = before;
    const updatedAt = changed ? at : before.updatedAt;
    this.#replace(slot, { ...found, id, status, createdAt, analyzedAt: at, updatedAt });
  }

  #resolve(slot: number, at: number): void {
    const finding = this.#slots[slot];
    if (finding === undefined || finding.status === 'RESOLVED') return;
    this.#open.delete(finding.key);
    this.#replace(slot, { ...finding, status: 'RESOLVED', analyzedAt: at, updatedAt: at });
  }

  #purge(at: number): void {
    this.#slots.forEach((finding, slot) => {
      if (finding?.status !== 'RESOLVED' || at - finding.updatedAt < RESOLVED_KEPT_MS) return;
      this.#slotOfId.delete(finding.id);
      const others = this.slotsOf(finding.resource).filter((each) => each !== slot);
      this.#slotsOfResource.set(finding.resource, others);
      this.#slots[slot] = undefined;
      this.revision += 1;
    });
  }

  #replace(slot: number, finding: LedgerFinding): void {
    this.#slots[slot] = finding;
    this.revision += 1;
  }
}

/** What a look found, without what the ledger added: to tell whether the finding changed. */
function factsOf(finding: WorldFinding): string {
  const { isPublic, principal, action, condition, sources, resourceControlPolicyRestriction, error, detail } =
    finding;
  return JSON.stringify([
    isPublic,
    principal,
    action,
    condition,
    sources,
    resourceControlPolicyRestriction,
    error,
    detail,
  ]);
}

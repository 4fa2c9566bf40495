import { exposureIdOf } from '../domain/exposure.ts';
import type { Finding, FindingDetail } from '../domain/finding.ts';
import { scoreRisk } from '../domain/risk.ts';
import type { Analyzers } from './analyzers.ts';
import { STATUS_CODES, TYPE_CODES } from './codes.ts';
import type { Part } from './exposure-rows.ts';
import type { FactsEntry, FactsTable } from './facts.ts';
import type { Names } from './names.ts';

/** A row of a finding and the key of its exposure. */
export interface Existing {
  readonly id: number;
  readonly exposure: number;
  readonly key: string;
  readonly account: number;
  readonly facts: number;
  readonly status: number;
  readonly risk: number;
  readonly created_at: number;
  readonly analyzed_at: number;
  readonly updated_at: number;
  readonly pass: number;
  readonly gone_at: number | null;
}

/** A finding translated into numbers, before anything of it is written. */
export interface Prepared {
  readonly finding: Finding;
  readonly existing: Existing | undefined;
  readonly key: string;
  readonly facts: FactsEntry;
  readonly part: Part;
}

/** The rows of ListFindingsV2 say nothing of the access; what an id was once known by stays true of it. */
const saysNothing = (finding: Finding): boolean =>
  finding.principal === undefined &&
  finding.action === undefined &&
  finding.condition === undefined &&
  finding.isPublic === undefined &&
  finding.accessKeyId === undefined;

const needsDetail = (finding: Finding): boolean =>
  finding.findingType === 'InternalAccess' || finding.findingType === 'UnusedIAMUserAccessKey';

export interface PreparerParts {
  readonly names: Names;
  readonly analyzers: Analyzers;
  readonly facts: FactsTable;
  readonly knownAccounts: () => ReadonlySet<string>;
}

/** What a listed finding means for the store: its facts, its exposure's key, its risk. */
export class FindingPreparer {
  readonly #parts: PreparerParts;

  constructor(parts: PreparerParts) {
    this.#parts = parts;
  }

  prepare(listed: Finding, existing: Existing | undefined, detail?: FindingDetail): Prepared {
    const finding =
      existing !== undefined && needsDetail(listed) && saysNothing(listed)
        ? this.#remembered(listed, existing)
        : listed;
    const facts = this.#parts.facts.entryOf(finding);
    return {
      finding,
      existing,
      key: exposureIdOf(finding),
      facts,
      part: {
        analyzer: this.#parts.analyzers.idOf(finding),
        account: this.#parts.names.idOf(finding.resourceOwnerAccount),
        status: STATUS_CODES[finding.status],
        public: facts.public,
        error: facts.error,
        risk: this.#riskOf(finding, facts, { existing, detail }),
        createdAt: finding.createdAt,
        updatedAt: finding.updatedAt,
        gone: false,
      },
    };
  }

  #remembered(listed: Finding, existing: Existing): Finding {
    const { error: _, ...known } = this.#parts.facts.bodyOf(existing.facts);
    return { ...known, ...listed };
  }

  #riskOf(
    finding: Finding,
    facts: FactsEntry,
    known: { existing?: Existing | undefined; detail?: FindingDetail | undefined },
  ): number {
    const { existing, detail } = known;
    const knownAccounts = this.#parts.knownAccounts();
    if (detail !== undefined) return scoreRisk({ ...finding, detail, knownAccounts }).score;
    // A risk that a detail has refined holds as long as the detail does.
    const isSame = existing?.updated_at === finding.updatedAt && existing.facts === facts.id;
    if (isSame && existing.gone_at === null) return existing.risk;
    const type = TYPE_CODES[finding.findingType];
    let risk = facts.risks.get(type);
    if (risk === undefined) {
      risk = scoreRisk({ ...finding, knownAccounts }).score;
      facts.risks.set(type, risk);
    }
    return risk;
  }
}

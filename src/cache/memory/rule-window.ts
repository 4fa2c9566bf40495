import type { Criteria } from '../../domain/archive-rule.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { isMeantForSure } from '../../domain/rules/dry-run.ts';
import { STATUS_CODES } from '../codes.ts';
import { RESOURCE } from './criteria-groups.ts';
import { countByGroup, type DryRunOptions, toChoice } from './dry-run.ts';
import { countMeant, groupOfAny } from './each-finding.ts';
import { ACTIVE, flagGroups } from './group-flags.ts';
import type { Connection } from '../sqlite.ts';
import {
  FINDING_COLUMNS,
  FINDING_TABLES,
  type FindingReaders,
  type FindingRow,
  toStoredFinding,
} from '../stored-finding.ts';
import type { Tally, TallyContent } from './tally.ts';

export interface RuleWindowOptions extends DryRunOptions {
  readonly offset: number;
  readonly limit: number;
}

type Parts = FindingReaders & { readonly connection: Connection };

/** Risks are whole numbers from 0 to 100. */
const RISKS = 101;

/** Any part of the active findings that a rule means, the riskiest first: found in memory, and only that part is read. */
export class RuleWindowReader {
  readonly #parts: Parts;
  readonly #tally: Tally;

  constructor(parts: Parts, tally: Tally) {
    this.#parts = parts;
    this.#tally = tally;
  }

  window(criteria: Criteria, { analyzers, offset, limit }: RuleWindowOptions): readonly StoredFinding[] {
    const content = this.#tally.content();
    const { groups } = content;
    const isChosen = toChoice(analyzers, this.#parts.analyzers, groups);
    const flags = flagGroups(groups, criteria, this.#tally);
    const findings = countByGroup(content, criteria);
    const meant = new Uint8Array(groups.length);
    const ofRisk = new Float64Array(RISKS);
    flags.forEach((flag, group) => {
      if ((flag & ACTIVE) === 0 || !isChosen(group)) return;
      const { risk } = groups.kind(group);
      meant[group] = 1;
      ofRisk[risk] = (ofRisk[risk] ?? 0) + (findings[group] ?? 0);
    });
    const hits = criteria[RESOURCE] === undefined ? undefined : content.resources.hits(criteria[RESOURCE]);
    const { exposures, lead } = place({ content, meant, ofRisk, hits }, offset, limit);
    const ids = new Set(analyzers?.map(({ profile, analyzerArn }) => `${profile} ${analyzerArn}`));
    return this.#read(exposures)
      .filter(
        (finding) =>
          (analyzers === undefined || ids.has(`${finding.profile} ${finding.analyzerArn}`)) &&
          isMeantForSure(criteria, finding),
      )
      .slice(lead, lead + limit);
  }

  #read(exposures: readonly number[]): readonly StoredFinding[] {
    return this.#parts.connection
      .all<FindingRow>(
        `SELECT ${FINDING_COLUMNS} FROM ${FINDING_TABLES} WHERE e.id IN (SELECT value FROM json_each(?))
          AND f.gone_at IS NULL AND f.status = ${STATUS_CODES.ACTIVE} ORDER BY e.risk DESC, e.id, f.id`,
        JSON.stringify(exposures),
      )
      .map((row) => toStoredFinding(row, this.#parts));
  }
}

interface Meant {
  readonly content: TallyContent;
  /** Of each group: 1 where the rule means its findings, but for their resource. */
  readonly meant: Uint8Array;
  /** How many findings of each risk the rule means. */
  readonly ofRisk: Float64Array;
  readonly hits: Uint8Array | undefined;
}

interface Placed {
  /** Rows of `exposure` that the window touches. */
  readonly exposures: readonly number[];
  /** Findings of the first of them that stand before the window. */
  readonly lead: number;
}

/** Without sorting: how many there are of each risk says where in its row of exposures the window lies. */
function place({ content, meant, ofRisk, hits }: Meant, offset: number, limit: number): Placed {
  const next = beginnings(ofRisk);
  const end = Math.min(offset + limit, (next[0] ?? 0) + (ofRisk[0] ?? 0));
  const exposures: number[] = [];
  let first = Infinity;
  let open = end - offset;
  for (let exposure = 0; open > 0 && exposure < content.exposures.length; exposure++) {
    if (hits?.[exposure] === 0) continue;
    const count = countMeant(content, meant, exposure);
    if (count === 0) continue;
    // All findings of an exposure have its risk.
    const { risk } = content.groups.kind(groupOfAny(content, exposure));
    const begin = next[risk] ?? 0;
    next[risk] = begin + count;
    const inside = Math.min(begin + count, end) - Math.max(begin, offset);
    if (inside <= 0) continue;
    exposures.push(content.exposures.at(exposure));
    first = Math.min(first, begin);
    open -= inside;
  }
  return { exposures, lead: Math.max(0, offset - first) };
}

/** Place in the whole list at which the exposures of each risk begin, the riskiest first. */
function beginnings(ofRisk: Float64Array): Float64Array {
  const next = new Float64Array(RISKS);
  for (let risk = RISKS - 2; risk >= 0; risk--) next[risk] = (next[risk + 1] ?? 0) + (ofRisk[risk + 1] ?? 0);
  return next;
}

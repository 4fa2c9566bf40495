import { FINDING_TYPES } from '../domain/finding.ts';
import { scoreRisk } from '../domain/risk.ts';
import { TYPE_CODES } from './codes.ts';
import type { Cohorts } from './cohorts.ts';
import type { ExposureRows } from './exposure-rows.ts';
import type { AccessFacts } from './facts-text.ts';
import type { Connection } from './sqlite.ts';
import { loadState, setState } from './state.ts';

/** State: the accounts that the risks in the store were computed with. */
const SCORED_WITH = 'knownAccounts';

export interface RescoreParts {
  readonly connection: Connection;
  readonly exposures: ExposureRows;
  readonly cohorts: Cohorts;
}

/** A stranger became a known account, or the other way round: the risks that depend on it are computed again. */
export function rescore(parts: RescoreParts, knownAccounts: ReadonlySet<string>): void {
  const { connection } = parts;
  const before = new Set(loadState(connection, SCORED_WITH) as readonly string[] | undefined);
  const changed = [...before].filter((id) => !knownAccounts.has(id));
  for (const id of knownAccounts) if (!before.has(id)) changed.push(id);
  if (changed.length === 0) return;
  for (const account of changed) rescoreAccount(parts, account, knownAccounts);
  parts.cohorts.flush();
  setState(connection, SCORED_WITH, [...knownAccounts]);
}

function rescoreAccount(parts: RescoreParts, account: string, knownAccounts: ReadonlySet<string>): void {
  const { connection } = parts;
  const sql = 'SELECT id, body FROM facts WHERE instr(text, ?) > 0';
  for (const { id, body } of connection.all<{ id: number; body: string }>(sql, account.toLowerCase())) {
    const facts = JSON.parse(body) as AccessFacts;
    for (const findingType of FINDING_TYPES) {
      const risk = scoreRisk({ ...facts, findingType, knownAccounts }).score;
      const touched = connection.once<{ exposure: number }>(
        `UPDATE finding SET risk = ? WHERE facts = ? AND gone_at IS NULL AND risk <> ?
          AND exposure IN (SELECT e.id FROM exposure e JOIN cohort c ON c.id = e.cohort WHERE e.id = finding.exposure AND c.type = ?)
          RETURNING exposure`,
        [risk, id, risk, TYPE_CODES[findingType]],
      );
      for (const { exposure } of touched) parts.exposures.refresh(exposure);
    }
  }
}

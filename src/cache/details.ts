import type { Finding, FindingDetail, FindingRef } from '../domain/finding.ts';
import { lastUsed } from '../domain/usage.ts';
import type { Analyzers } from './analyzers.ts';
import type { FindingWriter } from './finding-writer.ts';
import {
  FINDING_COLUMNS,
  FINDING_TABLES,
  type FindingReaders,
  type FindingRow,
  toStoredFinding,
} from './stored-finding.ts';
import type { Connection } from './sqlite.ts';

interface DetailParts extends FindingReaders {
  readonly connection: Connection;
  readonly analyzers: Analyzers;
  readonly writer: FindingWriter;
}

/** What `last_used` holds for "never": longer ago than any time. */
export const NEVER_USED = -1;

/** What the detail says of the access, in the finding's own fields. */
function revealed(detail: FindingDetail): Partial<Finding> {
  switch (detail.kind) {
    case 'external':
    case 'internal': {
      const { isPublic, ...internal } = { isPublic: undefined, ...detail };
      const { principal, action, condition, sources, resourceControlPolicyRestriction } = internal;
      return defined({ isPublic, principal, action, condition, sources, resourceControlPolicyRestriction });
    }
    case 'unused-key':
      return { accessKeyId: detail.accessKeyId };
    case 'unused-role':
    case 'unused-password':
    case 'unused-permission':
      return {};
  }
}

const defined = (fields: Record<string, unknown>): Partial<Finding> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Keeps a detail by (id, updatedAt): one of an older state of the finding is not shown, and not written at all. */
export function saveDetail(
  parts: DetailParts,
  ref: FindingRef,
  updatedAt: number,
  detail: FindingDetail,
): void {
  const analyzer = parts.analyzers.find(ref);
  if (analyzer === undefined) return;
  const row = parts.connection.get<FindingRow>(
    `SELECT ${FINDING_COLUMNS} FROM ${FINDING_TABLES} WHERE f.aws_id = ? AND f.analyzer = ?`,
    ref.id,
    analyzer,
  );
  if (row === undefined || row.updatedAt > updatedAt) return;
  const used = lastUsed(detail);
  parts.connection.run(
    'INSERT OR REPLACE INTO detail (finding, updated_at, last_used, body) VALUES (?, ?, ?, ?)',
    row.rowId,
    updatedAt,
    used === 'never' ? NEVER_USED : (used ?? null),
    JSON.stringify(detail),
  );
  const {
    exposureId: _,
    firstSeenAt: _first,
    goneAt,
    detail: _detail,
    ...finding
  } = toStoredFinding(row, parts);
  if (goneAt === undefined) parts.writer.writeDetail({ ...finding, ...revealed(detail) }, detail);
}

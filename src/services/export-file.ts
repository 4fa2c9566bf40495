import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredFinding } from '../domain/listing.ts';
import type { Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import { formatFindings, type ListFormat } from './formats/list-format.ts';

export interface ExportTarget {
  readonly folder: string;
  readonly format: Exclude<ListFormat, 'table'>;
  readonly at: number;
}

/**
 * Writes findings to `iam-triage-<time>.<format>`, readable by its owner only; an existing file is never overwritten.
 * Between two chunks everything else gets its turn, so that a long export delays no key.
 */
export async function writeExport(
  findings: Iterable<StoredFinding>,
  { folder, format, at }: ExportTarget,
): Promise<Result<{ path: string; findings: number }>> {
  const time = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');
  const path = join(folder, `iam-triage-${time}.${format}`);
  let count = 0;
  const counted = function* (): Generator<StoredFinding> {
    for (const finding of findings) {
      count++;
      yield finding;
    }
  };
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      for (const chunk of formatFindings(counted(), format)) await file.write(chunk);
    } finally {
      await file.close();
    }
    return succeed({ path, findings: count });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'it exists already' : message;
    return fail({
      kind: 'file',
      message: `Nothing was exported to ${path}: ${why}.`,
      hint: 'Start in a folder you may write to.',
    });
  }
}

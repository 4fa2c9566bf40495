import { join } from 'node:path';
import type { StoredFinding } from '../domain/listing.ts';
import { fail, type Result, succeed } from '../domain/problem.ts';
import { formatFindings, type ListFormat } from './formats/list-format.ts';
import { writeNewFile } from './new-file.ts';

export interface ExportTarget {
  readonly folder: string;
  readonly format: Exclude<ListFormat, 'table'>;
  readonly at: number;
}

/** Writes findings to `iam-triage-<time>.<format>`, as {@link writeNewFile} does. */
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
  const written = await writeNewFile(path, formatFindings(counted(), format));
  return written.ok
    ? succeed({ path, findings: count })
    : fail({ ...written.problem, hint: 'Start in a folder you may write to.' });
}

import { open, rm } from 'node:fs/promises';
import { fail, type Result, succeed } from '../domain/problem.ts';

/** Readable by its owner alone, as everything that names findings is. */
const OWNER_ONLY = 0o600;

/**
 * Writes a file that must not be there yet; one that exists is never overwritten, and one that could not be written to its
 * end is removed, since half an export looks like a whole one. Between two chunks everything else gets its turn, so
 * that a long file delays no key. Fails with kind `file`, without a hint: only the caller knows where else it could go.
 */
export async function writeNewFile(
  path: string,
  chunks: Iterable<string>,
  { mode = OWNER_ONLY }: { readonly mode?: number } = {},
): Promise<Result<void>> {
  let begun = false;
  try {
    const file = await open(path, 'wx', mode);
    begun = true;
    try {
      // Unlike `write`, it does not stop at what the system took of a chunk.
      for (const chunk of chunks) await file.appendFile(chunk);
    } finally {
      await file.close();
    }
    return succeed(undefined);
  } catch (error) {
    if (begun) await rm(path, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'it exists already' : message;
    return fail({ kind: 'file', message: `${path} was not written: ${why}.` });
  }
}

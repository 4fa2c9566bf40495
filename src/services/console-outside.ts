import type { Outside } from '../app/services.ts';
import type { StoredFinding } from '../domain/listing.ts';
import { fail, succeed } from '../domain/problem.ts';
import { CLIPBOARD_LIMIT, formatClipboard } from './clipboard.ts';
import { writeExport } from './export-file.ts';
import type { Runtime } from './runtime.ts';

export interface OutsideOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Where the terminal listens. */
  readonly write: (text: string) => void;
}

/** Clipboard and files, as the console asks for them. */
export function createOutside(runtime: Runtime, { env, write }: OutsideOptions): Outside {
  return {
    copy: async (text) => {
      if (Buffer.byteLength(text) > CLIPBOARD_LIMIT) {
        return fail({
          kind: 'file',
          message: 'This is more than a terminal takes for its clipboard.',
          hint: 'Export it to a file with e: marked:yes shows only what is marked.',
        });
      }
      write(formatClipboard(text, env));
      return succeed(undefined);
    },
    findingsToCopy: async ({ query, exposureIds }, limit) => {
      const store = runtime.store();
      if (!store.ok) return store;
      const found: StoredFinding[] = [];
      for (const finding of store.value.findingsOf(query, { exposureIds })) {
        found.push(finding);
        if (found.length === limit) break;
      }
      return succeed(found);
    },
    exportList: async (query, format) => {
      const store = runtime.store();
      if (!store.ok) return store;
      return writeExport(store.value.findingsOf(query), {
        folder: runtime.paths.exports,
        format,
        at: runtime.now(),
      });
    },
  };
}

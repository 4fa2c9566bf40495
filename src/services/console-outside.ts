import type { Outside } from '../app/services.ts';
import { fail, succeed } from '../domain/problem.ts';
import { CLIPBOARD_LIMIT, formatClipboard } from './clipboard.ts';
import type { ReadingThread } from './reading-thread.ts';

export interface OutsideOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Where the terminal listens. */
  readonly write: (text: string) => void;
}

/** Clipboard and files, as the console asks for them. */
export function createOutside(thread: ReadingThread, { env, write }: OutsideOptions): Outside {
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
    findingsToCopy: (target, limit) => thread.findingsOf(target, limit),
    exportList: (query, format) => thread.exportList(query, format),
  };
}

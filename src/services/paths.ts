import { join } from 'node:path';
import envPaths from 'env-paths';

/** Where the program keeps its files; all of them belong to one user. */
export interface Paths {
  /** Folder of settings.json and themes/. */
  readonly config: string;
  readonly themes: string;
  /** The store: findings, decisions, journal. */
  readonly store: string;
  /** Where `e` and `recommend --out` write when no folder is named. */
  readonly exports: string;
}

/** `IAM_TRIAGE_HOME` holds everything where it is set; else the platform's usual folders (XDG, Library, AppData). */
export function createPaths(env: NodeJS.ProcessEnv, cwd: string): Paths {
  // Set to nothing it is as good as unset, as in the launcher.
  const home = env['IAM_TRIAGE_HOME'] || undefined;
  const usual = envPaths('iam-triage', { suffix: '' });
  const config = home ?? usual.config;
  const data = home ?? usual.data;
  return { config, themes: join(config, 'themes'), store: join(data, 'store.sqlite'), exports: cwd };
}

import type { RuntimeGround } from '../../src/services/runtime.ts';

/** What a runtime of one Region stands on, with all its files in a folder of the test's own. */
export const groundIn = (home: string, env: Readonly<Record<string, string>>): RuntimeGround => ({
  env: { HOME: home, IAM_TRIAGE_HOME: home, ...env },
  cwd: home,
  profiles: [],
  regions: ['us-east-1'],
  readOnly: false,
  offline: false,
  demo: false,
});

import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { startServedEmulator, type ServedEmulator } from './served-emulator.ts';
import { TimedTerminal } from './timed-terminal.ts';

/** Numbers of findings, and rounds: the bars of issue 6 are for `full`. */
export interface Scale {
  readonly name: 'full' | 'quick';
  readonly small: number;
  readonly large: number;
  /** Findings of the syncs over the wire. */
  readonly wire: number;
  readonly rounds: number;
  readonly keys: number;
}

export const SCALES: Readonly<Record<Scale['name'], Scale>> = {
  full: { name: 'full', small: 1_000, large: 1_000_000, wire: 100_000, rounds: 7, keys: 60 },
  quick: { name: 'quick', small: 1_000, large: 20_000, wire: 4_000, rounds: 2, keys: 10 },
};

export const formatCount = (count: number): string => count.toLocaleString('en');

/** The Regions where the plain world has its ten analyzers. */
export const REGIONS = [
  'us-east-1',
  'us-west-2',
  'eu-west-1',
  'eu-central-1',
  'ap-southeast-1',
  'ap-northeast-1',
] as const;

export const regionOptions = REGIONS.flatMap((region) => ['--region', region]);

/** What the figures are measured with. */
export class Bench {
  readonly scale: Scale;
  /** The launcher of the built program. */
  readonly program: string;
  /** Gone at the end. */
  readonly folder = mkdtempSync(join(tmpdir(), 'iam-triage-bench-'));
  readonly #emulators = new Map<string, Promise<ServedEmulator>>();

  constructor(scale: Scale, program: string) {
    this.scale = scale;
    this.program = program;
  }

  /** Nothing of the machine's AWS settings gets in; without an endpoint the program meets a closed port. */
  env(home: string, endpoint = 'http://127.0.0.1:9'): Record<string, string> {
    const { PATH = '', TMPDIR = tmpdir() } = process.env;
    return {
      PATH,
      HOME: this.folder,
      TMPDIR,
      TZ: 'UTC',
      LC_ALL: 'C.UTF-8',
      NODE_ENV: 'production',
      IAM_TRIAGE_HOME: home,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'AKIAEMULATORTEST0000',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
  }

  /** A folder for one program's files, empty. */
  newHome(name: string): string {
    const home = join(this.folder, name);
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home);
    return home;
  }

  /** A home without a store; the compiled code that it keeps stays, as where the program has run before. */
  homeWithoutStore(name: string): string {
    const home = join(this.folder, name);
    mkdirSync(home, { recursive: true });
    for (const file of readdirSync(home)) if (file.startsWith('store.')) rmSync(join(home, file));
    return home;
  }

  /** The console on a store, on its terminal. */
  openConsole(home: string, ...options: readonly string[]): TimedTerminal {
    return new TimedTerminal(process.execPath, [this.program, ...options], this.env(home));
  }

  /** A plain world of so many findings on loopback, in a process of its own; the same one for the same numbers. */
  emulator(findings: number, latencyMs = 0): Promise<ServedEmulator> {
    const key = `${findings} ${latencyMs}`;
    let emulator = this.#emulators.get(key);
    if (emulator === undefined) {
      emulator = startServedEmulator(this.program, findings, latencyMs);
      this.#emulators.set(key, emulator);
    }
    return emulator;
  }

  /** A peer as one minified module, as the program is: neither side pays for resolving packages. */
  async bundlePeer(name: string): Promise<string> {
    const peer = name.replace(/\.\w+$/, '');
    const outdir = join(this.folder, peer);
    await build({
      entryPoints: [fileURLToPath(new URL(`./peers/${name}`, import.meta.url))],
      outdir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      mainFields: ['module', 'main'],
      minify: true,
      define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
      external: ['react-devtools-core'],
      banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
      logLevel: 'error',
    });
    return join(outdir, `${peer}.mjs`);
  }

  async close(): Promise<void> {
    for (const emulator of this.#emulators.values()) (await emulator).stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

// Bundles the program into dist/: one minified ES module, chunks that are loaded when they are needed (the AWS SDK, the
// console, the emulator), and the two worker threads as entries of their own.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { plugins } from './build-plugins.js';

const options = {
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  mainFields: ['module', 'main'],
  target: 'node22.13',
  // Every Node that the launcher lets through knows them; else esbuild makes a new RegExp for each character of a frame.
  supported: { 'regexp-unicode-property-escapes': true, 'regexp-set-notation': true },
  minify: true,
  sourcemap: false,
  legalComments: 'none',
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    'Intl.Segmenter': 'LateSegmenter',
  },
  inject: ['src/domain/late-segmenter.ts'],
  // Ink asks for the developer tools only when DEV is true.
  external: ['react-devtools-core'],
  // Some dependencies are CommonJS inside and call require().
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
  metafile: true,
  plugins,
};

/** The program, and its threads: they share nothing, so that each loads no more files than it needs. */
const ENTRIES = {
  main: 'src/main.ts',
  'query-worker': 'src/cache/query-worker.ts',
  'sync-worker': 'src/services/sync-worker.ts',
  'reading-worker': 'src/services/reading-worker.ts',
  'emulator-worker': 'src/services/emulator-worker.ts',
};

rmSync('dist', { recursive: true, force: true });
const outputs = {};
for (const [name, file] of Object.entries(ENTRIES)) {
  const { metafile } = await build({ ...options, entryPoints: { [name]: file } });
  Object.assign(outputs, metafile.outputs);
}
const bytes = Object.values(outputs).reduce((sum, output) => sum + output.bytes, 0);
process.stderr.write(`dist: ${Object.keys(outputs).length} files, ${Math.round(bytes / 1024)} KiB\n`);

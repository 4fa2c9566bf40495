// Bundles the program into dist/: one minified ES module, chunks that are loaded when they are needed (the AWS SDK, the
// console, the emulator), and the two worker threads as entries of their own.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const ASCII_ONLY = /^[\x00-\x7f]*$/;

/**
 * One letter that is not ASCII, and V8 keeps the whole file with two bytes a letter: 660 KB of the console's. esbuild leaves
 * them in regular expressions alone, where an escape says the same.
 */
function escapeLetters(path) {
  const text = readFileSync(path, 'utf8');
  if (ASCII_ONLY.test(text)) return;
  const escaped = text.replace(
    /[^\x00-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  writeFileSync(path, escaped);
}

rmSync('dist', { recursive: true, force: true });
const outputs = {};
for (const [name, file] of Object.entries(ENTRIES)) {
  const { metafile } = await build({ ...options, entryPoints: { [name]: file } });
  Object.assign(outputs, metafile.outputs);
}
for (const path of Object.keys(outputs)) if (path.endsWith('.js')) escapeLetters(path);
const bytes = Object.values(outputs).reduce((sum, output) => sum + output.bytes, 0);
process.stderr.write(`dist: ${Object.keys(outputs).length} files, ${Math.round(bytes / 1024)} KiB\n`);

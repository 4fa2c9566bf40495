// What the bundle leaves out or puts off, so that the first frame stands sooner: each plugin says what it saves.
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname } from 'node:path';

/**
 * Conf brings a JSON schema validator and version arithmetic for two of its options (`schema`, `migrations`) that the
 * settings do not use: a third of what every start would load.
 */
const withoutUnusedParts = {
  name: 'without-unused-parts-of-conf',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(ajv|ajv-formats|semver)(\/|$)/ }, ({ path, importer }) =>
      /[\\/]node_modules[\\/]conf[\\/]/.test(importer) ? { path, namespace: 'unused' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'unused' }, () => ({
      contents: 'export const Ajv2020 = undefined; export default undefined;',
    }));
  },
};

/**
 * Yoga's bytes are in its module. Where there is a `fetch` it is asked for them, and Node loads a whole HTTP client
 * (40 ms); where there is none they are decoded.
 */
const yogaWithoutFetch = {
  name: 'yoga-without-fetch',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]yoga-wasm-base64-esm\.js$/ }, async ({ path }) => ({
      contents: `const fetch = undefined;\n${await readFile(path, 'utf8')}`,
    }));
  },
};

/**
 * One string-width for all that ask for one (Ink and what it stands on bring five copies), loaded when the first text
 * comes that is not simple: making its expression for emoji takes 40 ms.
 */
const lateStringWidth = {
  name: 'late-string-width',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^string-width$/ }, ({ pluginData }) =>
      pluginData === 'whole' ? undefined : { path: 'string-width', namespace: 'late' },
    );
    onResolve({ filter: /^whole-string-width$/ }, ({ resolveDir, kind }) =>
      resolve('string-width', { resolveDir, kind, pluginData: 'whole' }),
    );
    onLoad({ filter: /.*/, namespace: 'late' }, () => ({
      contents: `
        import { simpleWidth, styledSimpleWidth } from './src/domain/simple-width.ts';
        export default function stringWidth(text, options = {}) {
          const width = options.countAnsiEscapeCodes ? simpleWidth(text) : styledSimpleWidth(text);
          return width ?? require('whole-string-width').default(text, options);
        }`,
      resolveDir: import.meta.dirname,
    }));
  },
};

const LATE = new Set([
  'assert',
  'child_process',
  'crypto',
  'fs/promises',
  'readline/promises',
  'timers/promises',
  'worker_threads',
  'zlib',
]);
const SDK = /[\\/]node_modules[\\/]@(aws-sdk|smithy)[\\/]/;

/** What a module of Node's exports under a name that can be imported. */
const namesOf = (module) =>
  Object.getOwnPropertyNames(module).filter((name) => /^[a-z_$][\w$]*$/i.test(name) && name !== 'default');

/**
 * Modules of Node's by `require`: an `import` asks for the value of each of their names, and so loads streams for `fs`, and
 * for `http` (`WebSocket`) the whole client of `fetch`, a sixth of the processor time of a refresh. The late ones load when
 * one of their functions or classes is first called: `crypto` alone takes 10 ms. The SDK, late as a whole, extends some of
 * those classes.
 */
const requiredBuiltins = {
  name: 'required-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /.*/ }, ({ path, kind, importer }) => {
      if (!isBuiltin(path)) return undefined;
      const name = path.replace(/^node:/, '');
      if (kind === 'dynamic-import') return { path: name, namespace: 'builtin-later' };
      if (kind !== 'import-statement') return undefined;
      // Of zlib the SDK wants one function, which it seldom calls.
      const isLate = LATE.has(name) && (name === 'zlib' || !SDK.test(importer));
      // For each importer its own: one for all would become a file that several others share.
      return { path: name, namespace: 'builtin', suffix: `?${importer}`, pluginData: { isLate } };
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path, pluginData: { isLate } }) => {
      const whole = process.getBuiltinModule(path);
      const names = namesOf(whole);
      const isFunction = (name) => typeof Object.getOwnPropertyDescriptor(whole, name)?.value === 'function';
      const way = (name) => (isLate && isFunction(name) ? 'late' : 'taken');
      return {
        contents: `
          const load = () => require('node:${path}');
          const taken = (name) => load()[name];
          const late = (name) => {
            let real;
            return function (...given) {
              real ??= load()[name];
              return new.target ? new real(...given) : real(...given);
            };
          };
          ${names.map((name) => `const $${name} = /* @__PURE__ */ ${way(name)}('${name}');`).join('\n')}
          export { ${names.map((name) => `$${name} as ${name}`).join(', ')} };
          export default ${isLate ? 'new Proxy({}, { get: (_, name) => load()[name] })' : '/* @__PURE__ */ load()'};`,
      };
    });
    onLoad({ filter: /.*/, namespace: 'builtin-later' }, ({ path }) => ({
      contents: `module.exports = require('node:${path}');`,
    }));
  },
};

/**
 * All commands of a table as one module. A module each, and esbuild makes a file of everything that some of them share: fifty
 * files before the first frame, at half a millisecond each.
 */
const commandsTogether = {
  name: 'commands-together',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/[\w-]+\.ts$/ }, ({ kind, importer }) =>
      kind === 'dynamic-import' && /[\\/]src[\\/]cli[\\/].*-table\.ts$/.test(importer)
        ? { path: importer, namespace: 'commands' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'commands' }, async ({ path }) => {
      const loaded = (await readFile(path, 'utf8')).matchAll(/await import\(('[^']+')\)/g);
      const files = new Set(Array.from(loaded, ([, file]) => file));
      return {
        contents: Array.from(files, (file) => `export * from ${file};`).join('\n'),
        resolveDir: dirname(path),
      };
    });
  },
};

export const plugins = [
  withoutUnusedParts,
  yogaWithoutFetch,
  lateStringWidth,
  requiredBuiltins,
  commandsTogether,
];

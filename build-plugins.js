// What the bundle leaves out or puts off, so that the first frame stands sooner: each plugin says what it saves.
import { readFile } from 'node:fs/promises';

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

const LATE = /^(node:)?(assert|child_process|crypto|readline\/promises)$/;
const SDK = /[\\/]node_modules[\\/]@(aws-sdk|smithy)[\\/]/;

/**
 * Modules of Node's that nothing calls before the first frame stands, each function and class of them loaded when it is
 * first called: `crypto` alone takes 10 ms. The SDK is late as a whole, and extends some of their classes.
 */
const lateBuiltins = {
  name: 'late-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: LATE }, ({ path, namespace, importer }) =>
      namespace === 'builtin' || SDK.test(importer)
        ? { path, external: true }
        : { path: path.replace(/^node:/, ''), namespace: 'builtin' },
    );
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => {
      const whole = process.getBuiltinModule(path);
      const names = Object.keys(whole).filter((name) => typeof whole[name] === 'function');
      return {
        contents: `
          const load = () => require('node:${path}');
          const late = (name) => function (...given) {
            const real = load()[name];
            return new.target ? new real(...given) : real(...given);
          };
          ${names.map((name) => `export const ${name} = /* @__PURE__ */ late('${name}');`).join('\n')}
          export default new Proxy({}, { get: (_, name) => load()[name] });`,
      };
    });
  },
};

/**
 * An `import` of node:http asks for the value of each of its names, and one of them (`WebSocket`) loads the whole HTTP
 * client of `fetch`: a sixth of the processor time of a refresh. `require` asks for nothing.
 */
const httpWithoutFetch = {
  name: 'http-without-fetch',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?https?$/ }, ({ path }) => ({ path, namespace: 'http' }));
    onLoad({ filter: /.*/, namespace: 'http' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}');`,
    }));
  },
};

export const plugins = [
  withoutUnusedParts,
  yogaWithoutFetch,
  lateStringWidth,
  lateBuiltins,
  httpWithoutFetch,
];

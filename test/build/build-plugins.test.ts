import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import stringWidth from 'string-width';

const pluginsFile = new URL('../../build-plugins.js', import.meta.url).href;
const { plugins } = (await import(pluginsFile)) as { plugins: Plugin[] };

// In the checkout, so that packages are found.
const folder = mkdtempSync(join(import.meta.dirname, 'bundle-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What a module exports once it is bundled with the plugins of the program. */
async function bundled<Exports>(name: string, source: string): Promise<Exports> {
  return (await import(pathToFileURL(await bundle(name, source)).href)) as Exports;
}

/** Path of the bundled module. */
async function bundle(name: string, source: string): Promise<string> {
  const [entry, outfile] = [join(folder, `${name}.ts`), join(folder, `${name}.js`)];
  writeFileSync(entry, source);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    supported: { 'regexp-unicode-property-escapes': true, 'regexp-set-notation': true },
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    plugins,
  });
  return outfile;
}

test('the string-width of the bundle is string-width, also where it is loaded late', async () => {
  const { default: late } = await bundled<{ default: typeof stringWidth }>(
    'width',
    "export { default } from 'string-width';",
  );
  const texts = [
    '',
    'arn:aws:s3:::photos',
    '漢字',
    '\u001b[1m●●○\u001b[22m',
    '👨‍👩‍👧 x',
    'e\u0301',
    '❤️',
    '\u200b',
  ];
  for (const text of texts) {
    assert.equal(late(text), stringWidth(text));
    assert.equal(
      late(text, { countAnsiEscapeCodes: true }),
      stringWidth(text, { countAnsiEscapeCodes: true }),
    );
  }
});

test("functions and classes of Node's late modules work as their own", async () => {
  const own = await bundled<{ digest: string; id: string; equal: boolean; named: boolean }>(
    'builtins',
    `import { hash, randomUUID, KeyObject, createSecretKey } from 'node:crypto';
     import whole from 'crypto';
     export const digest = hash('sha256', 'x');
     export const id = randomUUID();
     export const equal = whole.timingSafeEqual(Buffer.from('a'), Buffer.from('a'));
     export const named = createSecretKey(Buffer.from('k')).type === 'secret' && typeof KeyObject === 'function';`,
  );
  assert.equal(own.digest, hash('sha256', 'x'));
  assert.match(own.id, /^[\da-f-]{36}$/);
  assert.ok(own.equal && own.named);
});

test('Yoga lays out without the HTTP client that fetch brings', async () => {
  const { default: width } = await bundled<{ default: number }>(
    'yoga',
    `import Yoga from 'yoga-layout';
     const node = Yoga.Node.create();
     node.setWidth(42);
     node.calculateLayout(undefined, undefined);
     export default node.getComputedWidth();`,
  );
  assert.equal(width, 42);
});

test('http comes without the HTTP client of fetch', async () => {
  const program = await bundle(
    'http',
    `import https, { Agent } from 'node:https';
     const { request } = await import('http');
     const client = process.moduleLoadList.some((name) => name.includes('undici'));
     console.log(JSON.stringify({ client, works: typeof request === 'function' && https.Agent === Agent }));`,
  );
  const { stdout } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  assert.deepEqual(JSON.parse(stdout), { client: false, works: true });
});

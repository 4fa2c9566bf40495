/** The emulator for tests: on a free port, its clock standing still until it is advanced; scans show at the next request. */
import assert from 'node:assert/strict';
import { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer';
import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/server.ts';
import { createSmallWorld, START } from './small-world.ts';

/** The environment that points AWS's own tools, and child processes, at an emulator. */
export const environmentFor = (emulator: Emulator): Record<string, string> => ({
  AWS_ENDPOINT_URL: emulator.url,
  AWS_ACCESS_KEY_ID: 'AKIAEMULATORTEST0000',
  AWS_SECRET_ACCESS_KEY: 'emulator-test-secret',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** Starts an emulator, hands it over, and closes it whatever happens. */
export async function withEmulator<T>(
  options: Partial<EmulatorOptions>,
  use: (emulator: Emulator) => Promise<T>,
): Promise<T> {
  const emulator = await startEmulator({
    world: createSmallWorld(),
    seed: 7,
    now: () => START,
    scanMs: 0,
    ...options,
  });
  try {
    return await use(emulator);
  } finally {
    await emulator.close();
  }
}

export interface ClientOptions {
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly maxAttempts?: number;
}

const configurationFor = (emulator: Emulator, options: ClientOptions) => ({
  endpoint: emulator.url,
  region: options.region ?? 'us-east-1',
  maxAttempts: options.maxAttempts ?? 1,
  credentials: {
    accessKeyId: options.accessKeyId ?? 'AKIAEMULATORTEST0000',
    secretAccessKey: 'emulator-test-secret',
  },
});

/** Real SDK clients; one attempt each, unless said otherwise, so that a test sees every answer. */
export const accessAnalyzer = (emulator: Emulator, options: ClientOptions = {}): AccessAnalyzerClient =>
  new AccessAnalyzerClient(configurationFor(emulator, options));
export const sts = (emulator: Emulator, options: ClientOptions = {}): STSClient =>
  new STSClient(configurationFor(emulator, options));
export const iam = (emulator: Emulator, options: ClientOptions = {}): IAMClient =>
  new IAMClient(configurationFor(emulator, options));

/** All pages of a paged call, as one list. */
export async function everyPage<P, T>(
  pages: AsyncIterable<P>,
  itemsOf: (page: P) => readonly T[] | undefined,
): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

/** For assert.rejects: an SDK error of this name and HTTP status. */
export const rejectsWith = (name: string, status: number, message?: RegExp) => (error: unknown) => {
  const { name: got, $metadata, message: text } = error as Error & { $metadata: { httpStatusCode: number } };
  assert.deepEqual({ name: got, status: $metadata.httpStatusCode }, { name, status }, text);
  if (message !== undefined) assert.match(text, message);
  return true;
};

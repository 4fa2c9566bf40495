/** A gateway that points at an emulator and hears of nothing else of this machine. */
import assert from 'node:assert/strict';
import { createGateway, type AwsGateway, type GatewayOptions } from '../../src/aws/gateway.ts';
import { ProblemError, type Problem } from '../../src/domain/problem.ts';
import type { Emulator, EmulatorOptions } from '../../src/emulator/server.ts';
import { environmentFor, withEmulator } from '../emulator/harness.ts';

/** No configuration of this machine, one attempt: a test sees every answer. */
export const testEnvironment = (emulator: Emulator): Record<string, string> => ({
  ...environmentFor(emulator),
  AWS_CONFIG_FILE: '/nowhere/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
  AWS_RETRY_MODE: 'standard',
  AWS_MAX_ATTEMPTS: '1',
});

export function openGateway(
  options: Partial<GatewayOptions> & { readonly env: Record<string, string> },
): AwsGateway {
  const gateway = createGateway({
    profiles: [],
    regions: undefined,
    timeouts: { connect: 2_000, request: 2_000 },
    ...options,
  });
  assert.ok(gateway.ok, JSON.stringify(gateway));
  return gateway.value;
}

export async function withGateway(
  use: (gateway: AwsGateway, emulator: Emulator) => Promise<void>,
  options: {
    readonly emulator?: Partial<EmulatorOptions>;
    readonly gateway?: Partial<GatewayOptions>;
    readonly env?: Record<string, string>;
  } = {},
): Promise<void> {
  await withEmulator(options.emulator ?? {}, async (emulator) => {
    const gateway = openGateway({
      ...options.gateway,
      env: { ...testEnvironment(emulator), ...options.env },
    });
    try {
      await use(gateway, emulator);
    } finally {
      gateway.close();
    }
  });
}

/** The problem that a call ends in. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (thrown) {
    assert.ok(thrown instanceof ProblemError, String(thrown));
    return thrown.problem;
  }
  assert.fail('It did not fail.');
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export const HERE = { profile: 'default', region: 'us-east-1' } as const;

import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ServedEmulator {
  readonly url: string;
  stop(): void;
}

/** `iam-triage emulator`, in its own process as AWS is on its own machines; ready when it has said its URL. */
export async function startServedEmulator(
  program: string,
  findings: number,
  latencyMs: number,
): Promise<ServedEmulator> {
  const args = [program, 'emulator', '--findings', String(findings), '--latency', String(latencyMs)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  return { url: line.trim(), stop: () => void child.kill() };
}

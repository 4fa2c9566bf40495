import type { Command, CommandIo, ExitCode } from './command.ts';
import { cleanText } from '../domain/text.ts';
import { toJsonText } from '../domain/json-text.ts';
import { type ProvenFinding, scanAndProve } from '../services/resolve-service.ts';
import { proofText } from '../triage/resolve/prove.ts';
import { print } from './print.ts';
import { createProgressBar } from './progress-bar.ts';
import { findFindings } from './show.ts';

/** `scan ID`: asks for a scan and waits until the truth is known. Exit code 0 when all is proven gone, 3 when not. */
export const scan: Command = async ({ io, runtime, positionals, options, signal }) => {
  const wait = options.count('wait');
  if (!wait.ok) return wait.problem;
  const store = runtime.store();
  if (!store.ok) return store.problem;
  const found = findFindings(store.value, positionals[0] ?? '');
  if (!found.ok) return found.problem;
  const bar = createProgressBar(io);
  const outcome = await scanAndProve(runtime, found.value, {
    signal,
    ...(wait.value === undefined ? {} : { longestMs: wait.value * 1000 }),
    onProgress: (_, { elapsedMs, longestMs, looks }) =>
      bar.update(elapsedMs / longestMs, `${Math.round(elapsedMs / 1000)} s · looked ${looks} times`),
  });
  bar.finish();
  if (!outcome.ok) return outcome.problem;
  const { findings } = outcome.value;
  await (options.flag('json')
    ? print(io.out, `${toJsonText(findings.map(toJson))}\n`)
    : report(io, findings));
  return exitCodeOf(findings);
};

async function report(io: CommandIo, findings: readonly ProvenFinding[]): Promise<void> {
  for (const { finding, proof } of findings) {
    const text = proof.ok ? proofText(proof.value) : proof.problem.message;
    await print(io.out, `${finding.region}  ${cleanText(finding.resource)}\n  ${cleanText(text)}\n`);
  }
}

const toJson = ({ finding, proof }: ProvenFinding): unknown => ({
  id: finding.id,
  region: finding.region,
  resource: finding.resource,
  ...(proof.ok
    ? { proof: proof.value.kind, sentence: proofText(proof.value), ...dueOf(proof.value) }
    : { error: proof.problem.message }),
});

const dueOf = (proof: { readonly kind: string; readonly at?: number }): object =>
  proof.at === undefined ? {} : { dueAt: new Date(proof.at).toISOString() };

/** What only the next daily pass can tell is no failure: nothing more can be done now. */
function exitCodeOf(findings: readonly ProvenFinding[]): ExitCode {
  if (findings.every(({ proof }) => !proof.ok)) return 1;
  const good = ({ proof }: ProvenFinding): boolean =>
    proof.ok && ['resolved', 'gone', 'due'].includes(proof.value.kind);
  return findings.every(good) ? 0 : 3;
}

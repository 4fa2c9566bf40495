import { awsCommand } from '../../domain/command-line.ts';
import type { AnalyzerState, DeleteAnalyzerChange, Operation, Plan } from '../../domain/journal.ts';
import type { AnalyzerCounts } from '../../domain/listing.ts';
import { createPlanBuilder, withReason } from '../plan-builder.ts';
import type { AnalyzerTruth } from './live-analyzer.ts';

export interface DeleteAnalyzerRequest {
  /** What there is now: it stands in the journal as the state before. */
  readonly truth: AnalyzerTruth;
  /** What the store knows of its findings. */
  readonly counts: AnalyzerCounts;
  /** The file that its rules were written to. */
  readonly exportedTo: string | undefined;
  readonly reason?: string;
}

/** Deletes an analyzer with its findings and archive rules. Nothing brings it back, so the word to type is its name. */
export function planDeleteAnalyzer({ truth, counts, exportedTo, reason }: DeleteAnalyzerRequest): Plan {
  const { name, region } = truth.analyzer;
  const findings = counts.active + counts.archived + counts.resolved;
  const builder = createPlanBuilder();
  builder.add(toOperation(truth, findings, exportedTo));
  builder.note(
    `${count(findings, 'finding')} (${counts.active} active) and ${count(truth.rules.length, 'archive rule')} go with it. There is no undo.`,
  );
  if (counts.public > 0)
    builder.note(`${counts.public} active ones are public: they stay public, and nobody is told any more.`);
  if (exportedTo !== undefined)
    builder.note(
      `Its archive rules are exported to ${exportedTo} first: \`iam-triage rules import\` reads them.`,
    );
  else if (truth.rules.length > 0) builder.note('Its archive rules are not exported: they are lost.');
  builder.askFor(name);
  return builder.build({
    kind: 'analyzer',
    title: `Delete the analyzer ${name} in ${region}`,
    ...withReason(reason),
  });
}

const count = (number: number, one: string): string =>
  `${number.toLocaleString('en')} ${one}${number === 1 ? '' : 's'}`;

function toOperation(
  { analyzer, configuration, rules }: AnalyzerTruth,
  findings: number,
  exportedTo: string | undefined,
): Operation {
  const { profile, region, arn, name, type, createdAt, tags } = analyzer;
  const before: AnalyzerState = {
    name,
    type,
    createdAt,
    ...(tags === undefined ? {} : { tags }),
    ...(configuration === undefined ? {} : { configuration }),
    archiveRules: rules.map(({ ruleName, filter }) => ({ ruleName, filter })),
  };
  const change: DeleteAnalyzerChange = {
    kind: 'delete-analyzer',
    before,
    findings,
    ...(exportedTo === undefined ? {} : { exportedTo }),
  };
  const words = ['accessanalyzer', 'delete-analyzer', '--analyzer-name', name];
  return { profile, region, analyzerArn: arn, change, command: awsCommand(words, { profile, region }) };
}

/** Why a deletion cannot be taken back, and what is left of the analyzer. */
export function whyNotBack({ before, exportedTo }: DeleteAnalyzerChange): string {
  const gone = `AWS keeps nothing of a deleted analyzer, so ${before.name} cannot be brought back.`;
  if (exportedTo === undefined) return gone;
  return `${gone} Its archive rules are in ${exportedTo}: make an analyzer of the same name and type, then run \`iam-triage rules import ${exportedTo}\`.`;
}

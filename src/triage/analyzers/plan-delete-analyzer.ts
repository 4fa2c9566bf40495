import { awsCommand } from '../../domain/command-line.ts';
import { formatCount } from '../../domain/format-count.ts';
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
  for (const note of whatGoes(truth, counts, exportedTo)) builder.note(note);
  builder.askFor(name);
  return builder.build({
    kind: 'analyzer',
    title: `Delete the analyzer ${name} in ${region}`,
    ...withReason(reason),
  });
}

/** Short sentences: each has to be read whole on a narrow screen. */
function whatGoes(
  { rules }: AnalyzerTruth,
  { active, archived, resolved, public: open }: AnalyzerCounts,
  exportedTo: string | undefined,
): readonly string[] {
  const findings = formatCount(active + archived + resolved, 'finding');
  return [
    `${findings} (${active} active) and ${formatCount(rules.length, 'archive rule')} go with it.`,
    'There is no undo.',
    ...(open === 0 ? [] : [`${open} public: still so, but nobody is told of it any more.`]),
    ...(exportedTo !== undefined
      ? ['Its archive rules are saved first, in', exportedTo]
      : rules.length > 0
        ? ['Its archive rules are not saved: they are lost.']
        : []),
  ];
}

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

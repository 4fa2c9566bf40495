import { DIFF_MARKS, type DiffLine, sideBySideDiff, unifiedDiff } from '../../domain/policy/diff-lines.ts';
import type { PolicyDiff } from '../../domain/policy/diff.ts';
import { cleanText, padEnd, truncateEnd } from '../../domain/text.ts';
import { toFindingJson } from '../../domain/finding-json.ts';
import type { Fix, Resolution } from '../../triage/resolve/fix.ts';
import { toPlanJson } from '../plan-command.ts';

/** From a finding to its fixes, as text for a terminal of so many columns. */
export function formatResolution(resolution: Resolution, columns: number): string {
  const { finding, wrong, fixes, proof, notes } = resolution;
  const parts = [
    `${cleanText(finding.resource)}\n${cleanText(wrong)}`,
    ...notes.map(cleanText),
    ...fixes.map((fix, index) => `${index + 1}. ${formatFix(fix, columns)}`),
    fixes.length === 0 ? '' : proof,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

export function formatFix(fix: Fix, columns: number): string {
  const { name, title, changes, risks, undo, blocked, commands, link, diffs, preview } = fix;
  const lines = [
    `${cleanText(title)} (--fix ${name})`,
    ...(blocked === undefined
      ? []
      : [`   ! ${cleanText(blocked.message)}`, `     ${cleanText(blocked.hint ?? '')}`]),
    ...changes.flatMap((change) => indented('changes  ', change)),
    ...risks.flatMap((risk) => indented('could break  ', risk)),
    ...(preview === undefined ? [] : indented('preview  ', preview.sentence)),
    ...indented('undo  ', undo),
    ...diffs.flatMap(({ name: policy, diff }) => [`   ${cleanText(policy)}`, ...formatDiff(diff, columns)]),
    ...commands.map((command) => `   $ ${command}`),
    ...(link === undefined ? [] : [`   ${link}`]),
  ];
  return lines.filter((line) => line.trim() !== '').join('\n');
}

const indented = (label: string, text: string): readonly string[] =>
  text.split('\n').map((line, index) => `   ${index === 0 ? label : '  '}${cleanText(line)}`);

/** From this width on the existing policy stands beside the recommended one. */
const WIDE = 140;
const INDENT = 5;

export function formatDiff(diff: PolicyDiff, columns: number): readonly string[] {
  if (columns < WIDE) return unifiedDiff(diff).map((line) => `${' '.repeat(INDENT)}${marked(line)}`);
  const width = Math.floor((columns - INDENT - 3) / 2);
  return sideBySideDiff(diff).map(({ left, right }) => {
    const halves = [left, right].map((line) =>
      padEnd(truncateEnd(line === undefined ? '' : marked(line), width), width),
    );
    return `${' '.repeat(INDENT)}${halves.join(' │ ')}`.trimEnd();
  });
}

const marked = ({ kind, text }: DiffLine): string => `${DIFF_MARKS[kind]} ${text}`;

export const toResolutionJson = ({ finding, wrong, fixes, proof, notes }: Resolution): unknown => ({
  finding: toFindingJson(finding),
  wrong,
  proof,
  notes,
  fixes: fixes.map(({ plan, ...fix }) => ({
    ...fix,
    applicable: plan !== undefined,
    ...(plan === undefined ? {} : { plan: toPlanJson(plan) }),
  })),
});

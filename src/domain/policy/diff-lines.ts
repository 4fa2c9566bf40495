import { cleanText } from '../text.ts';
import type { PolicyDiff, StatementDiff, ValueDiff } from './diff.ts';

export interface DiffLine {
  readonly kind: 'heading' | 'same' | 'added' | 'removed';
  /** Without mark and colour; clean of control characters. */
  readonly text: string;
}

/** The existing policy to the left, the recommended one to the right; a missing line keeps the others level. */
export interface DiffRow {
  readonly left: DiffLine | undefined;
  readonly right: DiffLine | undefined;
}

/** One text below the other: under each statement what goes, what comes and what stays. */
export function unifiedDiff(diff: PolicyDiff): readonly DiffLine[] {
  return diff.statements.flatMap((statement) => [
    { kind: 'heading' as const, text: headingOf(statement) },
    ...partsOf(statement).flatMap(([label, values]) => linesOf(label, values)),
  ]);
}

/** The same for two columns: what stays on one level, what goes beside what comes. */
export function sideBySideDiff(diff: PolicyDiff): readonly DiffRow[] {
  return diff.statements.flatMap((statement) => {
    const heading: DiffLine = { kind: 'heading', text: headingOf(statement) };
    const rows = partsOf(statement).flatMap(([label, values]) => rowsOf(label, values));
    return [
      {
        left: statement.kind === 'added' ? undefined : heading,
        right: statement.kind === 'removed' ? undefined : heading,
      },
      ...rows,
    ];
  });
}

/** The mark that carries the meaning without colour. */
export const DIFF_MARKS: Readonly<Record<DiffLine['kind'], string>> = {
  heading: ' ',
  same: ' ',
  added: '+',
  removed: '-',
};

const FATE: Readonly<Record<StatementDiff['kind'], string>> = {
  same: 'stays as it is',
  changed: 'changes',
  added: 'is new',
  removed: 'goes',
};

function headingOf({ name, kind, before, after }: StatementDiff): string {
  const effect = (before ?? after)?.effect ?? 'Allow';
  return `${effect} ${cleanText(name)} · ${FATE[kind]}`;
}

const partsOf = (statement: StatementDiff): readonly (readonly [string, ValueDiff])[] => [
  ['principal', statement.principals],
  ['action', statement.actions],
  ['resource', statement.resources],
  ['condition', statement.conditions],
];

const textOf = (label: string, value: string): string => `${label.padEnd(9)} ${cleanText(value)}`;

function linesOf(label: string, { same, added, removed }: ValueDiff): readonly DiffLine[] {
  const line = (kind: DiffLine['kind']) => (value: string) => ({ kind, text: textOf(label, value) });
  return [...removed.map(line('removed')), ...added.map(line('added')), ...same.map(line('same'))];
}

function rowsOf(label: string, { same, added, removed }: ValueDiff): readonly DiffRow[] {
  const changed = Array.from({ length: Math.max(removed.length, added.length) }, (_, index): DiffRow => {
    const [gone, come] = [removed[index], added[index]];
    return {
      left: gone === undefined ? undefined : { kind: 'removed', text: textOf(label, gone) },
      right: come === undefined ? undefined : { kind: 'added', text: textOf(label, come) },
    };
  });
  const kept = same.map((value): DiffRow => {
    const line: DiffLine = { kind: 'same', text: textOf(label, value) };
    return { left: line, right: line };
  });
  return [...changed, ...kept];
}

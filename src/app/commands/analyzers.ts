import { selectAnalyzersUnder, selectDeletable } from '../selectors/analyzers.ts';
import type { AppState } from '../state.ts';
import type { Command } from './command.ts';

/** Analyzers themselves. */

function noAnalyzer(state: AppState): string | undefined {
  if (state.screen !== 'analyzers') return 'Works on the Analyzers screen: press 3.';
  if (selectDeletable(state).length > 0) return undefined;
  const [managed] = selectAnalyzersUnder(state);
  return managed === undefined
    ? 'There is no analyzer in this Region.'
    : `Only ${managed.managedBy ?? 'its service'} can delete its analyzer.`;
}

export const ANALYZER_COMMANDS: readonly Command[] = [
  {
    id: 'analyzer.delete',
    title: 'Delete the analyzer (X on the Analyzers screen)',
    label: 'delete',
    group: 'Analyzers',
    keys: [],
    mutates: true,
    disabledReason: noAnalyzer,
    message: (state) => {
      const [first, ...others] = selectDeletable(state);
      return first === undefined || others.length > 0
        ? { kind: 'open-menu', menu: 'delete-analyzer' }
        : { kind: 'delete-analyzer', analyzer: first };
    },
  },
];

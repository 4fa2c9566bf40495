import type { OptionSpec } from '../option-spec.ts';
import type { Subcommand } from '../subcommand.ts';
import type { AnalyzersCommand } from './analyzers-command.ts';

export const ANALYZERS_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  export: { type: 'string', value: 'FILE', help: 'write its archive rules to this new file first' },
  'no-export': { type: 'boolean', help: 'let its archive rules go with it' },
  reason: { type: 'string', value: 'TEXT', help: 'why; kept in the journal' },
  yes: { type: 'boolean', help: 'do it without asking' },
  'dry-run': { type: 'boolean', help: 'show the plan, send and write nothing' },
  json: { type: 'boolean', help: 'JSON on stdout' },
};

interface AnalyzersCommandSpec extends Subcommand {
  load(): Promise<AnalyzersCommand>;
}

export const ANALYZERS_COMMANDS: readonly AnalyzersCommandSpec[] = [
  {
    name: 'list',
    usage: '[--json]',
    options: ['json'],
    positionals: [0, 0],
    load: async () => (await import('./list.ts')).list,
  },
  {
    name: 'delete',
    usage: 'ANALYZER [--export FILE|--no-export] [--reason TEXT] [--dry-run] [--yes] [--json]',
    options: ['export', 'no-export', 'reason', 'yes', 'dry-run', 'json'],
    positionals: [1, 1],
    load: async () => (await import('./delete.ts')).deleteAnalyzer,
  },
];

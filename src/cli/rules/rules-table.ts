import type { OptionSpec } from '../option-spec.ts';
import type { Subcommand } from '../subcommand.ts';
import type { RulesCommand } from './rules-command.ts';

/** Every option that a rules command may have; which has which stands in RULES_COMMANDS. */
export const RULES_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  analyzer: {
    type: 'string',
    multiple: true,
    value: 'ANALYZER',
    help: 'ARN, name, REGION/NAME, or all, external, unused, internal; repeatable',
  },
  criteria: { type: 'string', value: 'JSON', help: 'criteria as AWS writes them, instead of a filter' },
  apply: { type: 'boolean', help: 'archive what exists as well; a rule alone works on new findings' },
  'allow-public': { type: 'boolean', help: 'leave out isPublic = false; asks for a typed word' },
  wider: { type: 'boolean', help: 'take parts of the filter that a rule can only say more widely' },
  split: { type: 'boolean', help: 'several rules where a criterion has over 20 values' },
  unarchive: { type: 'boolean', help: 'make active again what the rule hid' },
  replace: { type: 'boolean', help: 'import: replace the filter of rules that have another one' },
  skip: { type: 'boolean', help: 'import: leave rules alone that have another filter' },
  partial: { type: 'boolean', help: 'import: leave out rules that AWS would refuse, take the rest' },
  format: { type: 'string', value: 'FORMAT', help: 'json, cloudformation or terraform (default: json)' },
  reason: { type: 'string', value: 'TEXT', help: 'why; kept in the journal' },
  yes: { type: 'boolean', help: 'do it without asking' },
  'dry-run': { type: 'boolean', help: 'show the plan, send nothing' },
  json: { type: 'boolean', help: 'JSON on stdout' },
};

interface RulesCommandSpec extends Subcommand {
  load(): Promise<RulesCommand>;
}

const CHANGE = ['reason', 'yes', 'dry-run', 'json'];
const WRITE = ['analyzer', 'criteria', 'apply', 'allow-public', 'wider', ...CHANGE];

export const RULES_COMMANDS: readonly RulesCommandSpec[] = [
  {
    name: 'list',
    usage: '[--json]',
    options: ['json'],
    positionals: [0, 0],
    load: async () => (await import('./list.ts')).list,
  },
  {
    name: 'create',
    usage: 'NAME --analyzer ANALYZER --filter FILTER [--apply] [--dry-run] [--yes] [--json]',
    options: [...WRITE, 'split'],
    positionals: [1, 1],
    load: async () => (await import('./create.ts')).create,
  },
  {
    name: 'update',
    usage: 'NAME --filter FILTER [--analyzer ANALYZER] [--apply] [--dry-run] [--yes] [--json]',
    options: WRITE,
    positionals: [1, 1],
    load: async () => (await import('./update.ts')).update,
  },
  {
    name: 'apply',
    usage: 'NAME [--analyzer ANALYZER] [--dry-run] [--yes] [--json]',
    options: ['analyzer', ...CHANGE],
    positionals: [1, 1],
    load: async () => (await import('./apply.ts')).apply,
  },
  {
    name: 'delete',
    usage: 'NAME [--analyzer ANALYZER] [--unarchive] [--dry-run] [--yes] [--json]',
    options: ['analyzer', 'unarchive', ...CHANGE],
    positionals: [1, 1],
    load: async () => (await import('./delete.ts')).deleteRule,
  },
  {
    name: 'audit',
    usage: '[--json]',
    options: ['json'],
    positionals: [0, 0],
    load: async () => (await import('./audit.ts')).audit,
  },
  {
    name: 'export',
    usage: '[--analyzer ANALYZER] [--format json|cloudformation|terraform]',
    options: ['analyzer', 'format'],
    positionals: [0, 0],
    load: async () => (await import('./export.ts')).exportRules,
  },
  {
    name: 'import',
    usage: 'FILE [--apply] [--replace|--skip] [--partial] [--dry-run] [--yes] [--json]',
    options: ['apply', 'replace', 'skip', 'partial', ...CHANGE],
    positionals: [1, 1],
    load: async () => (await import('./import.ts')).importRules,
  },
  {
    name: 'suggest',
    usage: '[--json]',
    options: ['json'],
    positionals: [0, 0],
    load: async () => (await import('./suggest.ts')).suggest,
  },
];

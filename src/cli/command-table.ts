import { ANALYZERS_COMMANDS, ANALYZERS_OPTIONS } from './analyzers/analyzers-table.ts';
import type { Command } from './command.ts';
import type { OptionSpec } from './option-spec.ts';
import { RULES_COMMANDS, RULES_OPTIONS } from './rules/rules-table.ts';

/** Name, words and loader of every command; usage, help and the README's table are derived from it. */
export interface CommandSpec {
  readonly name: string;
  /** Arguments as usage shows them. */
  readonly usage: string;
  /** The same for each of its own commands, where it has some. */
  readonly forms?: readonly string[];
  readonly summary: string;
  /** Own options besides the global ones: name → how it is shown and whether it takes a value. */
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Least and most number of positional arguments. */
  readonly positionals: readonly [number, number];
  /** Whether it changes AWS; refused in read-only mode. Options such as --dry-run are looked at by the command. */
  readonly mutates: boolean;
  load(): Promise<Command>;
}

const json: OptionSpec = { type: 'boolean', help: 'JSON on stdout' };
const yes: OptionSpec = { type: 'boolean', help: 'do it without asking' };
const dryRun: OptionSpec = { type: 'boolean', help: 'show the plan, send nothing' };
const reason: OptionSpec = {
  type: 'string',
  value: 'TEXT',
  help: 'why; kept with the exposure and in the journal',
};

export const GLOBAL_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  profile: { type: 'string', multiple: true, value: 'NAME', help: 'AWS profile; repeatable' },
  region: {
    type: 'string',
    multiple: true,
    value: 'NAME',
    help: 'Region; repeatable (default: every Region)',
  },
  demo: { type: 'boolean', help: 'an embedded demo organization instead of AWS' },
  offline: { type: 'boolean', help: 'the store only; nothing is asked of AWS' },
  'read-only': { type: 'boolean', help: 'refuse every command that changes AWS' },
  theme: { type: 'string', value: 'NAME', help: 'theme (see `iam-triage themes`)' },
  ascii: { type: 'boolean', help: 'plain ASCII instead of box and dot characters' },
  'no-color': { type: 'boolean', help: 'no colours' },
  filter: { type: 'string', value: 'TEXT', help: 'filter to start the console with' },
  help: { type: 'boolean', help: 'this help, or that of a command' },
  version: { type: 'boolean', help: 'the version' },
};

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'sync',
    usage: '[--full] [--json]',
    summary: 'refresh the store from AWS',
    options: { full: { type: 'boolean', help: 'read everything again, not only what changed' }, json },
    positionals: [0, 0],
    mutates: false,
    load: async () => (await import('./sync.ts')).sync,
  },
  {
    name: 'list',
    usage: '[FILTER] [--format table|json|ndjson|csv|md] [--sync]',
    summary: 'findings from the store',
    options: {
      format: {
        type: 'string',
        value: 'FORMAT',
        help: 'table, json, ndjson (quickest; in no order), csv or md (default: table)',
      },
      sync: { type: 'boolean', help: 'refresh the store first' },
    },
    positionals: [0, Infinity],
    mutates: false,
    load: async () => (await import('./list.ts')).list,
  },
  {
    name: 'show',
    usage: 'ID [--json]',
    summary: 'one finding with its detail',
    options: { json },
    positionals: [1, 1],
    mutates: false,
    load: async () => (await import('./show.ts')).show,
  },
  {
    name: 'archive',
    usage: 'FILTER|ID… [--reason TEXT] [--yes] [--dry-run] [--json]',
    summary: 'archive what a filter or ids name',
    options: { reason, yes, 'dry-run': dryRun, json },
    positionals: [1, Infinity],
    mutates: true,
    load: async () => (await import('./archive.ts')).archive,
  },
  {
    name: 'unarchive',
    usage: 'FILTER|ID… [--reason TEXT] [--yes] [--dry-run] [--json]',
    summary: 'make archived findings active again',
    options: { reason, yes, 'dry-run': dryRun, json },
    positionals: [1, Infinity],
    mutates: true,
    load: async () => (await import('./archive.ts')).unarchive,
  },
  {
    name: 'rules',
    usage: 'list|create|update|apply|delete|audit|export|import|suggest …',
    summary: 'archive rules: write, see before, keep, carry',
    forms: RULES_COMMANDS.map(({ name, usage }) => `${name} ${usage}`),
    options: RULES_OPTIONS,
    positionals: [1, Infinity],
    mutates: true,
    load: async () => (await import('./rules.ts')).rules,
  },
  {
    name: 'analyzers',
    usage: 'list|delete …',
    summary: 'the analyzers; delete one, its archive rules exported first',
    forms: ANALYZERS_COMMANDS.map(({ name, usage }) => `${name} ${usage}`),
    options: ANALYZERS_OPTIONS,
    positionals: [1, Infinity],
    mutates: true,
    load: async () => (await import('./analyzers.ts')).analyzers,
  },
  {
    name: 'recommend',
    usage: 'ID [--out DIR] [--format FORMAT] [--check] [--yes] [--json]',
    summary: 'the recommended policy of unused permissions, its difference, its files',
    options: {
      out: {
        type: 'string',
        value: 'DIR',
        help: 'write it as JSON, shell, Terraform and CloudFormation files',
      },
      format: {
        type: 'string',
        value: 'FORMAT',
        help: 'only json, cli, terraform or cloudformation, to stdout or --out',
      },
      check: { type: 'boolean', help: 'ask CheckNoNewAccess, which costs money; the price is named first' },
      yes,
      json,
    },
    positionals: [1, 1],
    mutates: false,
    load: async () => (await import('./recommend.ts')).recommend,
  },
  {
    name: 'resolve',
    usage: 'ID [--plan] [--apply] [--fix NAME] [--organization ID] [--yes] [--json]',
    summary: 'from a finding to its fix; --apply makes it',
    options: {
      plan: { type: 'boolean', help: 'show the fixes, change nothing (the default)' },
      apply: { type: 'boolean', help: 'make the fix, after a typed word or with --yes' },
      fix: { type: 'string', value: 'NAME', help: 'which fix (default: the first that can be applied)' },
      organization: { type: 'string', value: 'ID', help: 'organization that may keep the access (o-…)' },
      yes,
      json,
    },
    positionals: [1, 1],
    mutates: true,
    load: async () => (await import('./resolve.ts')).resolve,
  },
  {
    name: 'scan',
    usage: 'ID [--wait SECONDS] [--json]',
    summary: 'scan again and wait for the proof that a fix worked',
    options: {
      wait: { type: 'string', value: 'SECONDS', help: 'how long to wait (default: 1800)' },
      json,
    },
    positionals: [1, 1],
    mutates: true,
    load: async () => (await import('./scan.ts')).scan,
  },
  {
    name: 'journal',
    usage: '[--json]',
    summary: 'what was done',
    options: { json },
    positionals: [0, 0],
    mutates: false,
    load: async () => (await import('./journal.ts')).journal,
  },
  {
    name: 'undo',
    usage: '[ENTRY] [--yes] [--dry-run] [--json]',
    summary: 'take an entry of the journal back (the last one, if none is named)',
    options: { yes, 'dry-run': dryRun, json },
    positionals: [0, 1],
    mutates: true,
    load: async () => (await import('./undo.ts')).undo,
  },
  {
    name: 'emulator',
    usage: '[--port N] [--findings N] [--latency MS] [--seed N]',
    summary: 'Access Analyzer, IAM and STS on a loopback port, for other AWS clients',
    options: {
      port: { type: 'string', value: 'N', help: 'port (default: a free one)' },
      findings: { type: 'string', value: 'N', help: 'a plain world of N findings instead of the demo' },
      latency: { type: 'string', value: 'MS', help: 'delay of every answer' },
      seed: { type: 'string', value: 'N', help: 'seed of the world (default: 1)' },
    },
    positionals: [0, 0],
    mutates: false,
    load: async () => (await import('./emulator.ts')).emulator,
  },
  {
    name: 'doctor',
    usage: '[--json]',
    summary: 'what works and what does not: program, settings, store, credentials, Regions',
    options: { json },
    positionals: [0, 0],
    mutates: false,
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'permissions',
    usage: '[MODE]',
    summary: 'the least IAM policy for each mode of use',
    options: {},
    positionals: [0, 1],
    mutates: false,
    load: async () => (await import('./permissions.ts')).permissions,
  },
  {
    name: 'themes',
    usage: '',
    summary: 'the themes, and where to put your own',
    options: {},
    positionals: [0, 0],
    mutates: false,
    load: async () => (await import('./themes.ts')).themes,
  },
];

import type { Plan } from '../domain/journal.ts';
import type { Problem } from '../domain/problem.ts';
import type { Recovery } from '../triage/recover.ts';
import type { RuleEditor } from './rules/rule-editor.ts';
import type { ExportFirstDialog, ImportDialog } from './rules/rules-file.ts';
import type { TextField } from './text-field.ts';

/**
 * What stands over a screen and takes its keys: one value, never a set of flags. `openedAt` is the serial number of the
 * input chunk that opened it; keys of the same chunk are not for it.
 */
export type Dialog = { readonly openedAt: number } & DialogContent;

/** `openedAt` of a dialog that no key opened: it came with an answer. */
export const OPENED_BY_ANSWER = -1;

export type DialogContent =
  /** A plan is being made; esc drops it. */
  | {
      readonly kind: 'planning';
      readonly title: string;
      readonly serial: number;
      /** What was being written, to go back to. */
      readonly back?: WrittenDialog;
    }
  /** Confirms a plan: what and how many, per analyzer and Region, public ones named. */
  | {
      readonly kind: 'confirm';
      readonly plan: Plan;
      /** What it acts on, by name, as far as the list knows the names. */
      readonly names?: readonly string[];
      readonly reason: TextField;
      /** What was typed where the plan asks for a word. */
      readonly typed: TextField;
      readonly focus: 'reason' | 'typed' | 'none';
      readonly scroll: number;
      /** Said after an enter that could not be obeyed. */
      readonly problem?: string;
      readonly back?: WrittenDialog;
    }
  | { readonly kind: 'menu'; readonly menu: Menu; readonly chosen: number }
  | { readonly kind: 'palette'; readonly field: TextField; readonly chosen: number }
  | { readonly kind: 'help'; readonly scroll: number }
  | { readonly kind: 'themes'; readonly before: string; readonly chosen: number }
  | { readonly kind: 'save-view'; readonly field: TextField; readonly problem?: string }
  /** The outcome of a change, finding by finding, where not all went as planned. */
  | { readonly kind: 'outcome'; readonly entryId: number; readonly scroll: number }
  /** At start: changes that a dead program left in flight, with the truth read back. `f` finishes, `u` undoes the first that was read. */
  | { readonly kind: 'recovered'; readonly recoveries: readonly Recovery[]; readonly scroll: number }
  | RuleEditor
  | ImportDialog
  | ExportFirstDialog
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** Asks for the organization that may keep an access. */
  | { readonly kind: 'organization'; readonly field: TextField; readonly problem?: string }
  /** Names what a paid check costs before it is made. */
  | { readonly kind: 'price'; readonly text: string };

/** Dialogs in which something is written, on the way to a plan. */
export type WrittenDialog = RuleEditor | ImportDialog;

/** Menus: sort order, saved views, columns, what to copy, what to export, which link. */
export interface Menu {
  readonly id:
    | 'sort'
    | 'views'
    | 'columns'
    | 'copy'
    | 'export'
    | 'links'
    | 'copy-policy'
    | 'save-policy'
    | 'export-rules'
    | 'delete-analyzer';
  readonly title: string;
  readonly items: readonly MenuItem[];
}

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** Right-hand side: the text to copy, the filter of a view … */
  readonly hint: string;
  /** One key that chooses it at once. */
  readonly key?: string;
  /** Whole text to copy, where the hint is only its beginning. */
  readonly value?: string;
  /** Already in force (sort order, view, column). */
  readonly current?: boolean;
  /** del takes it away: a view of one's own. */
  readonly deletable?: boolean;
}

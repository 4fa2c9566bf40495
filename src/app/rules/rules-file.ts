import type { TextField } from '../text-field.ts';

/** Dialogs about files of archive rules. */

/** What becomes of a rule that is there already with another filter. */
export const ON_TAKEN = ['refuse', 'skip', 'replace'] as const;
export type OnTaken = (typeof ON_TAKEN)[number];

/** Which file to import, and how. Focus: 0 file, 1 rules that differ, 2 rules that AWS refuses, 3 apply. */
export interface ImportDialog {
  readonly kind: 'import-rules';
  readonly field: TextField;
  readonly onTaken: OnTaken;
  /** Takes the rest where AWS would refuse a rule of the file. */
  readonly partial: boolean;
  readonly apply: boolean;
  readonly focus: number;
  /** Files and folders that begin as what is typed. */
  readonly paths: readonly string[];
  readonly problem?: string;
}

export const IMPORT_FIELDS = 4;

/** An analyzer that is to be deleted, with what would be lost. */
export interface DeleteOffer {
  readonly profile: string;
  readonly region: string;
  readonly arn: string;
  readonly name: string;
  /** Archive rules that it has. */
  readonly rules: number;
  /** Where they would be exported. */
  readonly path: string;
}

/** Before an analyzer is deleted: whether and where to save its rules. Focus: 0 whether, 1 file. */
export interface ExportFirstDialog {
  readonly kind: 'export-first';
  readonly offer: DeleteOffer;
  readonly wanted: boolean;
  readonly field: TextField;
  readonly focus: number;
  readonly problem?: string;
}

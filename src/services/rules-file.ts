import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, type Result, succeed } from '../domain/problem.ts';
import {
  formatRulesDocument,
  parseRulesDocument,
  type RulesDocument,
} from '../domain/rules/rules-document.ts';
import { toCloudFormation, toTerraform } from '../domain/rules/to-templates.ts';
import { cleanText } from '../domain/text.ts';
import { writeNewFile } from './new-file.ts';

/** Archive rules in files: what `rules import` reads again, and templates. */

export const RULE_FORMATS = ['json', 'cloudformation', 'terraform'] as const;
export type RuleFormat = (typeof RULE_FORMATS)[number];

const FORMATS: Readonly<
  Record<RuleFormat, { readonly ending: string; readonly format: (document: RulesDocument) => string }>
> = {
  json: { ending: 'json', format: formatRulesDocument },
  cloudformation: { ending: 'template.json', format: toCloudFormation },
  terraform: { ending: 'tf', format: toTerraform },
};

export const formatRules = (document: RulesDocument, format: RuleFormat): string =>
  FORMATS[format].format(document);

/** `iam-triage-rules-main-2026-01-15T12-00-00.json`; `what` is an analyzer's or a rule's name, or ''. */
export function rulesPath(folder: string, what: string, at: number, format: RuleFormat = 'json'): string {
  const time = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');
  const parts = ['iam-triage-rules', what, time].filter((part) => part !== '');
  return join(folder, `${parts.join('-')}.${FORMATS[format].ending}`);
}

/** To a new file: nothing is ever overwritten. */
export async function writeRules(
  path: string,
  document: RulesDocument,
  format: RuleFormat = 'json',
): Promise<Result<void>> {
  const written = await writeNewFile(path, [formatRules(document, format)]);
  return written.ok
    ? written
    : fail({ ...written.problem, hint: 'Name a new file, in a folder you may write to.' });
}

/** Reads an exported file; says what is wrong with it. */
export async function readRules(path: string): Promise<Result<RulesDocument>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { message } = error as NodeJS.ErrnoException;
    const why = `The file ${cleanText(path)} could not be read: ${cleanText(message)}.`;
    return fail({ kind: 'file', message: why });
  }
  const parsed = parseRulesDocument(text);
  return parsed.ok ? succeed(parsed.value) : parsed;
}

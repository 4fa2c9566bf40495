import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fail, type Result } from '../domain/problem.ts';
import { parseRulesDocument, type RulesDocument } from '../domain/rules/rules-document.ts';
import { formatRules, RULE_FORMAT_ENDINGS, type RuleFormat } from '../domain/rules/rules-format.ts';
import { cleanText } from '../domain/text.ts';
import { writeNewFile } from './new-file.ts';

/** Archive rules in files: what `rules import` reads again, and templates. */

/** `iam-triage-rules-main-2026-01-15T12-00-00.json`; `what` is an analyzer's or a rule's name, or ''. */
export function rulesPath(folder: string, what: string, at: number, format: RuleFormat = 'json'): string {
  const time = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');
  const parts = ['iam-triage-rules', what, time].filter((part) => part !== '');
  return join(folder, `${parts.join('-')}.${RULE_FORMAT_ENDINGS[format]}`);
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

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is none of that name',
  EACCES: 'you may not read it',
  EISDIR: 'it is a folder',
};

/** Reads an exported file; says what is wrong with it. */
export async function readRules(path: string): Promise<Result<RulesDocument>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = REASONS[code ?? ''] ?? cleanText(message);
    return fail({ kind: 'file', message: `The file ${cleanText(path)} could not be read: ${why}.` });
  }
  return parseRulesDocument(text);
}

const PATHS_FOUND = 200;

/** Folders and files that begin as what was typed; folders end in a slash. What cannot be read completes nothing. */
export async function completePath(text: string, folder: string): Promise<readonly string[]> {
  const at = text.lastIndexOf('/') + 1;
  const typed = text.slice(0, at);
  const beginning = text.slice(at);
  const entries = await readdir(toPath(typed, folder), { withFileTypes: true }).catch(() => []);
  return entries
    .filter(({ name }) => name.startsWith(beginning) && (beginning !== '' || !name.startsWith('.')))
    .slice(0, PATHS_FOUND)
    .map((entry) => `${typed}${entry.name}${entry.isDirectory() ? '/' : ''}`)
    .sort();
}

/** A path as a person types it: `~/` is the home folder, and the rest begins where the program was started. */
export const toPath = (text: string, folder: string): string =>
  resolve(folder, text.startsWith('~/') ? join(homedir(), text.slice(2)) : text);

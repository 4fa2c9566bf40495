import type { AuditNote } from '../../domain/rules/audit.ts';
import { cleanText } from '../../domain/text.ts';
import { toJsonText } from '../../domain/json-text.ts';
import { analyzerNameOf } from '../../triage/summarize-plan.ts';
import { formatSummary } from '../list.ts';
import { print } from '../print.ts';
import type { RulesCommand } from './rules-command.ts';

/** `rules audit`: what is dangerous, useless or uneven; exit code 3 when a rule hides or can hide public access. */
export const audit: RulesCommand = async ({ io, options, service, store, runtime }) => {
  const notes = service.audit();
  await print(io.out, options.flag('json') ? `${toJsonText(notes)}\n` : notes.map(formatNote).join(''));
  if (notes.length === 0) io.err.write(`${service.rules.length} archive rules, nothing to say about them.\n`);
  io.err.write(formatSummary(store.summary(), runtime));
  return notes.some(({ level }) => level === 'danger') ? 3 : 0;
};

const MARKS: Readonly<Record<AuditNote['level'], string>> = { danger: '!!', warning: '! ', note: '  ' };

function formatNote({ level, analyzerArn, ruleName, message }: AuditNote): string {
  const region = analyzerArn.split(':')[3] ?? '';
  const place = [region, analyzerNameOf(analyzerArn), ...(ruleName === undefined ? [] : [ruleName])].join(
    '/',
  );
  return `${MARKS[level]} ${level.padEnd(7)}  ${cleanText(place)}: ${cleanText(message)}\n`;
}

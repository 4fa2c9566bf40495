import { shellQuote } from '../../domain/command-line.ts';
import { proposeRuleName } from '../../domain/rules/rule-name.ts';
import type { Suggestion } from '../../domain/rules/suggest.ts';
import { cleanText } from '../../domain/text.ts';
import { toJsonText } from '../../domain/json-text.ts';
import { print } from '../print.ts';
import type { RulesCommand } from './rules-command.ts';

/** `rules suggest`: what was archived by hand again and again, as rules; shown, never created. */
export const suggest: RulesCommand = async ({ io, options, service }) => {
  const taken = service.rules.map(({ ruleName }) => ruleName);
  const named = service.suggestions().map((suggestion) => {
    const name = proposeRuleName(suggestion.criteria, taken);
    return { name, ...suggestion, command: commandFor(name, suggestion) };
  });
  const text = named
    .map(({ message, times, command }) => `${cleanText(message)} Archived in ${times} goes.\n  ${command}\n`)
    .join('');
  await print(io.out, options.flag('json') ? `${toJsonText(named)}\n` : text);
  if (named.length === 0) io.err.write('Nothing was archived by hand often enough to suggest a rule.\n');
  return 0;
};

function commandFor(name: string, { criteria, analyzerArns }: Suggestion): string {
  const analyzers = analyzerArns.flatMap((arn) => ['--analyzer', arn]);
  return ['iam-triage', 'rules', 'create', name, ...analyzers, '--criteria', JSON.stringify(criteria)]
    .map(shellQuote)
    .join(' ');
}

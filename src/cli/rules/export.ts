import { nearest } from '../../domain/nearest.ts';
import type { Problem } from '../../domain/problem.ts';
import { formatRulesDocument, type RulesDocument } from '../../domain/rules/rules-document.ts';
import { toCloudFormation, toTerraform } from '../../domain/rules/to-templates.ts';
import { cleanText } from '../../domain/text.ts';
import { print } from '../print.ts';
import { chooseAnalyzers } from './choose.ts';
import type { RulesCommand } from './rules-command.ts';

const FORMATS: Readonly<Record<string, (document: RulesDocument) => string>> = {
  json: formatRulesDocument,
  cloudformation: toCloudFormation,
  terraform: toTerraform,
};

/** `rules export`: the rules on stdout, as `rules import` reads them, or as a template. */
export const exportRules: RulesCommand = async (input) => {
  const { io, options, service } = input;
  const name = options.text('format') ?? 'json';
  const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  if (format === undefined) return noSuchFormat(name);
  const all = options.texts('analyzer').length === 0;
  const analyzers = all ? undefined : chooseAnalyzers(input);
  if (analyzers?.ok === false) return analyzers.problem;
  await print(io.out, format(service.document(analyzers?.value)));
  return 0;
};

function noSuchFormat(name: string): Problem {
  const near = nearest(name, Object.keys(FORMATS));
  return {
    kind: 'usage',
    message: `There is no format "${cleanText(name)}"${near === undefined ? '.' : `; did you mean "${near}"?`}`,
    hint: `Formats: ${Object.keys(FORMATS).join(', ')}.`,
  };
}

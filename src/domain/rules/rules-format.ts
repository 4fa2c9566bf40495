import { formatRulesDocument, type RulesDocument } from './rules-document.ts';
import { toCloudFormation, toTerraform } from './to-templates.ts';

/** What archive rules can be exported as; `json` is what `rules import` reads again. */
export const RULE_FORMATS = ['json', 'cloudformation', 'terraform'] as const;
export type RuleFormat = (typeof RULE_FORMATS)[number];

const FORMATS: Readonly<Record<RuleFormat, (document: RulesDocument) => string>> = {
  json: formatRulesDocument,
  cloudformation: toCloudFormation,
  terraform: toTerraform,
};

export const formatRules = (document: RulesDocument, format: RuleFormat): string => FORMATS[format](document);

/** Ends of file names. */
export const RULE_FORMAT_ENDINGS: Readonly<Record<RuleFormat, string>> = {
  json: 'json',
  cloudformation: 'template.json',
  terraform: 'tf',
};

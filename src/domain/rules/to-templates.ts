import type { Criterion } from '../archive-rule.ts';
import { uniqueNames } from '../unique-names.ts';
import type { AnalyzerRules, RulesDocument } from './rules-document.ts';

/**
 * A CloudFormation template (JSON): rules are properties of their analyzer there (AWS::AccessAnalyzer::Analyzer,
 * ArchiveRules), so the template holds the analyzers and takes them over when it is imported into a stack.
 */
export function toCloudFormation({ exportedAt, analyzers }: RulesDocument): string {
  const names = uniqueNames(analyzers.map(({ name, region }) => pascalCase(`${name} ${region}`)));
  const resources = analyzers.map((analyzer, index) => [names[index], toAnalyzerResource(analyzer)]);
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Archive rules of IAM Access Analyzer, exported ${exportedAt}. One stack a Region: keep the analyzers of yours.`,
    Resources: Object.fromEntries(resources) as unknown,
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}

function toAnalyzerResource({ name, type, region, rules }: AnalyzerRules): unknown {
  return {
    Type: 'AWS::AccessAnalyzer::Analyzer',
    DeletionPolicy: 'Retain',
    Metadata: { Region: region },
    Properties: {
      AnalyzerName: name,
      Type: type,
      ArchiveRules: rules.map((rule) => ({
        RuleName: rule.name,
        Filter: Object.entries(rule.filter).map(([key, { eq, neq, contains, exists }]) => ({
          Property: key,
          ...(eq === undefined ? {} : { Eq: eq }),
          ...(neq === undefined ? {} : { Neq: neq }),
          ...(contains === undefined ? {} : { Contains: contains }),
          ...(exists === undefined ? {} : { Exists: exists }),
        })),
      })),
    },
  };
}

/** Terraform (HCL): one `aws_accessanalyzer_archive_rule` a rule, with the Region it belongs to in a comment. */
export function toTerraform({ exportedAt, analyzers }: RulesDocument): string {
  const rules = analyzers.flatMap((analyzer) => analyzer.rules.map((rule) => ({ analyzer, rule })));
  const names = uniqueNames(rules.map(({ analyzer, rule }) => snakeCase(`${rule.name} ${analyzer.region}`)));
  const blocks = rules.map(({ analyzer, rule }, index) =>
    [
      `# ${comment(analyzer.region)}, ${comment(analyzer.name)}. ${comment(rule.comment)}`,
      `resource "aws_accessanalyzer_archive_rule" ${hclText(names[index] ?? '')} {`,
      `  analyzer_name = ${hclText(analyzer.name)}`,
      `  rule_name     = ${hclText(rule.name)}`,
      ...Object.entries(rule.filter).flatMap(([key, criterion]) => ['', ...toFilterBlock(key, criterion)]),
      '}',
    ].join('\n'),
  );
  return (
    [`# Archive rules of IAM Access Analyzer, exported ${comment(exportedAt)}.`, ...blocks, '']
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

function toFilterBlock(key: string, { eq, neq, contains, exists }: Criterion): string[] {
  return [
    '  filter {',
    `    criteria = ${hclText(key)}`,
    ...(eq === undefined ? [] : [`    eq       = ${hclList(eq)}`]),
    ...(neq === undefined ? [] : [`    neq      = ${hclList(neq)}`]),
    ...(contains === undefined ? [] : [`    contains = ${hclList(contains)}`]),
    ...(exists === undefined ? [] : [`    exists   = ${hclText(String(exists))}`]),
    '  }',
  ];
}

/** JSON's escapes are HCL's; `${` and `%{` would start a template there. */
const hclText = (text: string): string =>
  JSON.stringify(text).replace(/[$%]\{/g, (start) => `${start[0] ?? ''}${start}`);
const hclList = (values: readonly string[]): string => `[${values.map(hclText).join(', ')}]`;
const comment = (text: string): string => text.replace(/\s+/g, ' ');

const wordsOf = (text: string): string[] => text.split(/[^A-Za-z0-9]+/).filter(Boolean);

/** CloudFormation's logical ids are alphanumeric. */
const pascalCase = (text: string): string =>
  wordsOf(text)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

/** Terraform's identifiers do not start with a digit. */
const snakeCase = (text: string): string => {
  const name = wordsOf(text).join('_').toLowerCase();
  return /^[a-z]/.test(name) ? name : `rule_${name}`;
};

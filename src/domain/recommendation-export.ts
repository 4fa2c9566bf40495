import type { Identity } from './iam/cell.ts';
import type { PolicyCondition, PolicyDocument, Statement } from './policy/document.ts';
import { parsePolicyDocument } from './policy/document.ts';
import { toPolicyJson } from './policy/format.ts';
import { uniqueNames } from './unique-names.ts';

/** A recommended policy on its way into a file or the clipboard. */
export interface ExportedPolicy {
  readonly name: string;
  readonly inline: boolean;
  /** JSON text. */
  readonly text: string;
}

export const EXPORT_FORMATS = ['json', 'cli', 'terraform', 'cloudformation'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

interface Export {
  readonly identity: Identity;
  readonly policies: readonly ExportedPolicy[];
  /** `aws` command lines that apply the recommendation, in the safe order. */
  readonly commands: readonly string[];
}

/** The recommendation in one format: a file for each policy, or one file for all. */
export function exportRecommendation(format: ExportFormat, given: Export): readonly ExportedFile[] {
  const { identity, policies, commands } = given;
  switch (format) {
    case 'json':
      return policies.map(({ name, text }) => ({
        name: `${safeName(name)}.json`,
        text: `${pretty(text)}\n`,
      }));
    case 'cli':
      return [{ name: 'apply.sh', text: `#!/bin/sh\nset -eu\n${commands.join('\n')}\n` }];
    case 'terraform':
      return [{ name: 'policies.tf', text: toTerraform(identity, policies) }];
    case 'cloudformation':
      return [{ name: 'policies.template.json', text: toCloudFormation(identity, policies) }];
  }
}

/** Never a path: what AWS allows in names is allowed in file names, dots at the front aside. */
const safeName = (name: string): string => name.replace(/[^\w+=,.@-]/g, '_').replace(/^\.+/, '_');

const pretty = (text: string): string => {
  const parsed = parsePolicyDocument(text);
  return parsed.ok ? JSON.stringify(toPolicyJson(parsed.value), undefined, 2) : text;
};

function toCloudFormation({ kind, name: who }: Identity, policies: readonly ExportedPolicy[]): string {
  const label = kind === 'role' ? 'Role' : 'User';
  const ids = uniqueNames(policies.map(({ name }) => logicalId(name)));
  const resources = policies.map(({ name, inline, text }, index) => {
    const PolicyDocument = JSON.parse(text) as unknown;
    const properties = inline
      ? { PolicyName: name, [`${label}Name`]: who, PolicyDocument }
      : { ManagedPolicyName: name, [`${label}s`]: [who], PolicyDocument };
    const Type = inline ? `AWS::IAM::${label}Policy` : 'AWS::IAM::ManagedPolicy';
    return [ids[index] ?? name, { Type, Properties: properties }] as const;
  });
  const template = { AWSTemplateFormatVersion: '2010-09-09', Resources: Object.fromEntries(resources) };
  return `${JSON.stringify(template, undefined, 2)}\n`;
}

/** Letters and digits only (CloudFormation User Guide, "Resources"). */
const logicalId = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .replace(/^(?![A-Za-z])/, 'Policy');

function toTerraform(identity: Identity, policies: readonly ExportedPolicy[]): string {
  const ids = uniqueNames(policies.map(({ name }) => identifier(name)));
  return policies.map((policy, index) => terraformOf(identity, policy, ids[index] ?? '')).join('\n');
}

/** Letters, digits and underscores, no digit first (Terraform language, "Identifiers"). */
const identifier = (name: string): string =>
  name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?![A-Za-z_])/, 'p_');

function terraformOf(
  { kind, name: who }: Identity,
  { name, inline, text }: ExportedPolicy,
  id: string,
): string {
  const parsed = parsePolicyDocument(text);
  const data = block(`data "aws_iam_policy_document" "${id}"`, parsed.ok ? documentBody(parsed.value) : []);
  const json = `data.aws_iam_policy_document.${id}.json`;
  const resource = inline
    ? block(`resource "aws_iam_${kind}_policy" "${id}"`, [
        `name = ${quote(name)}`,
        `${kind} = ${quote(who)}`,
        `policy = ${json}`,
      ])
    : [
        ...block(`resource "aws_iam_policy" "${id}"`, [`name = ${quote(name)}`, `policy = ${json}`]),
        ...block(`resource "aws_iam_${kind}_policy_attachment" "${id}"`, [
          `${kind} = ${quote(who)}`,
          `policy_arn = aws_iam_policy.${id}.arn`,
        ]),
      ];
  return `${[...data, ...resource].join('\n')}\n`;
}

const block = (head: string, body: readonly string[]): readonly string[] => [
  `${head} {`,
  ...body.map((line) => `  ${line}`),
  '}',
];

const documentBody = ({ version, statements }: PolicyDocument): readonly string[] => [
  ...(version === undefined ? [] : [`version = ${quote(version)}`]),
  ...statements.flatMap((statement) => block('statement', statementBody(statement))),
];

function statementBody({ sid, effect, actions, resources, conditions }: Statement): readonly string[] {
  return [
    ...(sid === undefined ? [] : [`sid = ${quote(sid)}`]),
    `effect = ${quote(effect)}`,
    `${actions.not ? 'not_actions' : 'actions'} = ${list(actions.values)}`,
    ...(resources === undefined
      ? []
      : [`${resources.not ? 'not_resources' : 'resources'} = ${list(resources.values)}`]),
    ...conditions.flatMap((condition) => block('condition', conditionBody(condition))),
  ];
}

const conditionBody = ({ operator, key, values }: PolicyCondition): readonly string[] => [
  `test = ${quote(operator)}`,
  `variable = ${quote(key)}`,
  `values = ${list(values)}`,
];

const list = (values: readonly string[]): string => `[${values.map(quote).join(', ')}]`;

/**
 * A quoted template of HCL. `aws_iam_policy_document` writes IAM's own variables as `&{…}`; other dollars and percents are
 * doubled so that Terraform leaves them alone.
 */
const quote = (text: string): string => JSON.stringify(text).replaceAll('${', '&{').replaceAll('%{', '%%{');

import { checkStatement } from './statement-checks.ts';
import { createIssues, type Issue, type PolicyType } from './issue.ts';
import { type JsonNode, JsonSyntaxError, parseJsonText, positionOf } from './policy-text.ts';

const TOP_ELEMENTS: ReadonlySet<string> = new Set(['Version', 'Id', 'Statement']);

/**
 * Findings of ValidatePolicy: the grammar, and those best practices that can be judged by the text alone. Names of
 * issues as in the IAM User Guide, "policy validation check reference".
 */
export function validatePolicy(text: string, policyType: PolicyType): readonly Issue[] {
  const issues = createIssues();
  try {
    checkPolicy(parseJsonText(text), policyType, issues);
  } catch (thrown) {
    if (!(thrown instanceof JsonSyntaxError)) throw thrown;
    const { line, column } = positionOf(text, thrown.offset);
    const where = { start: thrown.offset, end: Math.min(thrown.offset + 1, text.length) };
    issues.add('ERROR', 'JSON_SYNTAX_ERROR', `Fix the JSON syntax at line ${line}, column ${column}.`, {
      node: where,
      path: [],
    });
  }
  return issues.list();
}

type Issues = ReturnType<typeof createIssues>;

function checkPolicy(policy: JsonNode, policyType: PolicyType, issues: Issues): void {
  if (policy.kind !== 'object') {
    issues.add('ERROR', 'DATA_TYPE_MISMATCH', 'A policy is a JSON object.', { node: policy, path: [] });
    return;
  }
  for (const { key, value } of policy.members) {
    if (TOP_ELEMENTS.has(key)) continue;
    issues.add('ERROR', 'INVALID_POLICY_ELEMENT', `The element ${key} is not one of a policy.`, {
      node: value,
      path: [{ value: key }],
    });
  }
  const element = (name: string) => policy.members.find(({ key }) => key === name)?.value;
  checkVersion(element('Version'), policy, issues);
  const statement = element('Statement');
  if (statement === undefined) {
    issues.add('ERROR', 'MISSING_STATEMENT', 'Add a Statement to the policy.', { node: policy, path: [] });
    return;
  }
  const statements = statement.kind === 'list' ? statement.items : [statement];
  statements.forEach((each, index) => {
    const path = statement.kind === 'list' ? [{ value: 'Statement' }, { index }] : [{ value: 'Statement' }];
    checkStatement({ node: each, path }, policyType, issues);
  });
}

function checkVersion(version: JsonNode | undefined, policy: JsonNode, issues: Issues): void {
  if (version === undefined) {
    issues.add(
      'WARNING',
      'MISSING_VERSION',
      'Say which version of the policy language this is: 2012-10-17.',
      { node: policy, path: [] },
    );
    return;
  }
  const at = { node: version, path: [{ value: 'Version' }] };
  if (version.kind === 'text' && version.value === '2012-10-17') return;
  if (version.kind === 'text' && version.value === '2008-10-17') {
    issues.add(
      'WARNING',
      'OUTDATED_VERSION',
      'Version 2008-10-17 lacks policy variables; use 2012-10-17.',
      at,
    );
    return;
  }
  issues.add('ERROR', 'INVALID_VERSION', 'The version is 2012-10-17 or 2008-10-17.', at);
}

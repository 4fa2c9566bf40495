import { matchesAction } from '../world/wildcard.ts';
import type { Issues, Place, PolicyType } from './issue.ts';
import type { JsonNode } from './policy-text.ts';

const ELEMENTS: ReadonlySet<string> = new Set([
  ...[
    'Sid',
    'Effect',
    'Principal',
    'NotPrincipal',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Condition',
  ],
]);

/** A part of the text with what it is. */
interface Part extends Place {
  readonly node: JsonNode;
}

type Elements = ReadonlyMap<string, Part>;

/** The checks of one statement. `part.node` may be anything that JSON can say. */
export function checkStatement(part: Part, policyType: PolicyType, issues: Issues): void {
  if (part.node.kind !== 'object') {
    issues.add('ERROR', 'DATA_TYPE_MISMATCH', 'A statement is a JSON object.', part);
    return;
  }
  const elements: Elements = new Map(
    part.node.members.map(({ key, value }) => [key, { node: value, path: [...part.path, { value: key }] }]),
  );
  for (const [name, element] of elements) {
    if (!ELEMENTS.has(name))
      issues.add(
        'ERROR',
        'INVALID_POLICY_ELEMENT',
        `The element ${name} is not one of a statement.`,
        element,
      );
  }
  checkEffect(elements, part, issues);
  checkActions(elements, part, issues);
  checkPrincipal(elements, part, policyType, issues);
  checkResource(elements, part, policyType, issues);
  checkPassRole(elements, issues);
}

function checkEffect(elements: Elements, part: Part, issues: Issues): void {
  const effect = elements.get('Effect');
  if (effect === undefined) {
    issues.add('ERROR', 'MISSING_EFFECT', 'Add an Effect: Allow or Deny.', part);
  } else if (effect.node.kind !== 'text' || !['Allow', 'Deny'].includes(effect.node.value)) {
    issues.add('ERROR', 'INVALID_EFFECT', 'The Effect is Allow or Deny.', effect);
  }
}

function checkActions(elements: Elements, part: Part, issues: Issues): void {
  const action = elements.get('Action') ?? elements.get('NotAction');
  if (action === undefined) {
    issues.add('ERROR', 'MISSING_ACTION', 'Add an Action or NotAction.', part);
    return;
  }
  if (elements.has('Action') && elements.has('NotAction')) {
    issues.add(
      'ERROR',
      'UNSUPPORTED_ELEMENT_COMBINATION',
      'A statement has Action or NotAction, not both.',
      action,
    );
  }
  if (action.node.kind === 'list' && action.node.items.length === 0) {
    issues.add(
      'SUGGESTION',
      'EMPTY_ARRAY_ACTION',
      'The statement names no action, so it does nothing.',
      action,
    );
  }
  const parts = textsOf(action);
  for (const each of parts) checkAction(each, issues);
  checkRedundant(parts, issues);
}

interface TextPart extends Place {
  readonly value: string;
}

/** The texts of an element that is one text or a list of them. */
function textsOf(element: Part): readonly TextPart[] {
  const { node, path } = element;
  if (node.kind === 'text') return [{ node, path, value: node.value }];
  if (node.kind !== 'list') return [];
  return node.items.flatMap((item, index) =>
    item.kind === 'text' ? [{ node: item, path: [...path, { index }], value: item.value }] : [],
  );
}

/** Whether it can be an action's name at all. Whether its service has it is not judged: the world knows a few services only. */
function checkAction(part: TextPart, issues: Issues): void {
  if (part.value === '*') return;
  const [service = '', name] = part.value.split(':', 2);
  if (name === undefined || service === '' || name === '') {
    issues.add('ERROR', 'MISSING_SERVICE_PREFIX', 'An action is written service:name.', part);
    return;
  }
  if (/^[a-z0-9-]+$/i.test(service) && /^[a-z0-9*?]+$/i.test(name)) return;
  issues.add('ERROR', 'INVALID_ACTION', `${part.value} cannot be the name of an action.`, part);
}

function checkRedundant(parts: readonly TextPart[], issues: Issues): void {
  for (const part of parts) {
    const other = parts.find(
      (each) => each !== part && each.value !== part.value && matchesAction(each.value, part.value),
    );
    if (other === undefined) continue;
    issues.add('SUGGESTION', 'REDUNDANT_ACTION', `${part.value} is part of ${other.value} already.`, part);
  }
}

function checkPrincipal(elements: Elements, part: Part, policyType: PolicyType, issues: Issues): void {
  const principal = elements.get('Principal') ?? elements.get('NotPrincipal');
  if (policyType === 'IDENTITY_POLICY' || policyType === 'SERVICE_CONTROL_POLICY') {
    if (principal !== undefined)
      issues.add('ERROR', 'UNSUPPORTED_PRINCIPAL', 'This kind of policy has no Principal.', principal);
    return;
  }
  if (principal === undefined) {
    issues.add('ERROR', 'MISSING_PRINCIPAL', 'A resource policy names its Principal.', part);
  } else if (elements.has('NotPrincipal') && isText(elements.get('Effect'), 'Allow')) {
    issues.add(
      'SECURITY_WARNING',
      'ALLOW_WITH_NOT_PRINCIPAL',
      'Allow with NotPrincipal lets in everyone who is not named.',
      principal,
    );
  }
}

const isText = (part: Part | undefined, value: string): boolean =>
  part?.node.kind === 'text' && part.node.value === value;

/** Trust policies have no Resource: theirs is the role itself. */
function checkResource(elements: Elements, part: Part, policyType: PolicyType, issues: Issues): void {
  if (elements.has('Resource') || elements.has('NotResource') || policyType === 'RESOURCE_POLICY') return;
  issues.add('ERROR', 'MISSING_RESOURCE', 'Add a Resource or NotResource.', part);
}

/** iam:PassRole on every role lets its holder hand any role to a service. */
function checkPassRole(elements: Elements, issues: Issues): void {
  const resource = elements.get('Resource');
  const action = elements.get('Action');
  if (resource === undefined || action === undefined || !isText(elements.get('Effect'), 'Allow')) return;
  if (elements.has('Condition')) return;
  const everywhere = textsOf(resource).find(({ value }) => value === '*');
  const passes = textsOf(action).find(({ value }) => matchesAction(value, 'iam:PassRole'));
  if (everywhere === undefined || passes === undefined) return;
  const wildcard = passes.value.toLowerCase() !== 'iam:passrole';
  const code = wildcard ? 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE' : 'PASS_ROLE_WITH_STAR_IN_RESOURCE';
  issues.add(
    'SECURITY_WARNING',
    code,
    'Name the roles that may be passed, or add the condition iam:PassedToService.',
    everywhere,
  );
}

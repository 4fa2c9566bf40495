import type { PolicyDocument, PolicyPrincipal, Statement } from './document.ts';

/** IAM takes no trust policy without a statement; this one lets nobody in. */
export const NOBODY: Statement = {
  sid: 'Nobody',
  effect: 'Deny',
  principals: { not: false, values: [{ type: 'AWS', value: '*' }] },
  actions: { not: false, values: ['sts:AssumeRole'] },
  resources: undefined,
  conditions: [],
};

/**
 * A user or role that was deleted stands in a policy as its unique id. It can do nothing, and IAM takes no policy that
 * names one (IAM User Guide, "AWS JSON policy elements: Principal").
 */
const isDeleted = ({ type, value }: PolicyPrincipal): boolean =>
  type === 'AWS' && /^A(?:IDA|ROA)[A-Z0-9]{12,}$/.test(value);

/** Unique ids of deleted principals that a policy names, each once. */
export const deletedPrincipals = ({ statements }: PolicyDocument): readonly string[] => [
  ...new Set(
    statements
      .flatMap(({ principals }) => principals?.values ?? [])
      .filter(isDeleted)
      .map(({ value }) => value),
  ),
];

/** The policy as IAM takes it, which means the same: without deleted principals, and with a statement at least. */
export function toSettable(policy: PolicyDocument): PolicyDocument {
  if (deletedPrincipals(policy).length === 0) return policy;
  const statements = policy.statements.flatMap((statement) => {
    const { principals } = statement;
    const living = principals?.values.filter((one) => !isDeleted(one)) ?? [];
    if (principals === undefined || living.length === principals.values.length) return [statement];
    return living.length === 0 ? [] : [{ ...statement, principals: { ...principals, values: living } }];
  });
  return { ...policy, statements: statements.length === 0 ? [NOBODY] : statements };
}

/** Policy texts in a few words, as a person would put them into the console. */
type Names = string | readonly string[];

export interface StatementFacts {
  readonly sid?: string;
  readonly effect?: 'Allow' | 'Deny';
  /** `*`, or names by type: `{ AWS: … }`, `{ Federated: … }`, `{ Service: … }`. */
  readonly principal?: '*' | Readonly<Record<string, Names>>;
  readonly action: Names;
  readonly resource?: Names;
  /** Operator → key → values. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, Names>>>>;
}

const toStatement = ({ sid, effect, principal, action, resource, condition }: StatementFacts): object => ({
  ...(sid === undefined ? {} : { Sid: sid }),
  Effect: effect ?? 'Allow',
  ...(principal === undefined ? {} : { Principal: principal }),
  Action: action,
  ...(resource === undefined ? {} : { Resource: resource }),
  ...(condition === undefined ? {} : { Condition: condition }),
});

export const formatPolicy = (...statements: readonly StatementFacts[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements.map(toStatement) }, undefined, 2);

export const rootOf = (account: string): string => `arn:aws:iam::${account}:root`;

/** Trust in a whole account. */
export const trustAccount = (account: string, condition?: StatementFacts['condition']): string =>
  formatPolicy({
    principal: { AWS: rootOf(account) },
    action: 'sts:AssumeRole',
    ...(condition && { condition }),
  });

/** Trust in an AWS service, e.g. `ecs-tasks.amazonaws.com`. */
export const trustService = (service: string): string =>
  formatPolicy({ principal: { Service: service }, action: 'sts:AssumeRole' });

/** Trust in an identity provider of web tokens. */
export const trustWeb = (provider: string, condition: StatementFacts['condition']): string =>
  formatPolicy({
    principal: { Federated: provider },
    action: 'sts:AssumeRoleWithWebIdentity',
    ...(condition && { condition }),
  });

export const trustSaml = (provider: string): string =>
  formatPolicy({
    principal: { Federated: provider },
    action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
    condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
  });

import { namespaceOfType } from './access.ts';
import { analyzerMeets } from './limits.ts';
import type { Resource } from './model.ts';
import { coversAction, parsePolicy, type PrincipalName, type Statement } from './policy.ts';

/** What the analyzer must be allowed to call to read a resource's policy. */
const READ_POLICY: Readonly<Record<string, string>> = {
  s3: 's3:GetBucketPolicy',
  kms: 'kms:GetKeyPolicy',
  sqs: 'sqs:GetQueueAttributes',
  sns: 'sns:GetTopicAttributes',
  lambda: 'lambda:GetPolicy',
  secretsmanager: 'secretsmanager:GetResourcePolicy',
  ecr: 'ecr:GetRepositoryPolicy',
  dynamodb: 'dynamodb:GetResourcePolicy',
};

const isEveryone = ({ value }: PrincipalName): boolean => value === '*';

const shutsOut = (statement: Statement, read: string, account: string, organizationId: string): boolean =>
  statement.effect === 'Deny' &&
  coversAction(statement, read) &&
  statement.principals?.values.some(isEveryone) === true &&
  analyzerMeets(statement.conditions, account, organizationId);

/**
 * Why a resource cannot be analyzed: a Deny in its own policy that also meets the analyzer's service-linked role
 * (ACCESS_DENIED), or the service's own failure (INTERNAL_ERROR).
 */
export function analysisErrorOf(
  resource: Resource,
  organizationId: string,
): 'ACCESS_DENIED' | 'INTERNAL_ERROR' | undefined {
  if (resource.analysisFails === true) return 'INTERNAL_ERROR';
  const read = READ_POLICY[namespaceOfType(resource.type)];
  if (read === undefined || resource.policy === undefined) return undefined;
  const denied = parsePolicy(resource.policy).statements.some((statement) =>
    shutsOut(statement, read, resource.account, organizationId),
  );
  return denied ? 'ACCESS_DENIED' : undefined;
}

import { parseArn } from '../../domain/arn.ts';
import type { Problem } from '../../domain/problem.ts';

/**
 * IAM refuses to change the roles of IAM Identity Center and service-linked ones: they are told by their path (IAM User
 * Guide, "IAM identifiers" and "Create a service-linked role"). undefined: the role, or whatever it is, may be changed.
 */
export function protectedRole(arn: string): Problem | undefined {
  const { service, resourceType, resourceName = '' } = parseArn(arn) ?? {};
  const [owner, ...rest] = resourceName.split('/');
  if (
    service !== 'iam' ||
    resourceType !== 'role' ||
    (owner !== 'aws-reserved' && owner !== 'aws-service-role')
  )
    return undefined;
  const what =
    owner === 'aws-reserved'
      ? 'Change its permission set, or who is assigned to it, in IAM Identity Center'
      : 'Change or remove it through the service that made it';
  return {
    kind: 'denied',
    message: `The role ${rest.at(-1) ?? resourceName} is managed by AWS: IAM lets nobody else change or delete it.`,
    hint: `${what}; archive the finding if the access is meant.`,
  };
}

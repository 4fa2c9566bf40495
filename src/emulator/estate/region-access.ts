import { accessDenied, ServiceError } from '../wire/service-error.ts';
import type { Caller } from './caller.ts';
import type { Estate } from './estate.ts';

/**
 * Regions that are on in every account of their partition; the others are opted into, account by account.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
const ALWAYS_ON: Readonly<Record<string, readonly string[]>> = {
  aws: [
    ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
    ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'ap-south-1'],
    ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-southeast-1', 'ap-southeast-2'],
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  'aws-eusc': ['eusc-de-east-1'],
};

/** A Region that is off knows nobody: authentication fails there, in every service. */
export function requireEnabledRegion(estate: Estate, caller: Caller, region: string): void {
  const on = ALWAYS_ON[estate.world.partition]?.includes(region) === true;
  if (on || estate.world.accounts.get(caller.account)?.optInRegions.includes(region) === true) return;
  throw new ServiceError(
    403,
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  );
}

/** A service control policy may deny a Region: who asks is known, and refused by name. */
export function requireAllowedRegion(
  estate: Estate,
  caller: Caller,
  region: string,
  operationName: string,
): void {
  if (estate.world.accounts.get(caller.account)?.deniedRegions.includes(region) !== true) return;
  const { partition } = estate.world;
  throw accessDenied(
    `User: ${caller.arn} is not authorized to perform: access-analyzer:${operationName} on resource: ` +
      `arn:${partition}:access-analyzer:${region}:${caller.account}:* with an explicit deny in a service control policy`,
  );
}

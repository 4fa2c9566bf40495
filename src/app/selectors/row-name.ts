import { shortResource } from '../../domain/arn.ts';
import type { ExposureRow } from '../../domain/listing.ts';
import { kindOf } from '../../domain/resource-kind.ts';
import { cleanText } from '../../domain/text.ts';

/** `role svc/app-00000`: what a row is about, in the words of the list. */
export const resourceName = ({
  resource,
  resourceType,
}: Pick<ExposureRow, 'resource' | 'resourceType'>): string =>
  cleanText(`${kindOf(resourceType)} ${shortResource(resource, resourceType)}`);

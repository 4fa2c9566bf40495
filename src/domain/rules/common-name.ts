import { parseArn } from '../arn.ts';

/** Characters that a shared part must have beyond what every ARN of its kind has, to mean something. */
const LEAST = 3;

/**
 * What the names of resources have in common, as text that all of their ARNs contain and that says more than "an ARN of
 * this kind": `arn:aws:s3:::ext-data-`. It ends at a separator, so that it is a family and not a coincidence of digits.
 */
export function commonNamePart(resources: readonly string[]): string | undefined {
  return sharedStart(resources, nameStart) ?? sharedStart(resources.map(resourcePart), typeEnd);
}

/** `from` gives where in a text its own name starts: what is shared must reach LEAST beyond that. */
function sharedStart(texts: readonly string[], from: (text: string) => number): string | undefined {
  const [first] = texts;
  if (first === undefined) return undefined;
  let length = first.length;
  for (const text of texts) while (!text.startsWith(first.slice(0, length))) length -= 1;
  const family = first.slice(0, length).replace(/[^-_./:]*$/, '');
  return family.length >= from(first) + LEAST ? family : undefined;
}

function nameStart(arn: string): number {
  const part = resourcePart(arn);
  return arn.length - part.length + typeEnd(part);
}

const resourcePart = (arn: string): string => parseArn(arn)?.resource ?? arn;

/** Where `role/`, `key/` ends; 0 for a resource without such a type, as a bucket. */
const typeEnd = (part: string): number => /^[a-z-]+[/:]/.exec(part)?.[0].length ?? 0;

import type * as Sdk from '@aws-sdk/client-iam';
import { toProblem } from '../domain/problem.ts';
import type { SendOptions } from './calls.ts';

/** Sends one IAM call; names the operation for error sentences. */
export type IamRun = <T>(
  operation: string,
  send: (client: Sdk.IAMClient, sdk: typeof Sdk, options: SendOptions) => Promise<T>,
) => Promise<T>;

/** undefined for what IAM does not have. */
export async function orMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (thrown) {
    if (toProblem(thrown).kind === 'not-found') return undefined;
    throw thrown;
  }
}

/** Documents travel percent-encoded (API reference, "PolicyVersion"). */
export const decodeDocument = (text: string | undefined): string => decodeURIComponent(text ?? '');

/**
 * Tags as a client may set them. Those that begin with `aws:` are AWS's own (CloudFormation leaves some): nobody else can
 * put them there, and a request that tries is refused (IAM User Guide, "Tags for AWS IAM resources").
 */
export const toTags = (tags: readonly Sdk.Tag[] | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (tags ?? []).flatMap(({ Key = '', Value = '' }) => (/^aws:/i.test(Key) ? [] : [[Key, Value]])),
  );

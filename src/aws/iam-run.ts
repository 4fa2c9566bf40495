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

export const toTags = (tags: readonly Sdk.Tag[] | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));

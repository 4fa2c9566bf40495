/** What was asked, of whom and as whom: the words of the sentence a person reads. */
export interface RequestContext {
  /** IAM's name of what was called, e.g. access-analyzer:ListFindings. */
  readonly iamAction: string;
  readonly profile: string;
  readonly region: string;
  /** The endpoint where it is not AWS's own. */
  readonly endpoint: string | undefined;
  /** Signs in through IAM Identity Center: `aws sso login` is what refreshes it. */
  readonly usesSso: boolean;
}

/** What SDK errors may carry; each field is as untrusted as the answer it came from. */
export interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly status: number | undefined;
  readonly fields: readonly string[];
  readonly notJson: boolean;
}

/** Whatever was thrown, as far as it can be told what it says. */
export function readError(thrown: unknown): SdkError {
  const of = (thrown ?? {}) as Loose;
  // A connection tried over several addresses fails with one error for each.
  const inner = of.errors?.[0];
  const codes = [of.code, of.Code, inner?.code, of.cause?.code];
  return {
    name: of.name ?? 'Error',
    message: thrown instanceof Error ? thrown.message || (inner?.message ?? '') : String(thrown),
    code: codes.find((code) => typeof code === 'string'),
    status: of.$metadata?.httpStatusCode,
    fields: fieldsOf(of.fieldList),
    notJson: isNotJson(of),
  };
}

/** An error as far as it is looked at; what the SDK and Node put there is not declared in one place. */
interface Loose {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly Code?: string;
  readonly errors?: readonly Loose[];
  readonly cause?: Loose;
  readonly fieldList?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

function fieldsOf(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  return (list as { name?: string; message?: string }[]).map(
    (field) => `${field.name ?? '?'}: ${field.message ?? ''}`,
  );
}

/** The SDK hides the raw answer in `$response`; its content type tells a proxy's page from the service's JSON. */
function isNotJson(error: Loose): boolean {
  const type = error.$response?.headers?.['content-type'];
  return type !== undefined && !/json|xml/.test(type) && /html|text/.test(type);
}

import { type Answer, jsonAnswer, xmlAnswer } from './answer.ts';
import { element } from './xml.ts';

/** A refusal that an AWS service would send. Thrown by handlers, turned into an answer at one place. */
export class ServiceError extends Error {
  readonly status: number;
  readonly code: string;
  /** Members of the error's shape beside `message`. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    extra: { readonly members?: Record<string, unknown>; readonly headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = 'ServiceError';
    this.status = status;
    this.code = code;
    this.members = extra.members ?? {};
    this.headers = extra.headers ?? {};
  }
}

export type ValidationReason =
  'unknownOperation' | 'cannotParse' | 'fieldValidationFailed' | 'other' | 'notSupported';

export interface FieldViolation {
  readonly name: string;
  readonly message: string;
}

/** 400 ValidationException; `reason` and `fieldList` as in the API model. */
export function validationError(
  message: string,
  reason: ValidationReason = 'fieldValidationFailed',
  fieldList: readonly FieldViolation[] = [],
): ServiceError {
  const members = { reason, ...(fieldList.length === 0 ? {} : { fieldList }) };
  return new ServiceError(400, 'ValidationException', message, { members });
}

export const notFound = (resourceType: string, resourceId: string): ServiceError =>
  new ServiceError(404, 'ResourceNotFoundException', `${resourceType} ${resourceId} not found`, {
    members: { resourceId, resourceType },
  });

export const conflict = (resourceType: string, resourceId: string, message: string): ServiceError =>
  new ServiceError(409, 'ConflictException', message, { members: { resourceId, resourceType } });

/** Access Analyzer answers a full quota with 402, not 400 (API model). */
export const quotaExceeded = (resourceType: string, resourceId: string, message: string): ServiceError =>
  new ServiceError(402, 'ServiceQuotaExceededException', message, { members: { resourceId, resourceType } });

export const accessDenied = (message: string): ServiceError =>
  new ServiceError(403, 'AccessDeniedException', message);

/** restJson1: the error's name in a header, its members in the body. */
export const restJsonError = (error: ServiceError): Answer =>
  jsonAnswer(
    error.status,
    { message: error.message, ...error.members },
    { 'x-amzn-ErrorType': error.code, ...error.headers },
  );

/** What the Query services call, and with which status they answer, what the JSON services name otherwise. */
const QUERY_NAMES: Readonly<Record<string, readonly [status: number, code: string]>> = {
  ThrottlingException: [400, 'Throttling'],
  InternalServerException: [500, 'InternalFailure'],
  UnrecognizedClientException: [403, 'InvalidClientTokenId'],
};

/** AWS Query (STS, IAM): an ErrorResponse document. Codes lack the suffix that the JSON services have. */
export function queryError(error: ServiceError, requestId: string, namespace: string): Answer {
  const [status, code] = QUERY_NAMES[error.code] ?? [error.status, error.code.replace(/Exception$/, '')];
  const body =
    element('Type', status < 500 ? 'Sender' : 'Receiver') +
    element('Code', code) +
    element('Message', error.message);
  const answer = xmlAnswer(
    status,
    `<ErrorResponse xmlns="${namespace}"><Error>${body}</Error>${element('RequestId', requestId)}</ErrorResponse>`,
  );
  return { ...answer, headers: { ...answer.headers, ...error.headers } };
}

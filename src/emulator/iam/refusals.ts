import { ServiceError } from '../wire/service-error.ts';

/** IAM's error codes with their HTTP status (API reference, "Errors" of each operation). */

export const noSuchEntity = (message: string): ServiceError => new ServiceError(404, 'NoSuchEntity', message);

export const alreadyExists = (message: string): ServiceError =>
  new ServiceError(409, 'EntityAlreadyExists', message);

export const deleteConflict = (message: string): ServiceError =>
  new ServiceError(409, 'DeleteConflict', message);

export const limitExceeded = (message: string): ServiceError =>
  new ServiceError(409, 'LimitExceeded', message);

export const malformedPolicy = (message: string): ServiceError =>
  new ServiceError(400, 'MalformedPolicyDocument', message);

export const unmodifiable = (message: string): ServiceError =>
  new ServiceError(400, 'UnmodifiableEntity', message);

export const invalidInput = (message: string): ServiceError => new ServiceError(400, 'InvalidInput', message);

export const denied = (message: string): ServiceError => new ServiceError(403, 'AccessDenied', message);

import { ServiceError } from './service-error.ts';

/**
 * The credential scope of a Signature Version 4 request: `AKID/20260101/eu-west-1/access-analyzer/aws4_request`.
 * The emulator believes it and never checks the signature itself: it holds no secret keys.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export interface SigningScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const SCOPE = /^([A-Za-z0-9]{12,128})\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request$/;

/** Throws MissingAuthenticationToken or IncompleteSignature as the services do. */
export function readSigningScope(authorization: string | undefined): SigningScope {
  if (authorization === undefined || authorization === '') {
    throw new ServiceError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const credential = /^AWS4-HMAC-SHA256 .*Credential=([^,\s]+)/.exec(authorization)?.[1];
  const complete =
    /SignedHeaders=[^,\s]+/.test(authorization) && /Signature=[0-9a-f]{64}/.test(authorization);
  const [, accessKeyId, region, service] = SCOPE.exec(credential ?? '') ?? [];
  if (!complete || accessKeyId === undefined || region === undefined || service === undefined) {
    throw new ServiceError(
      403,
      'IncompleteSignatureException',
      'Authorization header requires Credential, SignedHeaders and Signature parameters.',
    );
  }
  return { accessKeyId, region, service };
}

import type { Answer } from '../wire/answer.ts';
import { xmlAnswer } from '../wire/answer.ts';
import { element } from '../wire/xml.ts';

/** AWS Query: parameters as a form in the body (or, for GET, in the query). */
export type QueryForm = URLSearchParams;

export function readForm(body: string, query: URLSearchParams): QueryForm {
  return body === '' ? query : new URLSearchParams(body);
}

/** `<NameResponse><NameResult>…</NameResult>…` */
export function queryAnswer(namespace: string, name: string, result: string, requestId: string): Answer {
  return xmlAnswer(
    200,
    `<${name}Response xmlns="${namespace}"><${name}Result>${result}</${name}Result>` +
      `<ResponseMetadata>${element('RequestId', requestId)}</ResponseMetadata></${name}Response>`,
  );
}

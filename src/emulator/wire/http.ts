import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery } from './fault-effect.ts';

/** Largest request body, bytes. The largest that a client of these services has reason to send is a policy. */
const LARGEST_BODY = 1024 * 1024;

/** A request, whole. */
export interface WireRequest {
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** `undefined`: the body is too large. */
export async function readRequest(message: IncomingMessage): Promise<WireRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  const url = message.url ?? '/';
  const queryAt = url.indexOf('?');
  return {
    method: message.method ?? 'GET',
    path: queryAt < 0 ? url : url.slice(0, queryAt),
    query: new URLSearchParams(queryAt < 0 ? '' : url.slice(queryAt + 1)),
    authorization: message.headers.authorization,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/**
 * Sends an answer, or what a fault leaves of it. `requestId` goes where AWS's services put theirs. A delay keeps no
 * process alive: the connection does, as long as its client waits.
 */
export async function deliver(
  delivery: Delivery,
  requestId: string,
  response: ServerResponse,
): Promise<void> {
  if (delivery.delayMs !== undefined && delivery.delayMs > 0)
    await wait(delivery.delayMs, undefined, { ref: false });
  if (response.destroyed) return;
  if (delivery.cut === 'drop') {
    response.socket?.destroy();
    return;
  }
  const { status, headers, body } = delivery.answer;
  const bytes = Buffer.from(body, 'utf8');
  response.writeHead(status, { ...headers, 'content-length': bytes.length, 'x-amzn-RequestId': requestId });
  if (delivery.cut === 'truncate') {
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.destroy());
    return;
  }
  response.end(bytes);
}

import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it passed by. */
export interface SeenRequest {
  /** As `performance.now()` says it. */
  readonly at: number;
  readonly method: string;
  /** With the query, as it was sent. */
  readonly url: string;
  /** The Region that it was signed for. */
  readonly region: string;
}

export interface WatchedEndpoint {
  readonly url: string;
  /** In the order in which they came; grows. */
  readonly seen: readonly SeenRequest[];
  stop(): void;
}

/** The Region in the scope of a signature: `Credential=AKIA…/20260314/us-east-1/access-analyzer/aws4_request`. */
const regionOf = (authorization = ''): string =>
  /Credential=[^/]+\/\d+\/([^/]+)\//.exec(authorization)?.[1] ?? '';

/** Stands before an endpoint and notes what is asked of it, and when. */
export async function watchEndpoint(target: string): Promise<WatchedEndpoint> {
  const seen: SeenRequest[] = [];
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, answer) => {
    const { method = '', url = '', headers } = incoming;
    seen.push({ at: performance.now(), method, url, region: regionOf(headers.authorization) });
    const passed = request(new URL(url, target), { method, headers, agent }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    incoming.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    stop: () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

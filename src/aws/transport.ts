import { readFileSync } from 'node:fs';
import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Environment } from './shared-config.ts';

export interface Timeouts {
  /** Milliseconds to connect. */
  readonly connect: number;
  /** Milliseconds for a whole answer's head, and for a pause within it. */
  readonly request: number;
}

export const TIMEOUTS: Timeouts = { connect: 5_000, request: 20_000 };

/** Connections at once to one host. Regions are different hosts; a proxy or the emulator is one for all. */
const SOCKETS = 64;

export interface Transport {
  /** The `requestHandler` of an SDK client that speaks to this endpoint (undefined: AWS's own). */
  handlerFor(endpoint: string | undefined): RequestHandlerOptions;
  close(): void;
}

export interface RequestHandlerOptions {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly socketTimeout: number;
  readonly throwOnRequestTimeout: true;
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

/**
 * Connections that all clients share and keep. HTTPS_PROXY, HTTP_PROXY, NO_PROXY (by Node ≥ 24.5) and AWS_CA_BUNDLE are
 * honoured, as the AWS CLI does; an endpoint on this machine is never reached through a proxy.
 */
export function createTransport(env: Environment, timeouts: Timeouts): Transport {
  const keep = { keepAlive: true, maxSockets: SOCKETS } as const;
  const proxied: AgentOptions = { ...keep, proxyEnv: { ...env } };
  const ca = certificatesOf(env);
  const direct = { http: new HttpAgent(keep), https: new HttpsAgent({ ...keep, ...ca }) };
  const outside = { http: new HttpAgent(proxied), https: new HttpsAgent({ ...proxied, ...ca }) };
  return {
    handlerFor: (endpoint) => {
      const agents = isLoopback(endpoint) ? direct : outside;
      return {
        connectionTimeout: timeouts.connect,
        requestTimeout: timeouts.request,
        socketTimeout: timeouts.request,
        throwOnRequestTimeout: true,
        httpAgent: agents.http,
        httpsAgent: agents.https,
      };
    },
    close: () => {
      for (const agent of [direct.http, direct.https, outside.http, outside.https]) agent.destroy();
    },
  };
}

function certificatesOf(env: Environment): { ca?: string } {
  const path = env['AWS_CA_BUNDLE'];
  return path === undefined || path === '' ? {} : { ca: readFileSync(path, 'utf8') };
}

const isLoopback = (endpoint: string | undefined): boolean =>
  endpoint !== undefined && /^(127\.|localhost$|\[::1\]$)/.test(new URL(endpoint).hostname);

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClock } from './clock.ts';
import { CONTROL_PREFIX, type Controls, handleControl } from './control.ts';
import { createDispatch, type Dispatch, type Dispatched } from './dispatch.ts';
import { createEstate } from './estate/create-estate.ts';
import type { Estate } from './estate/estate.ts';
import { runDailyPass, runWhatIsDue } from './estate/passing-time.ts';
import { createSetting, type WorldChoice } from './setting.ts';
import { type Answer, jsonAnswer } from './wire/answer.ts';
import { createFaults, type Faults } from './wire/fault.ts';
import { applyFault, type Delivery } from './wire/fault-effect.ts';
import { deliver, readRequest } from './wire/http.ts';
import { createRequestLog, type RequestLog } from './wire/request-log.ts';
import { uuidOf } from './ledger/finding-id.ts';
import { ServiceError } from './wire/service-error.ts';
import type { World } from './world/model.ts';

export interface EmulatorOptions {
  /** Where it listens; 0 or absent, the system chooses a free one. */
  readonly port?: number;
  readonly world: WorldChoice;
  readonly seed?: number;
  /** Added to every answer. */
  readonly latencyMs?: number;
  /** Outside clock, epoch ms. */
  readonly now?: () => number;
  /** Where the emulator's own time starts; absent: at the outside clock's. */
  readonly startAt?: number;
  /** How long a resource scan takes to show; a second and a half if it is not given. */
  readonly scanMs?: number;
  /** Time between two daily passes; a day if it is not given. */
  readonly passMs?: number;
}

export interface Emulator {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly world: World;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** What the services keep, for tests that look behind the wire. */
  readonly estate: Estate;
  /** Lets time pass: due scans happen, and a daily pass when a day has gone by. */
  advance(ms: number): void;
  /** Runs a daily pass now. */
  runDailyPass(): void;
  close(): Promise<void>;
}

const DEFAULT_SCAN_MS = 1500;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Serves Access Analyzer, IAM and STS on 127.0.0.1 until it is closed. Rejects when the port cannot be had. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const clock = createClock(options.now ?? Date.now, options.startAt);
  const setting = createSetting(options.world, options.seed ?? 1, clock.now());
  const estate = createEstate({
    ...setting,
    clock,
    scanMs: options.scanMs ?? DEFAULT_SCAN_MS,
    passMs: options.passMs ?? DAY_MS,
  });
  const controls: Controls = {
    faults: createFaults(),
    log: createRequestLog(),
    advance: (ms) => {
      clock.advance(ms);
      runWhatIsDue(estate);
    },
    runDailyPass: () => {
      runDailyPass(estate);
    },
  };
  const server = await listen(
    createListener(createDispatch(estate), controls, options.latencyMs ?? 0),
    options.port ?? 0,
  );
  const { port } = server.address() as AddressInfo;
  return {
    ...controls,
    url: `http://127.0.0.1:${port}`,
    world: estate.world,
    estate,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

type Listener = (message: IncomingMessage, response: ServerResponse) => Promise<void>;

function listen(listener: Listener, port: number): Promise<ReturnType<typeof createServer>> {
  const server = createServer((message, response) => {
    // What fails here is the connection itself: a client that left in the middle has nobody to be told.
    listener(message, response).catch(() => message.socket.destroy());
  });
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

function createListener(dispatch: Dispatch, controls: Controls, latencyMs: number): Listener {
  let requests = 0;
  return async (message, response) => {
    const request = await readRequest(message);
    const requestId = uuidOf(`request ${requests++}`);
    if (request === undefined) {
      return deliver(
        { answer: jsonAnswer(413, { message: 'The request body is too large' }) },
        requestId,
        response,
      );
    }
    if (request.path.startsWith(CONTROL_PREFIX)) {
      return deliver({ answer: handleControl(controls, request) }, requestId, response);
    }
    const delivery = answer(dispatch(request, requestId), controls);
    await deliver({ ...delivery, delayMs: latencyMs + (delivery.delayMs ?? 0) }, requestId, response);
  };
}

function answer(dispatched: Dispatched, { faults, log }: Controls): Delivery {
  const fault = faults.strike(dispatched.target);
  const proceed = () => orInternalFailure(dispatched);
  const delivery =
    fault === undefined
      ? { answer: proceed() }
      : applyFault(fault, proceed, (error) => dispatched.refuse(error));
  log.count(dispatched.target, delivery.cut === 'drop' ? 0 : delivery.answer.status);
  return delivery;
}

/** A bug in a handler is an answer too, one that names itself: a client must never wait for it in vain. */
function orInternalFailure(dispatched: Dispatched): Answer {
  try {
    return dispatched.proceed();
  } catch (thrown) {
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return dispatched.refuse(new ServiceError(500, 'InternalFailure', `The emulator has a bug: ${text}`));
  }
}

import { type Answer, jsonAnswer } from './wire/answer.ts';
import { type Fault, FAULT_KINDS, type Faults } from './wire/fault.ts';
import type { WireRequest } from './wire/http.ts';
import type { RequestLog } from './wire/request-log.ts';
import { BOOLEAN, type InputOf, integer, type Members, oneOf, required, STRING } from './service/member.ts';
import { violationsOf } from './service/validate.ts';

/** What `/_emulator/…` steers: the same that a test in this process does through the Emulator object. */
export interface Controls {
  readonly faults: Faults;
  readonly log: RequestLog;
  advance(ms: number): void;
  runDailyPass(): void;
}

export const CONTROL_PREFIX = '/_emulator/';

const FAULT = {
  kind: required(oneOf(FAULT_KINDS)),
  operation: STRING,
  region: STRING,
  service: STRING,
  times: integer({ min: 1 }),
  after: integer({ min: 0 }),
  retryAfter: integer({ min: 0 }),
  ms: integer({ min: 0 }),
  executed: BOOLEAN,
  code: STRING,
  status: integer({ min: 200, max: 599 }),
} as const;
const ADVANCE = { ms: required(integer({ min: 0 })) } as const;

type Handler = (controls: Controls, body: string) => Answer;

const done = (): Answer => jsonAnswer(200, {});

const HANDLERS: Readonly<Record<string, Handler>> = {
  'GET /_emulator/faults': ({ faults }) => jsonAnswer(200, { faults: faults.list() }),
  'POST /_emulator/faults': ({ faults }, body) =>
    withBody(body, FAULT, (fault) => jsonAnswer(200, { id: faults.add(fault as Fault) })),
  'DELETE /_emulator/faults': ({ faults }) => {
    faults.clear();
    return done();
  },
  'POST /_emulator/advance': (controls, body) =>
    withBody(body, ADVANCE, ({ ms }) => {
      controls.advance(ms);
      return done();
    }),
  'POST /_emulator/pass': (controls) => {
    controls.runDailyPass();
    return done();
  },
  'GET /_emulator/log': ({ log }) => jsonAnswer(200, log.report()),
  'DELETE /_emulator/log': ({ log }) => {
    log.reset();
    return done();
  },
};

/** Answers a control request; these are not signed, and no AWS client sends them. */
export function handleControl(controls: Controls, request: WireRequest): Answer {
  const handler = HANDLERS[`${request.method} ${request.path}`];
  if (handler === undefined)
    return jsonAnswer(404, { message: `No such control: ${request.method} ${request.path}` });
  return handler(controls, request.body);
}

function withBody<M extends Members>(body: string, members: M, then: (input: InputOf<M>) => Answer): Answer {
  const input = parseObject(body);
  if (input === undefined) return jsonAnswer(400, { message: 'The body is not a JSON object' });
  const violations = violationsOf(members, input);
  if (violations.length > 0)
    return jsonAnswer(400, { message: violations.map(({ message }) => message).join('; ') });
  return then(input as InputOf<M>);
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

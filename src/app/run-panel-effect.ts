import { fail, type Result, toProblem } from '../domain/problem.ts';
import type { Effect } from './effect.ts';
import type { EffectContext } from './effect-context.ts';

/** Effects of the panels: what they show is generated, read and waited for, so each can be stopped. */

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

/** One panel is open at a time: a new one takes the place of what the one before still waits for. */
const PANEL = 'panel';

const proofSlot = (exposureId: string): string => `proof ${exposureId}`;

type PanelEffect =
  | 'load-recommendation'
  | 'load-resolution'
  | 'check-recommendation'
  | 'stop-panel'
  | 'copy-policy'
  | 'save-policy'
  | 'prove'
  | 'stop-proof';

/** What is thrown ends a question as a failure does: whoever asked must hear that it is over. */
async function settle<T>(ask: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await ask;
  } catch (thrown) {
    return fail(toProblem(thrown));
  }
}

export const PANEL_RUNNERS: {
  readonly [K in PanelEffect]: (effect: Of<K>, context: EffectContext) => Promise<void>;
} = {
  'load-recommendation': async ({ serial, exposureId }, { services, slots, dispatch }) =>
    slots.newest(PANEL, async (signal) => {
      const ask = services.recommendations.load(exposureId, {
        signal,
        onProgress: (progress) => dispatch({ kind: 'panel-progress', serial, progress }),
      });
      const result = await settle(ask);
      if (!signal.aborted) dispatch({ kind: 'recommendation-loaded', serial, result });
    }),
  'load-resolution': async ({ serial, exposureId, organizationId }, { services, slots, dispatch }) =>
    slots.newest(PANEL, async (signal) => {
      const ask = services.resolutions.load(exposureId, {
        signal,
        ...(organizationId === undefined ? {} : { organizationId }),
        onProgress: (progress) => dispatch({ kind: 'panel-progress', serial, progress }),
      });
      const result = await settle(ask);
      if (!signal.aborted) dispatch({ kind: 'resolution-loaded', serial, result });
    }),
  // It is paid for: leaving the panel does not stop it.
  'check-recommendation': async ({ serial, preview }, { services, slots, dispatch }) =>
    slots.newest('check', async (signal) => {
      const result = await settle(services.recommendations.check(preview, signal));
      if (!signal.aborted) dispatch({ kind: 'recommendation-checked', serial, result });
    }),
  'stop-panel': (_effect, { slots }) => slots.newest(PANEL, async () => undefined),
  'copy-policy': async ({ preview, format }, { services, dispatch }) => {
    const text = await settle(services.recommendations.format(preview, format));
    const result = text.ok ? await services.outside.copy(text.value) : text;
    dispatch({ kind: 'copied', what: 'the recommended policies', result });
  },
  'save-policy': async ({ preview, formats }, { services, dispatch }) => {
    const result = await settle(services.recommendations.save(preview, formats));
    dispatch({ kind: 'policy-saved', result });
  },
  prove: async ({ exposureId }, { services, slots, dispatch }) =>
    slots.newest(proofSlot(exposureId), async (signal) => {
      const ask = services.resolutions.prove(exposureId, {
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) dispatch({ kind: 'proof-progress', exposureId, progress });
        },
      });
      const result = await settle(ask);
      if (!signal.aborted) dispatch({ kind: 'proof-ended', exposureId, result });
    }),
  'stop-proof': ({ exposureId }, { slots }) => slots.newest(proofSlot(exposureId), async () => undefined),
};

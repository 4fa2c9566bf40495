import type { Effect } from './effect.ts';
import type { EffectContext } from './run-effect.ts';

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

export const PANEL_RUNNERS: {
  readonly [K in PanelEffect]: (effect: Of<K>, context: EffectContext) => Promise<void>;
} = {
  'load-recommendation': async ({ serial, exposureId }, { services, slots, dispatch }) =>
    slots.newest(PANEL, async (signal) => {
      const result = await services.recommendations.load(exposureId, {
        signal,
        onProgress: (progress) => dispatch({ kind: 'panel-progress', serial, progress }),
      });
      if (!signal.aborted) dispatch({ kind: 'recommendation-loaded', serial, result });
    }),
  'load-resolution': async ({ serial, exposureId }, { services, slots, dispatch }) =>
    slots.newest(PANEL, async (signal) => {
      const result = await services.resolutions.load(exposureId, {
        signal,
        onProgress: (progress) => dispatch({ kind: 'panel-progress', serial, progress }),
      });
      if (!signal.aborted) dispatch({ kind: 'resolution-loaded', serial, result });
    }),
  'check-recommendation': async ({ serial, preview }, { services, slots, dispatch }) =>
    slots.newest(PANEL, async (signal) => {
      const result = await services.recommendations.check(preview, signal);
      if (!signal.aborted) dispatch({ kind: 'recommendation-checked', serial, result });
    }),
  'stop-panel': (_effect, { slots }) => slots.newest(PANEL, async () => undefined),
  'copy-policy': async ({ preview, format }, { services, dispatch }) => {
    const text = await services.recommendations.format(preview, format);
    const result = text.ok ? await services.outside.copy(text.value) : text;
    dispatch({ kind: 'copied', what: 'the recommended policies', result });
  },
  'save-policy': async ({ preview, formats }, { services, dispatch }) =>
    dispatch({ kind: 'policy-saved', result: await services.recommendations.save(preview, formats) }),
  prove: async ({ exposureId }, { services, slots, dispatch }) =>
    slots.newest(proofSlot(exposureId), async (signal) => {
      const result = await services.resolutions.prove(exposureId, {
        signal,
        onProgress: (progress) => dispatch({ kind: 'proof-progress', exposureId, progress }),
      });
      if (!signal.aborted) dispatch({ kind: 'proof-ended', exposureId, result });
    }),
  'stop-proof': ({ exposureId }, { slots }) => slots.newest(proofSlot(exposureId), async () => undefined),
};

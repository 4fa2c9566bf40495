import type { Message } from './message.ts';
import type { Services } from './services.ts';
import type { Slots } from './slots.ts';

/** What an effect is run with. */
export interface EffectContext {
  readonly services: Services;
  readonly slots: Slots;
  readonly dispatch: (message: Message) => void;
}

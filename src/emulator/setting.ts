import { createDemo } from './world/demo.ts';
import type { World } from './world/model.ts';
import { createPlainWorld, plainFindings } from './world/plain.ts';
import type { FindingSource } from './world/source.ts';

/** A world and where its findings come from. */
export interface Setting {
  readonly world: World;
  readonly source: FindingSource;
}

/** What the emulator stands on: the demo, a plain world of up to a million findings, or a setting made elsewhere. */
export type WorldChoice = 'demo' | { readonly findings: number } | Setting;

/** `now`: epoch ms at which the world begins. Throws RangeError for a number of findings out of bounds. */
export function createSetting(choice: WorldChoice, seed: number, now: number): Setting {
  if (choice === 'demo') return createDemo(seed, now);
  if ('world' in choice) return choice;
  const source = plainFindings({ total: choice.findings, seed, now });
  return { world: createPlainWorld(seed, now), source };
}

import type { World } from './world/model.ts';
import type { FindingSource } from './world/source.ts';

/** A world and where its findings come from. */
export interface Setting {
  readonly world: World;
  readonly source: FindingSource;
}

/** What the emulator stands on: a setting made elsewhere (tests do that). */
export type WorldChoice = Setting;

export const createSetting = (choice: WorldChoice, _seed: number, _now: number): Setting => choice;

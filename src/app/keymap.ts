/** A key as the terminal sent it, by name: `j`, `G`, `ctrl+d`, `enter`, `esc`, `pgdown`, `down`, `space`, `tab`. */
export type Chord = string;

/** Chord → command id, per place where keys are read. */
export interface Keymap {
  readonly bindings: ReadonlyMap<Chord, string>;
  /** Conflicts and unknown commands found in the settings: reported, not thrown. */
  readonly problems: readonly string[];
}

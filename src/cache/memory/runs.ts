import { grown } from './grown.ts';
import { Times } from './times.ts';

/** The findings of exposures that have not just one, behind each other. A run is named by its place. */
export class Runs {
  /** At the place of a run: how many findings it has. Behind it the group of each. */
  groups = new Int32Array(16);
  /** At the same places. */
  readonly createdAt = new Times();
  #end = 1;

  /** Behind the last place. */
  get end(): number {
    return this.#end;
  }

  /** The run without findings. */
  static readonly EMPTY = 0;

  /** Place of a run with these findings: where the one before was (EMPTY: there was none), if it was as long. */
  put(before: number, groups: Int32Array, createdAt: Float64Array): number {
    if (groups.length === 0) return Runs.EMPTY;
    const place = this.groups[before] === groups.length ? before : this.#grow(groups.length);
    this.groups[place] = groups.length;
    this.groups.set(groups, place + 1);
    createdAt.forEach((time, at) => this.createdAt.set(place + 1 + at, time));
    return place;
  }

  #grow(findings: number): number {
    const place = this.#end;
    this.#end += findings + 1;
    this.groups = grown(this.groups, this.#end);
    this.createdAt.makeRoom(this.#end);
    return place;
  }

  /** Behind the last finding of a run. */
  endOf(place: number): number {
    return place + 1 + (this.groups[place] ?? 0);
  }
}

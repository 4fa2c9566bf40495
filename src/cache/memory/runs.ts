import { grown } from './grown.ts';
import { Times } from './times.ts';

/** Of what has no findings. */
const NO_GROUP = -1;

/** The findings of exposures that have not just one, behind each other. A run is named by its place. */
export class Runs {
  /** The run without findings. */
  static readonly EMPTY = 0;
  /** Place of the first that has some: behind the other's length and the group that it has instead of one. */
  static readonly FIRST = 2;

  /** At the place of a run: how many findings it has, or had (negative). Behind it the group of each. */
  groups = Int32Array.of(0, NO_GROUP);
  /** At the same places. */
  readonly createdAt = new Times();
  #end = Runs.FIRST;

  /** Behind the last place. */
  get end(): number {
    return this.#end;
  }

  /** Place of a run with these findings: where the one before was (EMPTY: there was none), if it was as long. */
  put(before: number, groups: Int32Array, createdAt: Float64Array): number {
    const isAsLong = this.groups[before] === groups.length;
    if (!isAsLong) this.leave(before);
    if (groups.length === 0) return Runs.EMPTY;
    const place = isAsLong ? before : this.#grow(groups.length);
    this.groups[place] = groups.length;
    this.groups.set(groups, place + 1);
    createdAt.forEach((time, at) => this.createdAt.set(place + 1 + at, time));
    return place;
  }

  /** No exposure has this run any more. */
  leave(place: number): void {
    this.groups[place] = -Math.abs(this.groups[place] ?? 0);
  }

  isLeft(place: number): boolean {
    return (this.groups[place] ?? 0) < 0;
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
    return place + 1 + Math.abs(this.groups[place] ?? 0);
  }
}

import { isSimple } from './simple-width.ts';

const { Segmenter } = Intl;

/** What else stands in the texts of a screen: escapes and line ends, each by itself. */
const STEERING = /[\u0007\n\u001b]/g;

/** Each UTF-16 code unit is a grapheme. */
class SimpleSegments implements Iterable<Intl.SegmentData> {
  readonly #input: string;

  constructor(input: string) {
    this.#input = input;
  }

  containing(index = 0): Intl.SegmentData | undefined {
    const at = Math.trunc(index);
    const segment = this.#input[at];
    return segment === undefined ? undefined : { segment, index: at, input: this.#input };
  }

  [Symbol.iterator](): SimpleSegmentIterator {
    return new SimpleSegmentIterator(this.#input);
  }
}

/** By hand: a frame goes through tens of thousands of these, and what a generator yields V8 always puts on the heap. */
class SimpleSegmentIterator implements Iterator<Intl.SegmentData, undefined> {
  readonly #input: string;
  #index = 0;

  constructor(input: string) {
    this.#input = input;
  }

  next(): IteratorResult<Intl.SegmentData, undefined> {
    const index = this.#index++;
    const input = this.#input;
    if (index >= input.length) return { done: true, value: undefined };
    return { done: false, value: { segment: input.charAt(index), index, input } };
  }
}

/**
 * `Intl.Segmenter` for graphemes, in whose place the bundle puts it: the Unicode tables, which take longer to load than the
 * first frame to draw, are asked only for texts that are not simple.
 */
export class LateSegmenter {
  #whole: Intl.Segmenter | undefined;

  segment(text: string): Pick<Intl.Segments, 'containing'> & Iterable<Intl.SegmentData> {
    if (isSimple(text.replace(STEERING, ''))) return new SimpleSegments(text);
    return (this.#whole ??= new Segmenter(undefined, { granularity: 'grapheme' })).segment(text);
  }
}

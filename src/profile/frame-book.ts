import type { FrameIndex, FrameKind, FrameTable } from './model.ts';

export interface Frame {
  readonly name: string;
  readonly url: string;
  /** 1-based; 0 where unknown. */
  readonly line: number;
  readonly column: number;
  readonly kind: FrameKind;
}

/** A table of frames in the making; the same frame always has the same row. */
export class FrameBook {
  readonly #frames: Frame[] = [];
  readonly #frameByKey = new Map<string, FrameIndex>();
  readonly #texts = new Map<string, string>();

  get size(): number {
    return this.#frames.length;
  }

  at(index: FrameIndex): Frame {
    return this.#frames[index]!;
  }

  /** The row of a frame. */
  enter(frame: Frame): FrameIndex {
    const { name, url, line, column, kind } = frame;
    // With its length in front, no name can pass for the end of an address.
    const key = `${kind} ${line} ${column} ${url.length} ${url}${name}`;
    const known = this.#frameByKey.get(key);
    if (known !== undefined) return known;
    const index = this.#frames.push({ name, url: this.#once(url), line, column, kind }) - 1;
    this.#frameByKey.set(key, index);
    return index;
  }

  get table(): FrameTable {
    const frames = this.#frames;
    return {
      name: frames.map(({ name }) => name),
      url: frames.map(({ url }) => url),
      line: Int32Array.from(frames, ({ line }) => line),
      column: Int32Array.from(frames, ({ column }) => column),
      kind: Uint8Array.from(frames, ({ kind }) => kind),
    };
  }

  /** Scripts are few, and their addresses long. */
  #once(text: string): string {
    const known = this.#texts.get(text) ?? text;
    this.#texts.set(known, known);
    return known;
  }
}

import { type FrameIndex, FrameKind, type FrameTable } from '../../profile/model.ts';

interface Frame {
  readonly name: string;
  readonly url: string;
  /** 1-based; 0 where unknown. */
  readonly line: number;
  readonly column: number;
  readonly kind: FrameKind;
}

/** The name of the root: it stands for all that was going on. */
export const ALL = 'All';

/** What V8 says on top of the root when no function runs. */
const pseudoFrames = new Set(['(program)', '(garbage collector)', '(idle)']);

/** A table of frames in the making; the same frame always has the same row. */
export class FrameBook {
  readonly #frames: Frame[] = [];
  readonly #frameByKey = new Map<string, FrameIndex>();
  readonly #texts = new Map<string, string>();

  frame(frame: Frame): FrameIndex {
    const { name, url, line, column, kind } = frame;
    // With its length in front, no name can pass for the end of an address.
    const key = `${kind} ${line} ${column} ${url.length} ${url}${name}`;
    const known = this.#frameByKey.get(key);
    if (known !== undefined) return known;
    const index = this.#frames.push({ ...frame, url: this.#once(url) }) - 1;
    this.#frameByKey.set(key, index);
    return index;
  }

  /** What a frame is right on top of the root, where V8 puts those that are no functions. */
  onRoot(index: FrameIndex): FrameIndex {
    const frame = this.#frames[index]!;
    const isPseudo = frame.kind === FrameKind.native && pseudoFrames.has(frame.name);
    return isPseudo ? this.frame({ ...frame, kind: FrameKind.engine }) : index;
  }

  /** What the root's frame is: V8's own stands for all that was going on. */
  asRoot(index: FrameIndex): FrameIndex {
    const { name, url } = this.#frames[index]!;
    if (name !== '(root)' || url !== '') return index;
    return this.frame({ name: ALL, url: '', line: 0, column: 0, kind: FrameKind.group });
  }

  /** Scripts are few, and their addresses long. */
  #once(text: string): string {
    const known = this.#texts.get(text) ?? text;
    this.#texts.set(known, known);
    return known;
  }

  get size(): number {
    return this.#frames.length;
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
}

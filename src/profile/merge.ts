import type { FrameIndex, NodeIndex } from './model.ts';
import type { LooseTree } from './tree.ts';

/** A tree that grows node by node, in which siblings of one frame are one node. Holds at most as many as it is made for. */
export class MergedTree {
  readonly #parent: Int32Array;
  readonly #frame: Int32Array;
  readonly #self: Float64Array;
  readonly #samples: Int32Array;
  /** Node + 1, at a place that its parent and frame give, or the next free one; at most half full. */
  readonly #slots: Int32Array;
  readonly #shift: number;
  #size = 1;

  constructor(root: FrameIndex, most: number) {
    this.#parent = new Int32Array(most);
    this.#frame = new Int32Array(most);
    this.#self = new Float64Array(most);
    this.#samples = new Int32Array(most);
    const bits = 33 - Math.clz32(most);
    this.#slots = new Int32Array(2 ** bits);
    this.#shift = 32 - bits;
    this.#parent[0] = -1;
    this.#frame[0] = root;
  }

  child(parent: NodeIndex, frame: FrameIndex): NodeIndex {
    const last = this.#slots.length - 1;
    let slot = Math.imul(Math.imul(parent, 0x9e3779b1) + frame, 0x85ebca6b) >>> this.#shift;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & last) {
      const node = this.#slots[slot]! - 1;
      if (this.#parent[node] === parent && this.#frame[node] === frame) return node;
    }
    const node = this.#size++;
    this.#slots[slot] = node + 1;
    this.#parent[node] = parent;
    this.#frame[node] = frame;
    return node;
  }

  /** Time and samples that end at a node. */
  add(node: NodeIndex, self: number, samples: number): void {
    this.#self[node]! += self;
    this.#samples[node]! += samples;
  }

  get loose(): LooseTree {
    return {
      parent: this.#parent.subarray(0, this.#size),
      frame: this.#frame.subarray(0, this.#size),
      self: this.#self.subarray(0, this.#size),
      samples: this.#samples.subarray(0, this.#size),
    };
  }
}

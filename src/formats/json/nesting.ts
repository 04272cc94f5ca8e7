export const ARRAY = 0x5b;
export const OBJECT = 0x7b;
/** From the bracket that opens to the one that closes. */
export const CLOSING = 2;
export type Bracket = typeof ARRAY | typeof OBJECT;

const BITS = 32;

/** The arrays and objects around a place, a bit each, so that however deep a file goes, this takes far less than the file. */
export class Nesting {
  /** 1 for an object. */
  #bits = new Uint32Array(2);
  #depth = 0;

  get depth(): number {
    return this.#depth;
  }

  push(bracket: Bracket): void {
    const word = Math.floor(this.#depth / BITS);
    const bit = 1 << (this.#depth % BITS);
    if (word === this.#bits.length) {
      const larger = new Uint32Array(2 * word);
      larger.set(this.#bits);
      this.#bits = larger;
    }
    if (bracket === OBJECT) this.#bits[word]! |= bit;
    else this.#bits[word]! &= ~bit;
    this.#depth++;
  }

  /** Null where nothing is around. */
  pop(): Bracket | null {
    if (this.#depth === 0) return null;
    this.#depth--;
    const isObject = this.#bits[Math.floor(this.#depth / BITS)]! & (1 << (this.#depth % BITS));
    return isObject ? OBJECT : ARRAY;
  }
}

const FIRST_CAPACITY = 1024;

/**
 * Numbers of pairs in the order in which they first came, by hash in typed columns: a Map with one number for both would
 * make an object of each that is too large for a small integer.
 */
export class PairTable {
  /** Slots: the number of the pair there, plus 1; 0 where there is none. A power of two, at most half of them taken. */
  #slots: Int32Array;
  #first: Int32Array;
  #second: Int32Array;
  #size = 0;

  /** `expected` pairs take it no growing. */
  constructor(expected = 0) {
    let capacity = FIRST_CAPACITY;
    while (capacity <= expected) capacity *= 2;
    this.#slots = new Int32Array(2 * capacity);
    this.#first = new Int32Array(capacity);
    this.#second = new Int32Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** By number, as long as no pair comes. */
  get firsts(): Int32Array {
    return this.#first.subarray(0, this.#size);
  }

  get seconds(): Int32Array {
    return this.#second.subarray(0, this.#size);
  }

  /** The number of a pair, which is the next one for a pair that has none. */
  take(first: number, second: number): number {
    const slot = this.#slotOf(first, second);
    const taken = this.#slots[slot]!;
    if (taken > 0) return taken - 1;
    const number = this.#size++;
    this.#first[number] = first;
    this.#second[number] = second;
    this.#slots[slot] = number + 1;
    if (this.#size === this.#first.length) this.#grow();
    return number;
  }

  /** The number of a pair; -1 for one that has none. */
  find(first: number, second: number): number {
    return this.#slots[this.#slotOf(first, second)]! - 1;
  }

  #slotOf(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]! - 1;
      if (number < 0 || (this.#first[number] === first && this.#second[number] === second)) return slot;
    }
  }

  #grow(): void {
    this.#first = larger(this.#first);
    this.#second = larger(this.#second);
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let number = 0; number < this.#size; number++)
      this.#slots[this.#slotOf(this.#first[number]!, this.#second[number]!)] = number + 1;
  }
}

function larger(column: Int32Array): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(2 * column.length);
  copy.set(column);
  return copy;
}

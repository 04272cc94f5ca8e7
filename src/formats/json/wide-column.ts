const FIRST = 1024;

export type Numbers = Int32Array | Float64Array;

/** Numbers that come one by one, of any kind; as long as they are whole ones of 32 bits they take no more than these. */
export class WideColumn {
  #values: Numbers = new Int32Array(FIRST);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    this.#makeRoom(1);
    this.#values[this.#length] = value;
    if (this.#values[this.#length] !== value) {
      this.#values = Float64Array.from(this.#values);
      this.#values[this.#length] = value;
    }
    this.#length++;
  }

  append(values: Int32Array): void {
    this.#makeRoom(values.length);
    this.#values.set(values, this.#length);
    this.#length += values.length;
  }

  #makeRoom(count: number): void {
    if (this.#length + count <= this.#values.length) return;
    const larger = new (this.#values instanceof Int32Array ? Int32Array : Float64Array)(2 * (this.#length + count));
    larger.set(this.#values);
    this.#values = larger;
  }

  get values(): Numbers {
    return this.#values.subarray(0, this.#length);
  }
}

type Numbers = Int32Array | Float64Array;

const FIRST_CAPACITY = 1024;

/** A column in the making: a typed array that grows as numbers come. */
export class Column<Kind extends Numbers> {
  #array: Kind;
  #length = 0;

  private constructor(array: Kind) {
    this.#array = array;
  }

  /** Of whole numbers of 32 bits. */
  static ints(): Column<Int32Array> {
    return new Column(new Int32Array(FIRST_CAPACITY));
  }

  static floats(): Column<Float64Array> {
    return new Column(new Float64Array(FIRST_CAPACITY));
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#array[index]!;
  }

  push(value: number): void {
    if (this.#length === this.#array.length) this.#grow(this.#length + 1);
    this.#array[this.#length++] = value;
  }

  /** Adds numbers behind the last one. */
  append(numbers: Kind | Int32Array): void {
    if (this.#length + numbers.length > this.#array.length) this.#grow(this.#length + numbers.length);
    this.#array.set(numbers, this.#length);
    this.#length += numbers.length;
  }

  /** Adds to the number at a place, which may lie beyond the end: zeros come up to there. */
  add(index: number, amount: number): void {
    if (index >= this.#length) this.resize(index + 1);
    this.#array[index]! += amount;
  }

  /** Puts a number at a place, or right behind the last one. */
  put(index: number, value: number): void {
    if (index === this.#length) this.push(value);
    else this.#array[index] = value;
  }

  /** Drops what is beyond so many numbers, or fills up to there with zeros. */
  resize(length: number): void {
    if (length > this.#array.length) this.#grow(length);
    if (length > this.#length) this.#array.fill(0, this.#length, length);
    this.#length = length;
  }

  /** The numbers, as long as none comes or goes. */
  get view(): Kind {
    return this.#array.subarray(0, this.#length) as Kind;
  }

  /** The numbers, in an array of their own; in an order by index, if one is given. */
  numbers(order: Int32Array | null = null): Kind {
    const numbers = this.#array.slice(0, this.#length) as Kind;
    if (order) for (let at = 0; at < order.length; at++) numbers[at] = this.#array[order[at]!]!;
    return numbers;
  }

  #grow(least: number): void {
    const capacity = Math.max(least, 2 * this.#array.length);
    const larger = new (this.#array.constructor as new (length: number) => Kind)(capacity);
    larger.set(this.#array);
    this.#array = larger;
  }
}

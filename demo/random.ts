/** Random numbers that are the same on every run, so that two captures of the demo see the same work (xorshift32). */
export class Random {
  #state: number;

  /** `seed`: any integer but 0. */
  constructor(seed: number) {
    this.#state = seed;
  }

  /** An integer from 0 to `below` - 1. */
  integer(below: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % below;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.integer(list.length)]!;
  }

  chance(percent: number): boolean {
    return this.integer(100) < percent;
  }
}

import { Column } from '../profile/column.ts';
import type { Microseconds, StackIndex } from '../profile/model.ts';
import { timeOrder } from '../profile/time-order.ts';

/** Samples of one thread as V8 gave them, in columns. In the hook, the stack is that of whoever called the target. */
export interface SeenSamples {
  readonly time: Float64Array;
  readonly stack: Int32Array;
  /** 1 for those on the hook itself. */
  readonly inHook: Int32Array;
  /** Where the topmost frame with a source stood; 1-based, 0 where unknown. */
  readonly line: Int32Array;
  readonly column: Int32Array;
}

export class SeenSamplesBuilder {
  readonly #time = Column.floats();
  readonly #stack = Column.ints();
  readonly #inHook = Column.ints();
  readonly #line = Column.ints();
  readonly #column = Column.ints();

  add(time: Microseconds, stack: StackIndex, inHook: boolean, line: number, column: number): void {
    this.#time.push(time);
    this.#stack.push(stack);
    this.#inHook.push(inHook ? 1 : 0);
    this.#line.push(line);
    this.#column.push(column);
  }

  /** In order of time. */
  finish(): SeenSamples {
    const order = timeOrder(this.#time.view);
    return {
      time: this.#time.numbers(order),
      stack: this.#stack.numbers(order),
      inHook: this.#inHook.numbers(order),
      line: this.#line.numbers(order),
      column: this.#column.numbers(order),
    };
  }
}

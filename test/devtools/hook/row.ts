/** How the page sees a function. */
export interface Sight {
  /** As typed. */
  readonly target: string;
  /** An expression with a value, or the promise of one, that JSON can hold. */
  readonly see: string;
  /** Of the outermost calls that `see` makes. */
  readonly outcomes: readonly string[];
  /** Of the first box of the flame graph. */
  readonly root?: string;
}

export interface Row extends Sight {
  /** What the page must not be able to tell apart. */
  readonly what: string;
}

export const returned = (count: number): string[] => Array(count).fill('returned');
export const threw = (count: number): string[] => Array(count).fill('threw');

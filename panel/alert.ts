import type { Phrase } from './phrases.ts';

/** What happened, why, and what to do about it. */
export interface Alert {
  readonly what: Phrase;
  readonly why: Phrase;
  readonly advice: Phrase;
  /** The name of a function that was probably meant. */
  readonly suggestion?: string;
}

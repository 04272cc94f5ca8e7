import type { TargetFunction } from './record.ts';

/** What an event is where other captures have a kind of function. */
export const EVENT = 'event';

/** An event in the place of a function that calls all its listeners. */
export function eventFunction(type: string): TargetFunction {
  return { name: type, url: '', line: 0, column: 0, kind: EVENT };
}

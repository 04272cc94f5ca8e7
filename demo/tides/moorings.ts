import { type Harbour, heightAt } from './harmonics.ts';

/** Hours of the year at which a boat that needs `depth` metres above mean low water can leave, one class a page. */
export default class Moorings {
  readonly #harbour: Harbour;
  readonly #lowest: number;

  constructor(harbour: Harbour) {
    this.#harbour = harbour;
    this.#lowest = -harbour.constituents.reduce((sum, { amplitude }) => sum + amplitude, 0);
  }

  /** Share of the year with enough water for each draught, 0 to 1. */
  shares(draughts: readonly number[]): number[] {
    return draughts.map((draught) => this.#shareOf(draught));
  }

  #shareOf(draught: number): number {
    let afloat = 0;
    for (let hour = 0; hour < 8760; hour += 0.25) {
      if (heightAt(this.#harbour.constituents, hour) - this.#lowest >= draught) afloat++;
    }
    return afloat / (8760 * 4);
  }
}

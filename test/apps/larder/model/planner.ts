import { type Random, seededRandom } from './random.ts';
import type { Recipe } from './recipes.ts';

/** Looks for a week of dinners with much variety and little work. */
export class WeekPlanner {
  static readonly #tries = 2500;

  readonly #recipes: readonly Recipe[];
  readonly #random: Random;
  #week: Recipe[];

  constructor(recipes: readonly Recipe[], seed: number) {
    this.#recipes = recipes;
    this.#random = seededRandom(seed);
    this.#week = Array.from({ length: 7 }, this.#draw);
  }

  /** Exchanges one dinner at a time, and keeps what is better. */
  improve(): readonly Recipe[] {
    let cost = this.#costOf(this.#week);
    for (let tried = 0; tried < WeekPlanner.#tries; tried++) {
      const changed = this.#week.with(this.#random(7), this.#draw());
      const changedCost = this.#costOf(changed);
      if (changedCost >= cost) continue;
      this.#week = changed;
      cost = changedCost;
    }
    return this.#week;
  }

  get minutes(): number {
    return this.#week.reduce((sum, recipe) => sum + recipe.minutes, 0);
  }

  #draw = (): Recipe => this.#recipes[this.#random(this.#recipes.length)]!;

  #costOf(week: readonly Recipe[]): number {
    const names = new Set(week.flatMap(({ ingredients }) => ingredients.map(({ name }) => name)));
    return week.reduce((sum, recipe) => sum + recipe.minutes, 0) - 20 * names.size;
  }
}

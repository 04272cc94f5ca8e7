import type { Recipe } from './recipes.ts';

export class Histogram {
  readonly #width: number;
  readonly #counts: number[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  static of(values: Iterable<number>, width: number): Histogram {
    const histogram = new Histogram(width);
    for (const value of values) histogram.add(value);
    return histogram;
  }

  add(value: number): void {
    const bin = Math.floor(value / this.#width);
    this.#counts[bin] = (this.#counts[bin] ?? 0) + 1;
  }

  get bins(): { from: number; count: number }[] {
    return Array.from(this.#counts, (count = 0, bin) => ({ from: bin * this.#width, count }));
  }
}

export interface Pair {
  readonly names: string;
  readonly count: number;
}

/** How often two ingredients meet in one recipe, most often first. */
export function countPairs(recipes: readonly Recipe[]): Pair[] {
  const countByNames = new Map<string, number>();
  for (const recipe of recipes) {
    for (const names of pairsOf(recipe)) countByNames.set(names, (countByNames.get(names) ?? 0) + 1);
  }
  return [...countByNames].map(([names, count]) => ({ names, count })).sort((a, b) => b.count - a.count);
}

function* pairsOf({ ingredients }: Recipe): Generator<string> {
  const names = ingredients.map(({ name }) => name).sort();
  for (const [index, first] of names.entries()) {
    for (const second of names.slice(index + 1)) yield `${first} and ${second}`;
  }
}

/** Grams of each recipe as a histogram, with a pause after every 1,000 recipes. */
export async function weighInSteps(recipes: readonly Recipe[], onStep: (done: number) => void): Promise<Histogram> {
  const histogram = new Histogram(500);
  for (let start = 0; start < recipes.length; start += 1000) {
    const step = recipes.slice(start, start + 1000);
    for (const recipe of step) histogram.add(weigh(recipe));
    onStep(start + step.length);
    await nextTask();
  }
  return histogram;
}

const weigh = ({ ingredients }: Recipe): number => ingredients.reduce((sum, { grams }) => sum + grams, 0);

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

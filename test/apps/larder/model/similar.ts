import type { Recipe } from './recipes.ts';

/**
 * The `count` recipes whose ingredients weigh most alike (cosine of the angle between them). Slow, as it measures two
 * likenesses for each comparison.
 */
export default function (recipes: readonly Recipe[], to: Recipe, count: number): Recipe[] {
  const wanted = weights.of(to);
  return recipes
    .filter((recipe) => recipe !== to)
    .map((recipe) => ({ recipe, weights: weights.of(recipe) }))
    .sort((a, b) => likeness(wanted, b.weights) - likeness(wanted, a.weights))
    .slice(0, count)
    .map(({ recipe }) => recipe);
}

type Weights = ReadonlyMap<string, number>;

const weights = {
  of(recipe: Recipe): Weights {
    return new Map(recipe.ingredients.map(({ name, grams }) => [name, grams]));
  },
};

function likeness(a: Weights, b: Weights): number {
  let product = 0;
  for (const [name, grams] of a) product += grams * (b.get(name) ?? 0);
  return product / (magnitude(a) * magnitude(b));
}

function magnitude(of: Weights): number {
  return Math.hypot(...of.values());
}

import type { Recipe } from './recipes.ts';

export interface RankedRecipe {
  readonly recipe: Recipe;
  /** 0 to 1. */
  readonly score: number;
}

type Matcher = (word: string) => number;

/** The recipes that look like the query, best first; misspelt words are forgiven. */
export function rankRecipes(recipes: readonly Recipe[], query: string): RankedRecipe[] {
  const matchers = query.toLowerCase().split(/\s+/).filter(Boolean).map(createMatcher);
  const ranked = recipes.map((recipe) => ({ recipe, score: scoreRecipe(recipe, matchers) }));
  return ranked.filter(({ score }) => score > 0.6).sort(compareRanks);
}

const compareRanks = (a: RankedRecipe, b: RankedRecipe): number => b.score - a.score || a.recipe.id - b.recipe.id;

function scoreRecipe(recipe: Recipe, matchers: readonly Matcher[]): number {
  const words = [...recipe.title.toLowerCase().split(' '), ...recipe.ingredients.map(({ name }) => name)];
  const best = matchers.map((match) => Math.max(...words.map(match)));
  return best.reduce((sum, score) => sum + score, 0) / Math.max(1, best.length);
}

/** One closure for every word of every query. */
function createMatcher(term: string): Matcher {
  return function match(word) {
    return 1 - editDistance(term, word) / Math.max(term.length, word.length);
  };
}

/** Letters to add, drop or change (Levenshtein), row by row. */
function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const changed = above[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(above[column]! + 1, current[column - 1]! + 1, changed));
    }
    above = current;
  }
  return above[to.length]!;
}

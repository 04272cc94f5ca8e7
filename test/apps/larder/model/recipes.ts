import { type Random, seededRandom } from './random.ts';

export interface Ingredient {
  readonly name: string;
  readonly grams: number;
}

export interface Recipe {
  readonly id: number;
  readonly title: string;
  readonly course: string;
  readonly minutes: number;
  readonly ingredients: readonly Ingredient[];
}

const looks = ['Golden', 'Smoked', 'Quick', 'Slow', 'Green', 'Rustic', 'Bitter', 'Sunday'];
const dishes = ['soup', 'pie', 'salad', 'stew', 'gratin', 'risotto', 'flatbread', 'dumplings', 'curry', 'tart'];
const courses = ['starter', 'main', 'side', 'dessert'];
const pantry =
  'chestnut barley leek fennel walnut lentil pumpkin spinach mushroom potato parsnip cabbage almond apricot saffron lemon thyme butter cream garlic onion celery carrot rice millet'.split(
    ' ',
  );

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random(list.length)]!;
}

const growIngredients = (random: Random): Ingredient[] => {
  const names = new Set<string>();
  while (names.size < 8) names.add(pick(random, pantry));
  return [...names].map((name) => ({ name, grams: 10 + 10 * random(40) }));
};

/** Recipes numbered from 1. Runs while the module is loaded. */
function growRecipes(count: number): Recipe[] {
  const random = seededRandom(20240229);
  return Array.from({ length: count }, (_, index) => {
    const ingredients = growIngredients(random);
    const title = `${pick(random, looks)} ${ingredients[0]!.name} ${pick(random, dishes)}`;
    return { id: index + 1, title, course: pick(random, courses), minutes: 10 + random(110), ingredients };
  });
}

export const recipes = growRecipes(4000);

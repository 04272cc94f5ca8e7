import { WeekPlanner } from './planner.ts';
import { type Recipe, recipes } from './recipes.ts';
import { createStore } from './store.ts';

export interface Week {
  /** By day; null where nothing is planned. */
  readonly dinners: readonly (Recipe | null)[];
  readonly past: readonly Week[];
}

export type WeekAction =
  | { readonly type: 'fill' }
  | { readonly type: 'change'; readonly day: number }
  | { readonly type: 'clear' }
  | { readonly type: 'undo' };

export const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const emptyWeek: Week = { dinners: days.map(() => null), past: [] };

function reduceWeek(week: Week, action: WeekAction): Week {
  const planned = (dinners: Week['dinners']): Week => ({ dinners, past: [...week.past, week] });
  switch (action.type) {
    case 'fill':
      return planned(new WeekPlanner(recipes, week.past.length + 1).improve());
    case 'change':
      return planned(week.dinners.with(action.day, nextDinner(week.dinners[action.day] ?? null)));
    case 'clear':
      return planned(emptyWeek.dinners);
    case 'undo':
      return week.past.at(-1) ?? week;
    default:
      return action satisfies never;
  }
}

function nextDinner(dinner: Recipe | null): Recipe {
  return recipes[(dinner?.id ?? 0) % recipes.length]!;
}

export const weekStore = createStore(reduceWeek, emptyWeek);

/** What of the shopping list is in the basket already. */
export const basketStore = createStore((basket: ReadonlySet<string>, name: string): ReadonlySet<string> => {
  const next = new Set(basket);
  if (!next.delete(name)) next.add(name);
  return next;
}, new Set());

/** Grams by ingredient, heaviest first. */
export function shoppingList({ dinners }: Week): [name: string, grams: number][] {
  const gramsByName = new Map<string, number>();
  for (const { name, grams } of dinners.flatMap((dinner) => dinner?.ingredients ?? [])) {
    gramsByName.set(name, (gramsByName.get(name) ?? 0) + grams);
  }
  return [...gramsByName].sort(([, a], [, b]) => b - a);
}

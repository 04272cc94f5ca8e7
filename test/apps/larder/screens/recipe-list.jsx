import { useId, useMemo, useState } from 'react';
import { Link } from 'wouter';
import { rankRecipes } from '../model/rank.ts';
import { recipes } from '../model/recipes.ts';

const shown = 30;

const comparisons = {
  rank: () => 0,
  number: (a, b) => a.id - b.id,
  title: (a, b) => a.title.localeCompare(b.title, 'en') || a.id - b.id,
  minutes: (a, b) => a.minutes - b.minutes || a.id - b.id,
};

export default function RecipeList() {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState(recipes);
  const [order, setOrder] = useState('rank');
  const sorted = useMemo(() => found.toSorted(comparisons[order]).slice(0, shown), [found, order]);
  const courseId = useId();

  function search(event) {
    event.preventDefault();
    setFound(rankRecipes(recipes, query).map(({ recipe }) => recipe));
  }

  return (
    <>
      <h1>Recipes</h1>
      <form onSubmit={search}>
        <input aria-label="Looks like" value={query} onChange={(event) => setQuery(event.target.value)} />
        <button type="submit">Rank recipes</button>
        <select aria-label="Sort by" value={order} onChange={(event) => setOrder(event.target.value)}>
          {Object.keys(comparisons).map((key) => (
            <option key={key}>{key}</option>
          ))}
        </select>
        <label htmlFor={courseId}>Course</label>
        <select
          id={courseId}
          onChange={({ target }) =>
            setFound(recipes.filter(({ course }) => target.value === 'all' || course === target.value))
          }
        >
          {['all', 'starter', 'main', 'side', 'dessert'].map((course) => (
            <option key={course}>{course}</option>
          ))}
        </select>
      </form>
      <p role="status">{found.length} recipes</p>
      <ul aria-label="Recipes">
        {sorted.map(({ id, title, minutes }) => (
          <li key={id}>
            <Link href={`/recipes/${id}`}>{title}</Link> {minutes} min
          </li>
        ))}
      </ul>
    </>
  );
}

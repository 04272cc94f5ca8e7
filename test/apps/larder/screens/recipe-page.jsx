import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { recipes } from '../model/recipes.ts';
import findSimilar from '../model/similar.ts';

export default function RecipePage({ params }) {
  const recipe = recipes[Number(params.id) - 1];
  return recipe ? <Page key={recipe.id} recipe={recipe} /> : <h1>No such recipe</h1>;
}

const Page = ({ recipe }) => {
  const [similar, setSimilar] = useState([]);
  return (
    <>
      <h1>{recipe.title}</h1>
      <ul aria-label="Ingredients">
        {recipe.ingredients.map(({ name, grams }) => (
          <li key={name}>
            {grams} g {name}
          </li>
        ))}
      </ul>
      <KitchenTimer minutes={recipe.minutes} />
      <button type="button" onClick={() => setSimilar(findSimilar(recipes, recipe, 5))}>
        Find similar
      </button>
      <ol aria-label="Similar">
        {similar.map(({ id, title }) => (
          <li key={id}>
            <Link href={`/recipes/${id}`}>{title}</Link>
          </li>
        ))}
      </ol>
    </>
  );
};

/** Counts a minute down in every tenth of a second. */
function KitchenTimer({ minutes }) {
  const [left, setLeft] = useState(minutes);
  const [running, setRunning] = useState(false);

  useEffect(() => {
    if (!running) return;
    const timer = setInterval(function tick() {
      setLeft((before) => Math.max(0, before - 1));
    }, 100);
    return () => clearInterval(timer);
  }, [running]);

  return (
    <p>
      <span role="timer">{left} min</span>{' '}
      <button type="button" onClick={() => setRunning(!running)}>
        {running ? 'Stop timer' : 'Start timer'}
      </button>
    </p>
  );
}

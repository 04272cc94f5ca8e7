import { useState } from 'react';
import { recipes } from '../model/recipes.ts';
import { countPairs, Histogram, weighInSteps } from '../model/statistics.ts';

const minutes = Histogram.of(
  recipes.map((recipe) => recipe.minutes),
  20,
);

/** A chunk of its own, loaded when it is first asked for. */
export default function Statistics() {
  const [pairs, setPairs] = useState([]);
  const [weights, setWeights] = useState([]);
  const [message, setMessage] = useState('');

  const weigh = async () => {
    const histogram = await weighInSteps(recipes, (done) => setMessage(`${done} recipes weighed`));
    setWeights(histogram.bins);
    setMessage('All weighed');
  };

  return (
    <>
      <h1>Statistics</h1>
      <button type="button" onClick={() => setPairs(countPairs(recipes).slice(0, 10))}>
        Count pairs
      </button>
      <button type="button" onClick={weigh}>
        Weigh in steps
      </button>
      <p role="status">{message}</p>
      <ol aria-label="Pairs">
        {pairs.map(({ names, count }) => (
          <li key={names}>
            {names}: {count}
          </li>
        ))}
      </ol>
      <Bars name="Minutes" bins={minutes.bins} />
      <Bars name="Grams" bins={weights} />
    </>
  );
}

const Bars = ({ name, bins }) => (
  <ul aria-label={name}>
    {bins.map(({ from, count }) => (
      <li key={from}>
        from {from}: {count}
      </li>
    ))}
  </ul>
);

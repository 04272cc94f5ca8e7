import { useSyncExternalStore } from 'react';
import { basketStore, days, shoppingList, weekStore } from '../model/week.ts';

const useStore = (store) => useSyncExternalStore(store.subscribe, store.getState);

export default function Planner() {
  const week = useStore(weekStore);
  const planned = week.dinners.filter(Boolean).length;
  return (
    <>
      <h1>Week</h1>
      <button type="button" onClick={() => weekStore.dispatch({ type: 'fill' })}>
        Fill the week
      </button>
      <button type="button" onClick={() => weekStore.dispatch({ type: 'clear' })}>
        Clear
      </button>
      <button type="button" disabled={week.past.length === 0} onClick={() => weekStore.dispatch({ type: 'undo' })}>
        Undo
      </button>
      <p role="status">{planned} of 7 dinners</p>
      <ul aria-label="Dinners">
        {days.map((day, index) => (
          <li key={day}>
            {day}: {week.dinners[index]?.title ?? 'nothing'}{' '}
            <button type="button" onClick={() => weekStore.dispatch({ type: 'change', day: index })}>
              Change {day}
            </button>
          </li>
        ))}
      </ul>
      <Shopping week={week} />
    </>
  );
}

function Shopping({ week }) {
  const basket = useStore(basketStore);
  return (
    <ul aria-label="Shopping">
      {shoppingList(week).map(([name, grams]) => (
        <li key={name}>
          <label>
            <input type="checkbox" checked={basket.has(name)} onChange={() => basketStore.dispatch(name)} /> {name}
          </label>{' '}
          {grams} g
        </li>
      ))}
    </ul>
  );
}

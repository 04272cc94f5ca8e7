import { useState } from 'preact/hooks';
import type { Harbour } from './harmonics.ts';
import Moorings from './moorings.ts';

const boats = [
  { name: 'Canoe', draught: 0.3 },
  { name: 'Dinghy', draught: 0.9 },
  { name: 'Cutter', draught: 1.8 },
  { name: 'Ketch', draught: 2.6 },
  { name: 'Trawler', draught: 3.4 },
] as const;

/** A chunk of its own, loaded on a click. */
export default function Boats({ harbour }: { harbour: Harbour }) {
  const [shares, setShares] = useState<readonly number[]>([]);
  return (
    <section aria-labelledby="boats-title">
      <h2 id="boats-title">
        Boats afloat <small>share of the year</small>
      </h2>
      <button
        type="button"
        onClick={() => setShares(new Moorings(harbour).shares(boats.map(({ draught }) => draught)))}
      >
        Count hours afloat
      </button>
      <ul class="boats" aria-label="Boats">
        {boats.map(({ name, draught }, index) => (
          <li key={name}>
            <span>
              {name}, {draught} m
            </span>
            <meter value={shares[index] ?? 0} aria-label={`${name} afloat`} />
            <span>{shares[index] === undefined ? '–' : `${Math.round(100 * shares[index])} %`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

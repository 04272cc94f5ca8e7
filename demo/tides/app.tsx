import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { predictYear, type Water } from './almanac.ts';
import { Curve } from './curve.tsx';
import { type Harbour, harbours } from './harmonics.ts';

type BoatsPart = ComponentType<{ harbour: Harbour }>;

/** A page of modules alone: nothing of it is on window. */
export function App() {
  const [harbour, setHarbour] = useState(harbours[0]!);
  const [waters, setWaters] = useState<readonly Water[]>([]);
  const [message, setMessage] = useState('Ready: every button below calls the functions beside it.');
  const [Boats, setBoats] = useState<BoatsPart>();

  function choose(name: string): void {
    setHarbour(harbours.find((one) => one.name === name)!);
    setWaters([]);
    setMessage(name);
  }

  function predict(): void {
    const start = performance.now();
    const predicted = predictYear(harbour);
    setWaters(predicted);
    setMessage(
      `predictYear: ${predicted.length.toLocaleString('en')} tides in ${(performance.now() - start).toFixed(1)} ms`,
    );
  }

  async function showBoats(): Promise<void> {
    const part = await import('./boats.tsx');
    setBoats(() => part.default);
  }

  return (
    <>
      <header>
        <h1>Tides</h1>
        <p>
          A page as bundlers make them today: modules, minified, nothing on <code>window</code>.{' '}
          <a href="./index.html">Back to Commonplace</a>
        </p>
      </header>
      <main>
        <section aria-labelledby="functions-title">
          <h2 id="functions-title">Functions to look into</h2>
          <p class="status" role="status">
            {message}
          </p>
          <ul class="actions">
            <li>
              <div class="controls">
                <button type="button" class="primary" onClick={predict}>
                  Predict the year
                </button>
                <select
                  aria-label="Harbour"
                  value={harbour.name}
                  onChange={({ currentTarget }) => choose(currentTarget.value)}
                >
                  {harbours.map(({ name }) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              </div>
              <p>
                <code>predictYear</code> in <code>almanac.ts</code> finds every high and low water. Why does it ask for
                so many heights?
              </p>
            </li>
            <li>
              <div class="controls">
                <button type="button" onClick={showBoats} disabled={Boats !== undefined}>
                  Show boats
                </button>
              </div>
              <p>
                Loads one more chunk with <code>Moorings.shares</code> in <code>moorings.ts</code>: which boats float,
                and how often?
              </p>
            </li>
          </ul>
        </section>
        <section aria-labelledby="curve-title">
          <h2 id="curve-title">
            {harbour.name} <small>the first two days of January</small>
          </h2>
          <Curve harbour={harbour} />
        </section>
        {Boats && <Boats key={harbour.name} harbour={harbour} />}
        <section aria-labelledby="tides-title">
          <h2 id="tides-title">
            High and low water <small>{waters.length === 0 ? 'not predicted yet' : 'the first two weeks'}</small>
          </h2>
          <Table waters={waters.filter(({ hour }) => hour < 14 * 24)} />
        </section>
      </main>
    </>
  );
}

const timeFormat = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'UTC',
});
const metresFormat = new Intl.NumberFormat('en', {
  style: 'unit',
  unit: 'meter',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const yearStart = Date.UTC(2026, 0, 1);

const Table = ({ waters }: { waters: readonly Water[] }) => (
  <ol class="tides" aria-label="Tides">
    {waters.map(({ kind, hour, height }) => (
      <li key={hour} class={kind}>
        <span>{timeFormat.format(yearStart + hour * 3_600_000)}</span>
        <b>{kind}</b>
        <span>{metresFormat.format(height)}</span>
      </li>
    ))}
  </ol>
);

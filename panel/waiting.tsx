import { whyQuiet } from './end-words.ts';
import { Say } from './phrase.tsx';
import { code, say } from './phrases.ts';
import { nameOf, type Running } from './state.ts';

/** What to do while nothing has called the function yet, and what may be wrong when that takes long. */
export function Waiting({ running: { job, begun, isQuiet } }: { readonly running: Running }) {
  const target = code(nameOf(job));
  if (job.kind === 'apply') return <section class="waiting" />;
  if (job.kind === 'event')
    return (
      <section class="waiting">
        <p class="lead">
          <Say phrase={say`Use the page: what it does for ${target} is captured, wherever that comes.`} />
        </p>
        <p>Nothing is hooked: the browser clocks the event itself, with all of its listeners.</p>
      </section>
    );
  return (
    <section class="waiting">
      <p class="lead">
        <Say
          phrase={
            begun === 0
              ? say`Use the page: do what makes it call ${target}.`
              : say`Go on using the page, or press Cancel to end with what is there.`
          }
        />
      </p>
      {isQuiet && begun === 0 && (
        <div role="note">
          <p>
            Nothing has called it yet. <Say phrase={whyQuiet(job.target)} />
          </p>
          <p>
            What to try: open the part of the page that uses it, or press Cancel, then Record, and pick the function
            from what ran, wherever the page holds it.
          </p>
        </div>
      )}
    </section>
  );
}

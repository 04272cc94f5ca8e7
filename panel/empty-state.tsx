import type { Controller } from './controller.ts';
import { OpenProfile } from './open-profile.tsx';
import { code } from './phrases.ts';

/** Kinds that hardly anybody has come for. */
const unlikely = /^(class|[gs]etter|native .*)$/;
/** Functions offered before anything was typed. */
const mostOffered = 6;

/** What to do, for whoever sees Flambe for the first time. */
export function EmptyState({ controller }: { readonly controller: Controller }) {
  const { functions } = controller.state.value;
  const offered = functions?.functions.filter(({ kind }) => !unlikely.test(kind)).slice(0, mostOffered) ?? [];
  return (
    <section class="empty" aria-label="What to do">
      <ol>
        <li>
          <b>Choose</b> a function of the page: type its path, or take one of the list.
          {offered.length > 0 && (
            <div class="offers">
              {offered.map(({ path }) => (
                <button type="button" key={path} onClick={() => controller.target.choose(path)}>
                  <code>{code(path).code}</code>
                </button>
              ))}
            </div>
          )}
        </li>
        <li>
          Press <b>Capture</b>, then use the page so that it calls the function.
        </li>
        <li>
          <b>See</b> where its time goes; click a box to zoom, and take the graph with you as one SVG file.
        </li>
      </ol>
      <p>
        Not sure which function? Press <b>Record</b>, use the page, and pick one from what ran.
      </p>
      <p>
        Somebody sent you a profile? <OpenProfile controller={controller} />
      </p>
    </section>
  );
}

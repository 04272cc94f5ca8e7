import type { Controller } from './controller.ts';
import { Say } from './phrase.tsx';
import { plain } from './phrases.ts';
import { placeWords } from './source-words.ts';

export const targetPlaceId = 'target-place';

/** Which function the place in "Function" means. */
export function TargetPlace({ controller }: { readonly controller: Controller }) {
  const { matches, reading } = controller.sources;
  const { check, form } = controller.state.value;
  const isPlace = check.kind === 'place' && matches.value.text === form.target.trim();
  const words = isPlace ? placeWords(matches.value, reading.value) : null;
  return (
    words && (
      <p id={targetPlaceId} class="target-place" title={plain(words)}>
        <Say phrase={words} />
      </p>
    )
  );
}

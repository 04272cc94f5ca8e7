import type { FunctionEntry } from '../src/capture/inspect.ts';
import type { PlaceTarget } from '../src/capture/target.ts';
import { harmless } from '../src/flamegraph/names.ts';
import type { Found } from '../src/sources/source-index.ts';
import { type Match, markName } from './filter.ts';
import { selectedPlace, shortPlace, wholePlace } from './source-words.ts';

/** Characters of a name that are shown. */
const longestName = 300;

/** What the list offers: what DevTools shows, a function that the page holds under a path, or one of its scripts. */
export type Offer =
  | { readonly kind: 'selected'; readonly key: string; readonly place: PlaceTarget }
  | { readonly kind: 'global'; readonly key: string; readonly match: Match }
  | { readonly kind: 'source'; readonly key: string; readonly found: Found };

interface OptionsProps {
  readonly offers: readonly Offer[];
  readonly query: string;
  /** Key of the one that Enter would take. */
  readonly active: string | null;
  readonly onChoose: (offer: Offer) => void;
}

/** What a fieldset is anyway; but only where it says so does Chromium take the options in it for those of the list. */
const group = { role: 'group' } as const;

/** The place in the Sources panel, the page's globals, then the functions in the sources of its scripts. */
export function FunctionOptions({ offers, query, active, onChoose }: OptionsProps) {
  const options = (kind: Offer['kind']) =>
    offers.flatMap((offer, index) =>
      offer.kind !== kind ? (
        []
      ) : (
        <button
          type="button"
          key={offer.key}
          id={optionId(index)}
          role="option"
          class={kind}
          aria-selected={offer.key === active}
          tabIndex={-1}
          title={offer.kind === 'source' ? wholePlace(offer.found) : undefined}
          onClick={() => onChoose(offer)}
        >
          <Content offer={offer} query={query} />
        </button>
      ),
    );
  const [selected, globals, sources] = [options('selected'), options('global'), options('source')];
  return (
    <>
      {selected.length > 0 && (
        <fieldset {...group}>
          <legend>Selected in Sources</legend>
          {selected}
        </fieldset>
      )}
      {globals.length > 0 && (
        <fieldset {...group} aria-label="In the page">
          {globals}
        </fieldset>
      )}
      {sources.length > 0 && (
        <fieldset {...group}>
          <legend>In the sources</legend>
          {sources}
        </fieldset>
      )}
    </>
  );
}

export function optionId(index: number): string {
  return `function-${index}`;
}

function Content({ offer, query }: { readonly offer: Offer; readonly query: string }) {
  switch (offer.kind) {
    case 'selected':
      return <span class="path">{selectedPlace(offer.place)}</span>;
    case 'global':
      return <Global match={offer.match} />;
    case 'source':
      return <Source found={offer.found} query={query} />;
    default:
      return offer satisfies never;
  }
}

function Global({ match: { entry, ranges } }: { readonly match: Match }) {
  return (
    <>
      <span class="path">{marked(entry.path, ranges)}</span> <span class="kind">{harmless(entry.kind)}</span>
    </>
  );
}

function Source({ found, query }: { readonly found: Found; readonly query: string }) {
  return (
    <>
      <span class="path">{marked(found.name, markName(found.name, query))}</span>{' '}
      <span class="kind">{shortPlace(found)}</span>
    </>
  );
}

function marked(name: FunctionEntry['path'], ranges: Match['ranges']) {
  const ends = [0, ...ranges.flat(), longestName];
  return ends.slice(1).map((end, index) => {
    const part = harmless(name.slice(ends[index], end), longestName);
    return index % 2 === 1 ? <mark key={end}>{part}</mark> : part;
  });
}

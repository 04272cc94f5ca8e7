import type { Signal } from '@preact/signals';
import { matchColors } from '../src/flamegraph/color.ts';
import type { Query, SearchResult } from '../src/flamegraph/search.ts';
import { CloseIcon, PlusIcon } from './icons.tsx';

interface SearchBoxProps {
  readonly query: Signal<Query>;
  readonly match: SearchResult | null;
  /** Goes to the next match, or the one before. */
  readonly onStep: (direction: 1 | -1) => void;
}

/** The search: terms that were kept, each with its colour, and the one that is being typed, which is the last. */
export function SearchBox({ query, match, onStep }: SearchBoxProps) {
  const { terms, isRegex, isCaseSensitive } = query.value;
  const kept = terms.slice(0, -1);
  const typed = terms.at(-1) ?? '';
  const change = (part: Partial<Query>) => {
    query.value = { ...query.value, ...part };
  };
  const isFull = terms.length >= matchColors.length;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === 'F3') onStep(event.shiftKey ? -1 : 1);
    else if (event.key === 'Backspace' && typed === '' && kept.length > 0) change({ terms: kept });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <search class="search">
      {kept.map((term, index) => (
        <button
          type="button"
          key={`${index} ${term}`}
          class="term"
          style={{ background: matchColors[index] }}
          title="Search for this term no longer"
          aria-label={`Remove term ${term}`}
          onClick={() => change({ terms: terms.toSpliced(index, 1) })}
        >
          <span>{term}</span> <CloseIcon />
        </button>
      ))}
      <input
        type="search"
        aria-label="Search frames"
        placeholder="Search frames"
        title="Looked for in names and addresses (Ctrl+F or /). Enter and Shift+Enter step through the matches"
        autocomplete="off"
        spellcheck={false}
        aria-invalid={match?.error !== undefined}
        value={typed}
        onKeyDown={onKeyDown}
        onInput={(event) => change({ terms: [...kept, event.currentTarget.value] })}
      />
      <button
        type="button"
        class="icon-only letters"
        aria-label="Match case"
        title="Upper and lower case differ; otherwise only in a term with an upper-case letter"
        aria-pressed={isCaseSensitive}
        onClick={() => change({ isCaseSensitive: !isCaseSensitive })}
      >
        Aa
      </button>
      <button
        type="button"
        class="icon-only letters"
        aria-label="Regular expression"
        title="Terms are regular expressions; otherwise plain text"
        aria-pressed={isRegex}
        onClick={() => change({ isRegex: !isRegex })}
      >
        .*
      </button>
      <button
        type="button"
        class="icon-only"
        aria-label="Keep term and add another"
        title={
          isFull ? 'No more terms than there are colours' : 'Keep this term, and add another one in a colour of its own'
        }
        disabled={typed === '' || isFull}
        onClick={(event) => {
          change({ terms: [...terms, ''] });
          event.currentTarget.parentElement!.querySelector('input')!.focus();
        }}
      >
        <PlusIcon />
      </button>
    </search>
  );
}

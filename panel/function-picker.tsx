import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { FunctionEntry, FunctionList } from '../src/capture/inspect.ts';
import { harmless } from '../src/flamegraph/names.ts';
import { formatCount } from '../src/flamegraph/units.ts';
import type { Controller } from './controller.ts';
import { filterFunctions, type Match } from './filter.ts';
import { ChevronIcon } from './icons.tsx';
import { Say } from './phrase.tsx';
import type { State } from './state.ts';
import { checkWords } from './status.ts';

/** Options in the document at a time; nobody scrolls further, they type. */
const mostOptions = 100;
/** Characters of a path that are shown. */
const longestPath = 300;

/** The combobox "Function". Enter takes the option that the arrows went to; with none, it is left to the form. */
export function FunctionPicker({ controller }: { readonly controller: Controller }) {
  const state = controller.state.value;
  const isOpen = useSignal(false);
  /** Typing narrows the list to what fits; opening it on a function that was chosen already offers the others. */
  const isTyping = useSignal(false);
  /** Index of the option that Enter would take; -1 for none. */
  const active = useSignal(-1);
  const input = useRef<HTMLInputElement>(null);
  const text = state.form.target;
  const { matches, count } = isOpen.value ? offered(state, isTyping.value) : { matches: [], count: 0 };
  const activeId = matches[active.value] ? optionId(active.value) : undefined;

  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const show = () => {
    // The page may have loaded more since.
    if (!isOpen.value) void controller.listFunctions();
    isOpen.value = true;
    active.value = -1;
  };
  const hide = () => {
    isOpen.value = false;
    isTyping.value = false;
  };
  const choose = (match: Match) => {
    controller.choose(match.entry.path);
    hide();
  };
  const move = (by: number) => {
    if (!isOpen.value) show();
    const last = offered(state, isTyping.value).matches.length - 1;
    const next = active.value + by;
    active.value = next > last ? 0 : next < 0 ? last : next;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const match = matches[active.value];
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(active.value < 0 ? 0 : -1);
    else if (event.key === 'PageDown') move(Math.min(10, matches.length - 1 - active.value));
    else if (event.key === 'PageUp') move(-Math.min(10, active.value));
    else if (event.key === 'Escape') hide();
    else if (event.key === 'Enter' && isOpen.value && match) choose(match);
    else return;
    event.preventDefault();
  };

  const onSwitchKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    input.current!.focus();
    hide();
  };
  const hideOnLeaving = (event: FocusEvent) => {
    const field = event.currentTarget as HTMLElement;
    if (!field.contains(event.relatedTarget as Node | null)) hide();
  };

  return (
    <div class="picker">
      <label for="function">Function</label>
      <div class="field" onFocusOut={hideOnLeaving}>
        <input
          id="function"
          ref={input}
          role="combobox"
          aria-expanded={isOpen.value}
          aria-controls="functions"
          aria-autocomplete="list"
          aria-activedescendant={activeId}
          aria-invalid={state.check.kind === 'refused'}
          autocomplete="off"
          spellcheck={false}
          placeholder="app.store.dispatch"
          title="A function of the page by its path. Enter captures."
          value={text}
          onClick={show}
          onInput={(event) => {
            controller.type('target', event.currentTarget.value);
            isTyping.value = true;
            show();
          }}
          onKeyDown={onKeyDown}
        />
        <span class="chevron">
          <ChevronIcon />
        </span>
        {isOpen.value && (
          <div class="popup">
            <Note state={state} shown={matches.length} count={count} />
            <div id="functions" role="listbox" aria-label="Functions" onMouseDown={keepFocus}>
              {matches.map((match, index) => (
                <Option
                  key={match.entry.path}
                  match={match}
                  index={index}
                  isActive={index === active.value}
                  onChoose={() => choose(match)}
                />
              ))}
            </div>
            <label class="natives">
              <input
                class="tick"
                type="checkbox"
                checked={state.listsNatives}
                onChange={(event) => {
                  controller.listNatives(event.currentTarget.checked);
                  input.current!.focus();
                }}
                onKeyDown={onSwitchKeyDown}
              />
              Native functions
            </label>
          </div>
        )}
      </div>
    </div>
  );
}

function offered({ functions, form }: State, isTyping: boolean) {
  const entries = functions?.functions ?? [];
  const query = form.target.trim();
  const isChosen = !isTyping && entries.some(({ path }) => path === query);
  return filterFunctions(entries, isChosen ? '' : query, mostOptions);
}

/** A press on an option or on the scrollbar leaves the focus where it is. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

function optionId(index: number): string {
  return `function-${index}`;
}

interface OptionProps {
  readonly match: Match;
  readonly index: number;
  readonly isActive: boolean;
  readonly onChoose: () => void;
}

function Option({ match: { entry, ranges }, index, isActive, onChoose }: OptionProps) {
  return (
    <button type="button" id={optionId(index)} role="option" aria-selected={isActive} tabIndex={-1} onClick={onChoose}>
      <span class="path">{markedPath(entry, ranges)}</span> <span class="kind">{harmless(entry.kind)}</span>
    </button>
  );
}

function markedPath({ path }: FunctionEntry, ranges: Match['ranges']) {
  const ends = [0, ...ranges.flat(), longestPath];
  return ends.slice(1).map((end, index) => {
    const part = harmless(path.slice(ends[index], end), longestPath);
    return index % 2 === 1 ? <mark key={end}>{part}</mark> : part;
  });
}

/** What is to be said of the text and of the list; options follow it. */
function Note({ state, shown, count }: { readonly state: State; readonly shown: number; readonly count: number }) {
  const { functions, check, form } = state;
  const isInList = check.kind === 'function' && count > 0;
  const words = isInList ? null : checkWords(check, form.target);
  const list = listWords(functions, shown, count);
  if (!words && !list) return null;
  // What is not in a list that was cut off may be there all the same.
  const isCutOff = functions?.truncated && count === 0;
  return (
    <p class="note">
      {words && <Say phrase={words} />} {(!words || isCutOff) && list}
    </p>
  );
}

function listWords(functions: FunctionList | null, shown: number, count: number): string | null {
  if (functions === null) return 'Looking for functions …';
  if (count > shown) return `${shown} of ${formatCount(count, 'function')}: type to find others`;
  if (functions.truncated && functions.functions.length === 0)
    return 'The functions of this page can’t be listed: type a path';
  if (functions.truncated) return 'The page has more functions than this list holds: type a path';
  return count === 0 ? 'No function in the list fits' : null;
}

import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { FunctionList } from '../src/capture/inspect.ts';
import { formatTarget } from '../src/capture/target.ts';
import { harmless } from '../src/flamegraph/names.ts';
import { formatCount } from '../src/flamegraph/units.ts';
import type { Controller } from './controller.ts';
import { filterFunctions } from './filter.ts';
import { FunctionOptions, type Offer, optionId } from './function-options.tsx';
import { ChevronIcon } from './icons.tsx';
import { Say } from './phrase.tsx';
import { mostFound, placeOfFound } from './source-search.ts';
import { sourcesWords } from './source-words.ts';
import type { State } from './state.ts';
import { checkWords } from './status.ts';
import { targetPlaceId } from './target-place.tsx';
import { Tick } from './tick.tsx';

/** Globals in the document at a time; nobody scrolls further, they type. */
const mostGlobals = 50;

/** The combobox "Function". Enter takes the option that the arrows went to; with none, it is left to the form. */
export function FunctionPicker({ controller }: { readonly controller: Controller }) {
  const state = controller.state.value;
  const isOpen = useSignal(false);
  /** Typing narrows the list to what fits; opening it on a function that was chosen already offers the others. */
  const isTyping = useSignal(false);
  /** Key of the option that Enter would take: others may come before it as more scripts are read. */
  const active = useSignal<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const text = state.form.target;
  const { offers, globals } = useOffers(controller, isTyping.value);
  const activeIndex = isOpen.value ? offers.findIndex(({ key }) => key === active.value) : -1;
  const activeId = activeIndex >= 0 ? optionId(activeIndex) : undefined;

  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const show = () => {
    if (!isOpen.value) controller.target.lookForFunctions();
    isOpen.value = true;
    active.value = null;
  };
  const hide = () => {
    controller.sources.leave();
    isOpen.value = false;
    isTyping.value = false;
  };
  const choose = (offer: Offer) => {
    hide();
    if (offer.kind === 'selected') controller.target.chooseSelected(offer.place);
    else controller.target.choose(offer.kind === 'global' ? offer.key : formatTarget(placeOfFound(offer.found)));
  };
  const move = (by: number) => {
    if (!isOpen.value) show();
    const last = offers.length - 1;
    const next = activeIndex + by;
    active.value = offers[next > last ? 0 : next < 0 ? last : next]?.key ?? null;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const offer = offers[activeIndex];
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(activeIndex < 0 ? 0 : -1);
    else if (event.key === 'PageDown') move(Math.min(10, offers.length - 1 - activeIndex));
    else if (event.key === 'PageUp') move(-Math.min(10, activeIndex));
    else if (event.key === 'Escape') hide();
    else if (event.key === 'Enter' && isOpen.value && offer) choose(offer);
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
          aria-describedby={targetPlaceId}
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
            <Note state={state} globals={globals} hasOthers={offers.length > globals.shown} />
            <div id="functions" role="listbox" aria-label="Functions" onMouseDown={keepFocus}>
              <FunctionOptions offers={offers} query={text} active={active.value} onChoose={choose} />
            </div>
            <SourcesNote controller={controller} />
            <Tick
              words="Native functions"
              isOn={state.listsNatives}
              onChange={(isOn) => {
                controller.target.listNatives(isOn);
                input.current!.focus();
              }}
              onKeyDown={onSwitchKeyDown}
            />
          </div>
        )}
      </div>
    </div>
  );
}

/** Of the globals that fit, and how many of them are in the list. */
interface Globals {
  readonly shown: number;
  readonly count: number;
}

interface Offers {
  readonly offers: readonly Offer[];
  readonly globals: Globals;
}

/** What fits the text. The globals may be many, and stay the same while more and more scripts are read. */
function useOffers({ state, sources }: Controller, isTyping: boolean): Offers {
  const { functions, form } = state.value;
  const matched = sources.matches.value;
  const query = form.target.trim();
  const { isChosen, matches, count } = useMemo(() => {
    const entries = functions?.functions ?? [];
    const isChosen = !isTyping && entries.some(({ path }) => path === query);
    return { isChosen, ...filterFunctions(entries, isChosen ? '' : query, mostGlobals) };
  }, [functions, query, isTyping]);
  const found = isChosen || matched.text !== query ? [] : matched.found.slice(0, mostFound);
  // Whoever types looks for something else.
  const place = isTyping ? null : sources.selected.value;
  return {
    offers: [
      ...(place ? [{ kind: 'selected', key: formatTarget(place), place } as const] : []),
      ...matches.map((match) => ({ kind: 'global', key: match.entry.path, match }) as const),
      ...found.map((one) => ({ kind: 'source', key: `${one.scriptId}:${one.index}`, found: one }) as const),
    ],
    globals: { shown: matches.length, count },
  };
}

/** A press on an option or on the scrollbar leaves the focus where it is. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

interface NoteProps {
  readonly state: State;
  readonly globals: Globals;
  /** Whether the list has functions of scripts. */
  readonly hasOthers: boolean;
}

/** What is to be said of the text and of the list; options follow it. */
function Note({ state, globals: { shown, count }, hasOthers }: NoteProps) {
  const { functions, check, form } = state;
  const isInList = check.kind === 'function' && count > 0;
  const words = isInList || hasOthers ? null : checkWords(check, form.target);
  const list = hasOthers && count === 0 ? null : listWords(functions, shown, count);
  if (!words && !list) return null;
  // What is not in a list that was cut off may be there all the same.
  const isCutOff = functions?.truncated && count === 0;
  return (
    <p class="note">
      {words && <Say phrase={words} />} {(!words || isCutOff) && list}
    </p>
  );
}

/** How far the sources are searched. */
function SourcesNote({ controller: { sources } }: { readonly controller: Controller }) {
  const reading = sources.reading.value;
  const words = sourcesWords(sources.matches.value, reading);
  const problems = reading.problems.map((problem) => harmless(problem)).join('\n');
  return (
    words && (
      <p class="note" title={problems || undefined}>
        {words}
      </p>
    )
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

import { type ReadonlySignal, signal } from '@preact/signals';
import { initialState, type PanelEvent, type State, step } from './state.ts';

/** What the panel is; what happens changes it. */
export class Store {
  readonly #state = signal(initialState);

  get state(): ReadonlySignal<State> {
    return this.#state;
  }

  dispatch(event: PanelEvent): void {
    this.#state.value = step(this.#state.value, event);
  }
}

export type Reducer<State, Action> = (state: State, action: Action) => State;

export interface Store<State, Action> {
  getState(): State;
  dispatch(action: Action): void;
  /** Returns how to stop listening. */
  subscribe(listener: () => void): () => void;
}

/** The app has two: functions of one place in the source that are different functions. */
export function createStore<State, Action>(reduce: Reducer<State, Action>, initial: State): Store<State, Action> {
  let state = initial;
  const listeners = new Set<() => void>();

  function dispatch(action: Action): void {
    const before = state;
    state = reduce(state, action);
    if (state !== before) for (const listener of listeners) listener();
  }

  return {
    getState: () => state,
    dispatch,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

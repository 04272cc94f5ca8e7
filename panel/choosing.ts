import { keepTree } from '../src/capture/trees.ts';
import type { CallIndex, FrameIndex } from '../src/profile/model.ts';
import { FoldClient, isLongWork } from './fold-client.ts';
import type { Store } from './store.ts';

/** Which call of a capture, or function of a recording, the graph is of. What takes long to fold does not keep anything else. */
export class Choosing {
  readonly #store: Store;
  readonly #client = new FoldClient();

  constructor(store: Store) {
    this.#store = store;
  }

  async call(call: CallIndex | 'all'): Promise<void> {
    const { capture } = this.#store.state.value;
    if (!capture) return;
    this.#client.forget();
    this.#store.dispatch({ type: 'chose call', call });
    if (call !== 'all' && isLongWork(capture.profile)) {
      const tree = await orHere(this.#client.call(capture, call));
      if (tree === null || this.#store.state.value.capture !== capture) return;
      if (tree) keepTree(capture, call, tree);
    }
    this.#store.dispatch({ type: 'showed call', call });
  }

  async pick(frame: FrameIndex): Promise<void> {
    const { recorded } = this.#store.state.value;
    if (!recorded) return;
    this.#client.forget();
    const { recording, moments } = recorded;
    const isLong = isLongWork(recording.profile);
    const runs = isLong ? await orHere(this.#client.runs(recording.profile, moments, frame)) : undefined;
    if (runs === null || this.#store.state.value.recorded !== recorded) return;
    const calls = recorded.callsOf(frame, runs?.calls);
    this.#store.dispatch({ type: 'picked', calls: { ...calls, ...(runs && { tree: runs.tree }) } });
  }
}

/** Undefined where the worker fails, which may be without memory: then it is done here. */
function orHere<Result>(folded: Promise<Result>): Promise<Result | undefined> {
  return folded.catch((error: Error) => {
    console.error(error);
    return undefined;
  });
}

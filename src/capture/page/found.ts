/** Runs in the page: finds the target, and puts a hook in its place. */
import type { CaptureFailure } from '../errors.ts';
import { type Fn, Hook, type HookOptions } from './hook.ts';
import { type Binding, placeOf } from './place.ts';
import {
  type Found,
  kindOf,
  ownProperty,
  type Root,
  typeName,
  type Walked,
  type Way,
  walk,
  walkFromRoot,
} from './walk.ts';

/** The target as it was found, before anything is touched. */
export class FoundTarget {
  /** By the time of arming, another function stood there than at first. */
  isNewer = false;
  readonly #find: () => Walked;
  #found: Found;
  /** Null where the target has no name of its own. */
  readonly #binding: Binding | null;

  constructor(find: () => Walked, found: Found, binding: Binding | null) {
    this.#find = find;
    this.#found = found;
    this.#binding = binding;
  }

  get fn(): Fn {
    return this.#found.value as Fn;
  }

  /** What the caller needs to know of the function, as plain data. */
  get summary(): { name: string; kind: string; path: string } {
    const name: unknown = ownProperty(this.fn, 'name')?.value;
    const { holder, owner, accessor, path } = this.#found;
    return {
      name: typeof name === 'string' ? name : '',
      kind: kindOf(this.fn, holder !== owner, accessor),
      path,
    };
  }

  /** The object whose property the target is. */
  get owner(): object | undefined {
    return this.#found.owner;
  }

  /** `this` of a call that Flambe makes. */
  get receiver(): unknown {
    return this.#found.owner === globalThis ? undefined : this.#found.owner;
  }

  /**
   * Puts a hook in the target's place, on the function that stands there at this very moment: a page may put a new one
   * there every now and then. Returns the hook, or why it cannot stand there.
   */
  arm(options: HookOptions): Hook | CaptureFailure {
    const found = functionIn(this.#find());
    if (!found.ok) return found.failure;
    this.isNewer = found.value !== this.#found.value;
    this.#found = found;
    const { path } = found;
    const place = placeOf(found, this.#binding);
    if (place === null) return { code: 'no place', text: path };
    if (typeof place === 'string') return { code: 'cannot wrap', path, reason: place };
    const hook = new Hook(this.fn, options, path);
    return hook.put(place) ? hook : { code: 'cannot wrap', path, reason: 'proxy refused' };
  }

  /** A hook that stands nowhere: only its own `run` calls the target. */
  wrap(options: HookOptions): Hook {
    return new Hook(this.fn, options, this.#found.path);
  }
}

/** Finds a target by its path from the global scope. */
export function findByPath(way: Way, root: Root & Binding): FoundTarget | CaptureFailure {
  return find(() => walkFromRoot(root, way), root);
}

/** Finds a target under a value that an expression gave, by what is left of the expression. */
export function findUnder(value: unknown, text: string, way: Way): FoundTarget | CaptureFailure {
  return find(() => walk({ ok: true, path: text, value, accessor: null }, way), null);
}

function find(look: () => Walked, binding: Binding | null): FoundTarget | CaptureFailure {
  const found = functionIn(look());
  return found.ok ? new FoundTarget(look, found, binding) : found.failure;
}

function functionIn(walked: Walked): Walked {
  if (!walked.ok || typeof walked.value === 'function') return walked;
  const { value, path } = walked;
  return { ok: false, failure: { code: 'not a function', path, type: typeName(value) } };
}

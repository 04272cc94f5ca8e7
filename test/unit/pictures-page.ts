import { afterEach, beforeEach, vi } from 'vitest';
import type { Hook, HookOptions } from '../../src/capture/page/hook.ts';
import { parseTarget } from '../../src/capture/target.ts';

// The hook takes its clock and its marks at load, so the fake ones come first. The tests in browsers have real ones.
vi.useFakeTimers();
/** Labels of the marks that hooks left in the test that runs. */
export const marks: string[] = [];
Object.assign(console, {
  timeStamp: (label: string) => marks.push(label),
  profile: (label: string) => marks.push(`profile ${label}`),
  profileEnd: (label: string) => marks.push(`profileEnd ${label}`),
});
export const { findByPath, findUnder, FoundTarget } = await import('../../src/capture/page/found.ts');

type Binding = Pick<Parameters<typeof findByPath>[1], 'read' | 'write'>;
export type Fn = (...args: never[]) => unknown;

/** The global object of a page; what these tests put there goes again after each. */
export const globals = globalThis as unknown as Record<string, unknown>;
const names = ['tApp', 'tFn', 'tWidget'];

beforeEach(() => {
  marks.length = 0;
});
afterEach(() => {
  vi.clearAllTimers();
  for (const name of names) delete globals[name];
});

/** A top-level binding as the page's own code sees it. */
export function bindingOf(name: string): Binding {
  return {
    read: () => globals[name],
    write: (value) => {
      globals[name] = value;
    },
  };
}

export function find(text: string, binding?: Binding): ReturnType<typeof findByPath> {
  const target = parseTarget(text);
  if (target?.kind !== 'path') throw new Error(`${text} is no path`);
  return findByPath(
    { steps: target.steps, accessor: target.accessor ?? 'any' },
    {
      name: target.root,
      isLexical: binding !== undefined,
      ...(binding ?? bindingOf(target.root)),
    },
  );
}

export const defaults: HookOptions = {
  id: 'c0ffee',
  calls: 1000,
  marks: 'timeStamp',
  lease: 30_000,
  longerThan: 0,
  stays: false,
};

/** Puts a hook on a path, which must be there to take it. */
export function arm(text: string, options: Partial<HookOptions> = {}, binding?: Binding): Hook {
  const found = find(text, binding);
  if (!(found instanceof FoundTarget)) throw new Error(JSON.stringify(found));
  const hook = found.arm({ ...defaults, ...options });
  if ('code' in hook) throw new Error(JSON.stringify(hook));
  return hook;
}

/** What finding or arming says of a target that cannot be hooked. */
export function refusal(text: string, binding?: Binding): unknown {
  const found = find(text, binding);
  return found instanceof FoundTarget ? found.arm(defaults) : found;
}

/** All that a look at objects can tell: their properties with their attributes, in order. */
export function look(...objects: object[]): unknown {
  return objects.map((object) =>
    Reflect.ownKeys(object).map((key) => [key, Reflect.getOwnPropertyDescriptor(object, key)] as const),
  );
}

export class Widget {
  render(this: unknown) {
    return this;
  }
  static make() {
    return new Widget();
  }
}

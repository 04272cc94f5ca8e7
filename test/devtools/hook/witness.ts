/** Runs in the page: remembers everything in reach of the global object, and says what is no longer the same. */
export interface Witness {
  /** Looks at everything; to be called before the hook comes. */
  remember(): void;
  /** Paths of what is not as it was when it was remembered. */
  changes(): string[];
}

interface Seen {
  readonly object: object;
  readonly path: string;
  readonly prototype: object | null;
  readonly isExtensible: boolean;
  readonly keys: readonly PropertyKey[];
  readonly properties: readonly PropertyDescriptor[];
}

/**
 * To be made before the page's own tricks begin: later it trusts nothing but the functions taken here. `named` gives the
 * top-level bindings, which belong to no object. Other windows are left alone; what they hold is not the page's.
 */
export function makeWitness(named: () => unknown[]): Witness {
  const { apply, getOwnPropertyDescriptor, getPrototypeOf, isExtensible, ownKeys } = Reflect;
  const { is } = Object;
  const { String: text, Set: SetOfObjects } = globalThis;
  const { add, has } = SetOfObjects.prototype;
  let memory: Seen[] = [];
  let bindings: unknown[] = [];

  function read(object: object, path: string): Seen {
    const keys = ownKeys(object);
    const properties: PropertyDescriptor[] = [];
    for (let i = 0; i < keys.length; i++) properties[i] = getOwnPropertyDescriptor(object, keys[i]!)!;
    return {
      object,
      path,
      prototype: getPrototypeOf(object),
      isExtensible: isExtensible(object),
      keys,
      properties,
    };
  }

  function isFrame(object: object, key: PropertyKey): boolean {
    return object === globalThis && typeof key === 'string' && key[0]! >= '0' && key[0]! <= '9';
  }

  function remember(): void {
    memory = [];
    const met = new SetOfObjects<object>();
    const waiting: { object: object; path: string }[] = [];
    const meet = (value: unknown, path: string) => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
      if (apply(has, met, [value])) return;
      apply(add, met, [value]);
      waiting[waiting.length] = { object: value, path };
    };
    meet(globalThis, 'window');
    meet(document, 'document');
    bindings = named();
    for (let i = 0; i < bindings.length; i++) meet(bindings[i], `binding ${i}`);
    for (let i = 0; i < waiting.length; i++) {
      const { object, path } = waiting[i]!;
      const seen = read(object, path);
      memory[memory.length] = seen;
      meet(seen.prototype, `${path}.[[Prototype]]`);
      for (let j = 0; j < seen.keys.length; j++) {
        const key = seen.keys[j]!;
        const property = seen.properties[j]!;
        if (isFrame(object, key)) continue;
        const place = `${path}.${text(key)}`;
        meet(property.value, place);
        meet(property.get, `${place} (get)`);
        meet(property.set, `${place} (set)`);
      }
    }
  }

  function isSame(a: PropertyDescriptor | undefined, b: PropertyDescriptor | undefined): boolean {
    if (a === undefined || b === undefined) return a === b;
    const holdSame = is(a.value, b.value) && a.get === b.get && a.set === b.set;
    return holdSame && a.writable === b.writable && a.enumerable === b.enumerable && a.configurable === b.configurable;
  }

  function changes(): string[] {
    const found: string[] = [];
    const say = (path: string) => {
      found[found.length] = path;
    };
    for (let i = 0; i < memory.length; i++) {
      const before = memory[i]!;
      const now = read(before.object, before.path);
      if (now.prototype !== before.prototype) say(`${before.path}.[[Prototype]]`);
      if (now.isExtensible !== before.isExtensible) say(`${before.path} is extensible`);
      for (let j = 0; j < now.keys.length || j < before.keys.length; j++)
        if (now.keys[j] !== before.keys[j] || !isSame(now.properties[j], before.properties[j]))
          say(`${before.path}.${text(now.keys[j] ?? before.keys[j])}`);
    }
    const names = named();
    for (let i = 0; i < names.length; i++) if (!is(names[i], bindings[i])) say(`binding ${i}`);
    return found;
  }

  return { remember, changes };
}

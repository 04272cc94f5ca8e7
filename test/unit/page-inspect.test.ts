import { runInThisContext } from 'node:vm';
import { afterEach, describe, expect, test } from 'vitest';
import type { FunctionList, PathCheck } from '../../src/capture/inspect.ts';
import { beginListing, continueListing, listFunctions, readLines } from '../../src/capture/list-functions.ts';
import { checkPath } from '../../src/capture/page/inspect.ts';
import { listSlice } from '../../src/capture/page/list-functions.ts';
import { parseTarget } from '../../src/capture/target.ts';

const globals = globalThis as unknown as Record<string, unknown>;
const ours = new Set<string>();

/** Puts things on the global object, as a page's script does, until the test is over. */
function page(things: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(things)) {
    if (name in globals && !ours.has(name)) throw new Error(`${name} is taken`);
    ours.add(name);
    globals[name] = value;
  }
}

afterEach(() => {
  for (const name of ours) delete globals[name];
  ours.clear();
});

/** As the panel does it, with this process for a page. */
async function list(natives = false): Promise<FunctionList> {
  const answers = async (expression: string) => JSON.parse(JSON.stringify(runInThisContext(expression)));
  return (await listFunctions(answers, natives))!;
}

/** The functions that the page's own globals lead to: `path kind`, sorted. */
async function listed(): Promise<string[]> {
  const { functions } = await list();
  return functions
    .filter(({ path }) => [...ours].some((name) => path.startsWith(name) || path.startsWith(`window["${name}`)))
    .map(({ path, kind }) => `${path} ${kind}`)
    .sort();
}

function check(text: string, readRoot?: () => unknown): PathCheck {
  const target = parseTarget(text);
  if (target?.kind !== 'path') throw new Error(`${text} is no path`);
  return checkPath(
    { root: target.root, steps: target.steps, accessor: target.accessor ?? 'any' },
    readRoot ??
      (() => {
        if (!(target.root in globals)) throw new ReferenceError(`${target.root} is not defined`);
        return globals[target.root];
      }),
  );
}

const found = (kind: string) => ({ ok: true, kind });
const failed = (failure: object) => ({ ok: false, failure });

/** Fails the test that runs it. */
function neverRun(): never {
  throw new Error('A getter of the page was run');
}

describe('the list of functions', () => {
  test('names each kind', async () => {
    page({
      tPlain() {},
      tArrow: () => 0,
      tAsync: async () => 0,
      *tGenerator() {},
      async *tAsyncGenerator() {},
      tClass: class {},
    });
    expect(await listed()).toEqual([
      'tArrow function',
      'tAsync async function',
      'tAsyncGenerator async generator',
      'tClass class',
      'tGenerator generator',
      'tPlain function',
    ]);
  });

  test('goes three levels down: plain objects, classes, prototypes, instances of the page’s classes', async () => {
    class Shape {
      static of() {}
      area() {}
    }
    class Circle extends Shape {
      radius() {}
    }
    page({
      tApp: { store: { dispatch() {}, deeper: { tooDeep() {} } }, run() {} },
      tCircle: Circle,
      tShape: new Circle(),
      tBare: Object.assign(Object.create(null), { fn() {} }),
    });
    expect(await listed()).toEqual([
      'tApp.run function',
      'tApp.store.dispatch function',
      'tBare.fn function',
      'tCircle class',
      'tCircle.prototype.radius method',
      'tShape.area method',
      'tShape.radius method',
    ]);
  });

  test('leaves out natives and what only the browser made: arrays, maps, dates', async () => {
    page({
      tSort: Array.prototype.sort,
      tBound: neverRun.bind(null),
      tList: [neverRun],
      tMap: Object.assign(new Map(), { fn: neverRun }),
      tDate: new Date(),
    });
    expect(await listed()).toEqual([]);
  });

  test('has both halves of a property, and symbols of the registry', async () => {
    page({
      tApp: {
        get both() {
          return 0;
        },
        set both(_: number) {},
        set only(_: number) {},
        [Symbol.for('a key')]() {},
        [Symbol('unknown')]() {},
      },
    });
    expect(await listed()).toEqual([
      'tApp.both (get) getter',
      'tApp.both (set) setter',
      'tApp.only (set) setter',
      'tApp[Symbol.for("a key")] function',
    ]);
  });

  test('has the browser’s own functions where they are asked for, after the page’s', async () => {
    page({ tApp: { fn() {}, parse: JSON.parse } });
    const without = (await list()).functions;
    const { functions } = await list(true);
    expect(functions.slice(0, without.length)).toEqual(without);
    const native = new Map(functions.slice(without.length).map(({ path, kind }) => [path, kind]));
    expect(native.get('JSON.parse')).toBe('native function');
    expect(native.get('tApp.parse')).toBe('native function');
    expect(native.get('Array.prototype.sort')).toBe('native method');
    expect(native.get('Map.prototype.size (get)')).toBe('native getter');
    expect(without.every(({ kind }) => !kind.startsWith('native '))).toBe(true);
  });

  test('runs no getter, wherever it stands, and lists nothing behind one', async () => {
    class Guarded {
      get secret() {
        return neverRun();
      }
      static get secret() {
        return neverRun();
      }
      method() {}
    }
    const guarded = Object.defineProperty({ fn() {} }, 'secret', { get: neverRun, enumerable: true });
    page({ tGuarded: guarded, tClass: Guarded, tInstance: new Guarded() });
    Object.defineProperty(globals, 'tGetter', { get: neverRun, configurable: true, enumerable: true });
    ours.add('tGetter');
    expect(await listed()).toEqual([
      'tClass class',
      'tClass.prototype.method method',
      'tClass.prototype.secret (get) getter',
      'tClass.secret (get) getter',
      'tGetter (get) getter',
      'tGuarded.fn function',
      'tGuarded.secret (get) getter',
      'tInstance.method method',
      'tInstance.secret (get) getter',
    ]);
  });

  test('ends on cycles, and names each function once per owner', async () => {
    const app: Record<string, unknown> = { fn() {} };
    app.self = app;
    app.back = { app };
    page({ tApp: app, tAlias: app });
    expect(await listed()).toEqual(['tApp.fn function']);
  });

  test('writes paths that lead back: odd names, numbers, well-known symbols', async () => {
    page({
      tOdd: { 'my fn'() {}, 7() {}, [Symbol.iterator]() {}, [Symbol('secret')]: neverRun },
      'tOdd name': neverRun,
    });
    const paths = (await listed()).map((line) => line.replace(/ function$/, ''));
    expect(paths).toEqual(['tOdd["my fn"]', 'tOdd[7]', 'tOdd[Symbol.iterator]', 'window["tOdd name"]']);
    for (const path of paths)
      expect(check(path, () => (path.startsWith('window') ? globalThis : globals.tOdd))).toEqual(found('function'));
  });

  test('goes past proxies that are revoked or that throw', async () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const throwing = new Proxy({}, { ownKeys: neverRun, getOwnPropertyDescriptor: neverRun, getPrototypeOf: neverRun });
    page({ tRevoked: revoked.proxy, tThrowing: throwing, tHolds: { revoked: revoked.proxy, throwing, fn() {} } });
    expect(await listed()).toEqual(['tHolds.fn function']);
  });

  test('reads frozen things and changes nothing', async () => {
    const frozen = Object.freeze({ inner: Object.freeze({ fn() {} }) });
    const loose = { fn() {} };
    page({ tFrozen: frozen, tLoose: loose });
    const before = Object.getOwnPropertyDescriptors(loose);
    const keys = Reflect.ownKeys(globals);
    expect(await listed()).toEqual(['tFrozen.inner.fn function', 'tLoose.fn function']);
    expect(Object.getOwnPropertyDescriptors(loose)).toEqual(before);
    expect(Reflect.ownKeys(globals)).toEqual(keys);
  });

  test('of 10,000 functions has them all', async () => {
    const many = Array.from({ length: 100 }, (_, group) => {
      const members = Array.from({ length: 100 }, (_, i) => [`fn${i}`, () => group * i] as const);
      return [`tMany${group}`, Object.fromEntries(members)] as const;
    });
    page(Object.fromEntries(many));
    const { functions, truncated } = await list();
    expect(functions.filter(({ path }) => path.startsWith('tMany'))).toHaveLength(10_000);
    expect(truncated).toBe(false);
  });

  test('of more than anyone can read says that it is cut off', async () => {
    page({ tMany: Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`fn${i}`, () => i])) });
    const { functions, truncated } = await list();
    expect(truncated).toBe(true);
    expect(functions.length).toBeLessThanOrEqual(20_000);
  });

  test('is the same in slices, which take no longer than they may', async () => {
    class Widget {
      static of() {}
      render() {}
    }
    const app: Record<string, unknown> = { widget: new Widget(), Widget, parse: JSON.parse, deep: { fn() {} } };
    app.self = app;
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`fn${i}`, { [`inner${i}`]: () => i }]));
    page({ tApp: app, tMany: many, tAlias: many, tLast() {} });
    for (const natives of [false, true]) {
      const lines = { own: '', native: '' };
      let slices = 0;
      let listing = beginListing(natives, -1);
      for (let isLast = false; !isLast; slices++) {
        const slice = listSlice(JSON.parse(JSON.stringify(listing)));
        lines.own += slice.lines.own;
        lines.native += slice.lines.native;
        ({ isLast } = slice);
        listing = continueListing(listing, slice);
      }
      expect(slices).toBeGreaterThan(10);
      expect(readLines(lines.own + lines.native)).toEqual((await list(natives)).functions);
    }
  });

  test('is given up once it is not wanted any more', async () => {
    let asked = 0;
    const answers = async (expression: string) => {
      asked++;
      return { ...runInThisContext(expression), isLast: false };
    };
    expect(await listFunctions(answers, false, () => asked < 3)).toBeNull();
    expect(asked).toBe(3);
  });

  test.each([
    null,
    'x',
    {},
    { lines: {} },
    { lines: { own: '', native: '' } },
    { lines: { own: 1, native: '' }, found: { own: [], native: [] } },
  ])('%j is no list', async (answer) => {
    await expect(listFunctions(async () => answer, false)).rejects.toThrow(TypeError);
  });

  test('ends with a page that never does', async () => {
    const endless = {
      lines: { own: 'function\tx\nno function\n', native: '' },
      found: { own: [], native: [] },
      next: {},
      isLast: false,
    };
    const { functions, truncated } = (await listFunctions(async () => endless, false))!;
    expect(new Set(functions.map(({ path, kind }) => `${path} ${kind}`))).toEqual(new Set(['x function']));
    expect(truncated).toBe(true);
  });
});

describe('checking a path', () => {
  test('finds functions: own, inherited, of prototypes, under symbols and odd names', () => {
    class Widget {
      render() {}
      *[Symbol.iterator]() {}
    }
    page({ tWidget: Widget, tOne: new Widget(), tApp: { 'my fn': async () => 0, list: [() => 0] } });
    expect(check('tWidget')).toEqual(found('class'));
    expect(check('tWidget.prototype.render')).toEqual(found('function'));
    expect(check('tOne.render')).toEqual(found('method'));
    expect(check('tOne[Symbol.iterator]')).toEqual(found('generator'));
    expect(check('tApp["my fn"]')).toEqual(found('async function'));
    expect(check('tApp.list[0]')).toEqual(found('function'));
    expect(check('window.tOne.render')).toEqual(found('method'));
  });

  test('finds what top-level let, const and class hold, by reading the bare name', () => {
    expect(check('tLexical', () => () => 0)).toEqual(found('function'));
    expect(check('tLexical.store.run', () => ({ store: { run() {} } }))).toEqual(found('function'));
  });

  test('says what is not there, and what may have been meant', () => {
    page({ tApp: { render() {}, store: { dispatch() {} } } });
    expect(check('tApp.rendr')).toEqual(failed({ code: 'not found', path: 'tApp.rendr', near: 'tApp.render' }));
    expect(check('tApp.RENDER')).toEqual(failed({ code: 'not found', path: 'tApp.RENDER', near: 'tApp.render' }));
    expect(check('tApp.store.dipsatch')).toEqual(
      failed({ code: 'not found', path: 'tApp.store.dipsatch', near: 'tApp.store.dispatch' }),
    );
    expect(check('tApp.stroe.dispatch')).toEqual(failed({ code: 'not found', path: 'tApp.stroe', near: 'tApp.store' }));
    expect(check('tAqp')).toEqual(failed({ code: 'not found', path: 'tAqp', near: 'tApp' }));
    expect(check('tApp.quiteAnotherThing')).toEqual(failed({ code: 'not found', path: 'tApp.quiteAnotherThing' }));
    expect(check('tApp[Symbol.iterator]')).toEqual(failed({ code: 'not found', path: 'tApp[Symbol.iterator]' }));
    expect(check('tApp[Symbol.nonsense]')).toEqual(failed({ code: 'not found', path: 'tApp[Symbol.nonsense]' }));
  });

  test.each([
    ['text', 'string'],
    [0, 'number'],
    [null, 'null'],
    [undefined, 'undefined'],
    [[], 'array'],
    [{}, 'object'],
    [Symbol.iterator, 'symbol'],
    [1n, 'bigint'],
  ])('says what stands there instead: %s is %s', (value, type) => {
    page({ tApp: { value } });
    expect(check('tApp.value')).toEqual(failed({ code: 'not a function', path: 'tApp.value', type }));
  });

  test('says where a path ends in a value that has no properties', () => {
    page({ tApp: { title: 'text' } });
    expect(check('tApp.title.length.x')).toEqual(
      failed({ code: 'not a function', path: 'tApp.title', type: 'string' }),
    );
  });

  test('runs no getter: own, inherited, static or global', () => {
    class Guarded {
      get secret() {
        return neverRun();
      }
    }
    page({ tOwn: Object.defineProperty({}, 'secret', { get: neverRun }), tInherited: new Guarded() });
    Object.defineProperty(globals, 'tGetter', { get: neverRun, configurable: true });
    ours.add('tGetter');
    for (const path of ['tOwn.secret', 'tInherited.secret', 'tGetter'])
      expect(check(path, path === 'tGetter' ? neverRun : undefined)).toEqual(found('getter'));
    expect(check('tGetter.more', neverRun)).toEqual(failed({ code: 'behind getter', path: 'tGetter' }));
    expect(check('tOwn.secret.more')).toEqual(failed({ code: 'behind getter', path: 'tOwn.secret' }));
    // A getter that only looks native may run anything.
    const bound = Object.defineProperty({}, 'secret', { get: neverRun.bind(null) });
    const proxied = Object.defineProperty({}, 'secret', { get: new Proxy(neverRun, {}) });
    page({ tBound: bound, tProxied: proxied });
    for (const path of ['tBound', 'tProxied'])
      expect(check(`${path}.secret.more`)).toEqual(failed({ code: 'behind getter', path: `${path}.secret` }));
    // Nor when looking for what may have been meant.
    expect(check('tOwn.secert')).toEqual(failed({ code: 'not found', path: 'tOwn.secert', near: 'tOwn.secret' }));
  });

  test('goes through getters of the browser’s own', () => {
    page({ tMap: new Map([[1, 2]]) });
    expect(check('tMap.size.toFixed')).toEqual(failed({ code: 'not a function', path: 'tMap.size', type: 'number' }));
  });

  test('says so when an object does not let itself be looked at: revoked proxies, windows of other origins', () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    page({ tRevoked: revoked.proxy, tApp: { closed: new Proxy({}, { getOwnPropertyDescriptor: neverRun }) } });
    expect(check('tRevoked.x')).toMatchObject(failed({ code: 'evaluation threw', text: 'tRevoked.x' }));
    expect(check('tApp.closed.x.y')).toEqual(
      failed({ code: 'evaluation threw', text: 'tApp.closed.x', message: 'A getter of the page was run' }),
    );
  });
});

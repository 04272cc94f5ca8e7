import { describe, expect, test } from 'vitest';
import {
  arm,
  defaults,
  type Fn,
  FoundTarget,
  find,
  findUnder,
  globals,
  look,
  refusal,
  Widget,
} from './pictures-page.ts';

describe('a hook stands in the place and leaves it as it was:', () => {
  const fn = () => 'original';
  const accessors = (halves: PropertyDescriptor) =>
    Object.defineProperty({}, 'size', { ...halves, configurable: true, enumerable: true });
  const having = (attributes: PropertyDescriptor) => Object.defineProperty({}, 'fn', { value: fn, ...attributes });

  test.each<[string, string, () => object]>([
    ['an ordinary property', 'tApp.fn', () => ({ before: 1, fn, after: 2 })],
    ['a property under an odd name', 'tApp["my fn"]', () => ({ 'my fn': fn })],
    ['an item of a list', 'tApp[1]', () => [0, fn, 2]],
    ['a property under a symbol', 'tApp[Symbol.asyncIterator]', () => ({ [Symbol.asyncIterator]: fn })],
    ['a static method', 'tApp.make', () => Widget],
    ['a method of a prototype', 'tApp.prototype.render', () => Widget],
    ['an inherited method', 'tApp.render', () => new Widget()],
    ['an inherited enumerable property', 'tApp.fn', () => Object.create({ fn })],
    ['a hidden property', 'tApp.fn', () => having({ writable: true, configurable: true, enumerable: false })],
    ['a read-only property', 'tApp.fn', () => having({ writable: false, configurable: true, enumerable: true })],
    ['a property that stays', 'tApp.fn', () => having({ writable: true, configurable: false, enumerable: true })],
    ['a property of a sealed object', 'tApp.fn', () => Object.seal({ fn })],
    ['a global', 'tApp', () => fn],
    ['a property under a symbol of the registry', 'tApp[Symbol.for("t")]', () => ({ [Symbol.for('t')]: fn })],
    ['a getter', 'tApp.size', () => accessors({ get: fn })],
    ['a getter beside a setter', 'tApp.size (get)', () => accessors({ get: fn, set: () => {} })],
    ['a setter', 'tApp.size (set)', () => accessors({ get: () => 0, set: fn })],
    ['a setter alone', 'tApp.size', () => accessors({ set: fn })],
    ['an inherited getter', 'tApp.size', () => Object.create(accessors({ get: fn, set: () => {} }))],
  ])('%s', (_, path, make) => {
    const value = make();
    globals.tApp = value;
    const before = look(globals, value, Widget, Widget.prototype);
    const valueAt = () => {
      const found = find(path);
      return found instanceof FoundTarget ? found.fn : found;
    };
    const original = valueAt();
    const hook = arm(path);
    expect(valueAt()).not.toBe(original);
    expect(hook.state).toMatchObject({ isOver: false, trouble: null });
    expect(hook.release()).toMatchObject({ isOver: true, trouble: null });
    expect(valueAt()).toBe(original);
    expect(look(globals, value, Widget, Widget.prototype)).toEqual(before);
  });

  test('keeps the attributes while it stands there', () => {
    for (const enumerable of [true, false]) {
      const object = having({ writable: false, configurable: true, enumerable });
      globals.tApp = object;
      const hook = arm('tApp.fn');
      expect(Reflect.getOwnPropertyDescriptor(object, 'fn')).toMatchObject({
        writable: false,
        configurable: true,
        enumerable,
      });
      hook.release();
    }
    globals.tApp = new Widget();
    const hook = arm('tApp.render');
    expect(Object.keys(globals.tApp as object)).toEqual([]);
    hook.release();
  });

  test('a top-level let, by assignments alone', () => {
    let tLet: unknown = fn;
    const binding = {
      read: () => tLet,
      write: (value: unknown) => {
        tLet = value;
      },
    };
    const before = look(globals);
    const hook = arm('tLet', {}, binding);
    expect(tLet).not.toBe(fn);
    expect((tLet as Fn)()).toBe('original');
    hook.release();
    expect(tLet).toBe(fn);
    expect(look(globals)).toEqual(before);
  });

  test('on the function that is there when it arms, not on one that was found before', () => {
    const app: Record<string, Fn> = { fn };
    globals.tApp = app;
    const found = find('tApp.fn');
    if (!(found instanceof FoundTarget)) throw new Error('Expected a function');
    const newer = () => 'newer';
    app.fn = newer;
    const hook = found.arm(defaults);
    expect([found.fn, found.isNewer, app.fn()]).toEqual([newer, true, 'newer']);
    if ('code' in hook) throw new Error(hook.code);
    hook.release();
    expect(app.fn).toBe(newer);
    delete app.fn;
    expect(found.arm(defaults)).toMatchObject({ code: 'not found' });
  });

  test('a sealed instance keeps the property, but as what it inherits', () => {
    const instance = new Widget();
    const { render } = Widget.prototype;
    globals.tApp = instance;
    const hook = arm('tApp.render');
    Object.seal(instance);
    expect(hook.release().trouble).toBeNull();
    expect(instance.render).toBe(render);
  });

  test('what the page has put there since stays', () => {
    const app: Record<string, unknown> = { fn };
    const inheriting = new Widget();
    let tLet: unknown = fn;
    const binding = {
      read: () => tLet,
      write: (value: unknown) => {
        tLet = value;
      },
    };
    globals.tApp = app;
    globals.tWidget = inheriting;
    const hooks = [arm('tApp.fn'), arm('tWidget.render'), arm('tLet', {}, binding)];
    const newer = () => 'newer';
    app.fn = newer;
    inheriting.render = newer as never;
    tLet = newer;
    for (const hook of hooks) expect(hook.release()).toMatchObject({ isOver: true, trouble: 'replaced' });
    expect([app.fn, inheriting.render, tLet]).toEqual([newer, newer, newer]);
  });
});

describe('a place that cannot be taken is refused before anything is touched:', () => {
  const fn = () => 0;
  const refused = (path: string, reason: string) => ({ code: 'cannot wrap', path, reason });

  test('a const', () => {
    const binding = {
      read: () => fn,
      write: () => {
        throw new TypeError('Assignment to constant variable.');
      },
    };
    expect(refusal('tConst', binding)).toEqual(refused('tConst', 'const'));
  });

  test('a frozen object, and what inherits from a class but takes no new property', () => {
    globals.tApp = Object.freeze({ fn });
    expect(refusal('tApp.fn')).toEqual(refused('tApp.fn', 'read-only'));
    const closed = Object.preventExtensions(new Widget());
    globals.tWidget = closed;
    const before = look(closed, Widget.prototype);
    expect(refusal('tWidget.render')).toEqual(refused('tWidget.render', 'not extensible'));
    expect(look(closed, Widget.prototype)).toEqual(before);
  });

  test('classes with private static members of any kind, and eval', () => {
    const classes = [
      'class { static #made = 0; }',
      'class { static #make() {} }',
      'class { static async #load() {} }',
      'class { static *#all() {} }',
      'class { static get #size() { return 0; } }',
    ];
    for (const source of classes) {
      globals.tApp = new Function(`return ${source}`)();
      expect(refusal('tApp')).toEqual(refused('tApp', 'private static'));
    }
    globals.tApp = new Function('return class { #own = 1; static plain() {} static has(it) { return #own in it; } }')();
    expect(refusal('tApp')).not.toMatchObject({ code: 'cannot wrap' });
    globals.tApp = { fn: Reflect.get(globalThis, 'eval') };
    expect(refusal('tApp.fn')).toEqual(refused('tApp.fn', 'eval'));
  });

  test('what a module exports', async () => {
    globals.tApp = await import('node:path');
    expect(refusal('tApp.join')).toEqual(refused('tApp.join', 'module'));
  });

  test('a proxy of the page that says no', () => {
    globals.tApp = new Proxy({ fn }, { defineProperty: () => false });
    expect(refusal('tApp.fn')).toEqual(refused('tApp.fn', 'proxy refused'));
  });

  test('what is no function, not there, behind a getter, or nowhere at all', () => {
    globals.tApp = {
      title: 'text',
      get secret() {
        throw new Error('run');
      },
      fn,
    };
    expect(refusal('tApp.title')).toEqual({ code: 'not a function', path: 'tApp.title', type: 'string' });
    expect(refusal('tApp.titel')).toEqual({ code: 'not found', path: 'tApp.titel', near: 'tApp.title' });
    expect(refusal('tApp.secret.fn')).toEqual({ code: 'behind getter', path: 'tApp.secret' });
    expect(refusal('tApp.secret (set)')).toEqual({ code: 'no accessor', path: 'tApp.secret', accessor: 'set' });
    expect(refusal('tApp.fn (get)')).toEqual({ code: 'no accessor', path: 'tApp.fn', accessor: 'get' });
    const made = findUnder(fn, 'make()', { steps: [], accessor: 'any' });
    expect(made).toBeInstanceOf(FoundTarget);
    expect((made as InstanceType<typeof FoundTarget>).arm(defaults)).toEqual({
      code: 'no place',
      text: 'make()',
    });
  });
});

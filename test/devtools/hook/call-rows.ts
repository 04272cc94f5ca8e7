import { type Row, returned, threw } from './row.ts';

/** What happens in calls of functions of kinds.html. */

export const exceptions: readonly Row[] = [
  {
    what: 'an error, with its stack but for the hook',
    target: 'trip',
    see: `(() => {
      try { trip(); } catch (error) {
        return [error.name, error.message, error.stack.split('\\n').filter((line) => !line.includes('flambe-hook'))];
      }
    })()`,
    outcomes: ['threw'],
    root: 'trip',
  },
  {
    what: 'an exception that is no error',
    target: 'fail',
    see: `[new Error('x'), 'text', 0, undefined, null, Symbol(), {}, () => 0].map((thrown) => {
      try { fail(thrown); } catch (caught) { return Object.is(caught, thrown); }
    })`,
    outcomes: threw(8),
    root: 'fail',
  },
  {
    what: 'an exception whose getters throw, and that nobody looks at it',
    target: 'fail',
    see: `(() => {
      looks = [];
      const all = [thorny(), watched({}), watched(new Error('x'))].map((thrown) => {
        try { fail(thrown); } catch (caught) { return caught === thrown; }
      });
      return [all, looks];
    })()`,
    outcomes: threw(3),
  },
  {
    what: 'an exception through many calls of the function itself',
    target: 'unwind',
    see: '[trial(() => unwind(0)), trial(() => unwind(500))]',
    outcomes: threw(2),
  },
];

export const constructors: readonly Row[] = [
  {
    what: 'a function that is a constructor, with and without new',
    target: 'Point',
    see: `[new Point(1), Point(2), new Point(3)].map((it) =>
      [it.x, it.isOwn, it.twice(), it instanceof Point, Object.keys(it)])`,
    outcomes: returned(3),
    root: 'Point',
  },
  {
    what: 'a class with and without new',
    target: 'Widget',
    see: `[trial(() => Widget(1)), trial(() => Widget.call(widget, 1)), new Widget(4), new Widget()].map((it) =>
      it instanceof Widget ? [it.size, it.isOwn, it.madeBy, it.area, it.secret(), Object.getPrototypeOf(it) === Widget.prototype] : it)`,
    outcomes: ['threw', 'threw', 'returned', 'returned'],
    root: 'Widget',
  },
  {
    what: 'subclasses, made before and made now, through super()',
    target: 'Widget',
    see: `(() => {
      class Now extends Widget {}
      return [new Button(2), new Now(3)].map((it) =>
        [it.constructor.name, it.size, it.isOwn, it.madeBy, it.render(2), it instanceof Widget, it.secret()]);
    })()`,
    // The older one calls the class that it was made with, past the name.
    outcomes: returned(1),
  },
  {
    what: 'a subclass itself',
    target: 'Button',
    see: `(() => {
      const it = new Button(2);
      return [it.isButton, it.isOwn, it.madeBy, it.render(2), it instanceof Widget, Object.keys(it), Object.getPrototypeOf(Button) === Widget];
    })()`,
    outcomes: returned(1),
    root: 'Button',
  },
  {
    what: 'Reflect.construct with another new.target',
    target: 'Widget',
    see: `(() => {
      class Other {}
      const all = [Reflect.construct(Widget, [9], Other), Reflect.construct(Widget, [8]), Reflect.construct(Widget, [7], Widget)];
      return all.map((it) => [it.size, it.isOwn, it.madeBy, it instanceof Other, it instanceof Widget]);
    })()`,
    outcomes: returned(3),
  },
  {
    what: 'static members of the class',
    target: 'Widget',
    see: `[Widget.make(2).size, Widget.make(3).isOwn, Widget[Symbol.for('kind')](), Reflect.ownKeys(Widget).map(String), Widget.name, Widget.length]`,
    outcomes: returned(2),
  },
  {
    what: 'a top-level class',
    target: 'Gadget',
    see: '[new Gadget(2), new Gadget(3).isOwn, "Gadget" in window]',
    outcomes: returned(2),
    root: 'Gadget',
  },
  {
    what: 'a top-level class that the window has too',
    target: 'Both',
    see: '[new Both(2), new window.Both(3)]',
    // Only one of the names can be hooked: the one that is typed.
    outcomes: returned(1),
    root: 'Both',
  },
  {
    what: 'a class of elements, defined before',
    target: 'OldTag',
    see: `(() => {
      const made = [new OldTag(), document.createElement('old-tag')];
      return made.map((it) => [it instanceof OldTag, it.localName, it.isOwn]);
    })()`,
    // The document makes them of the class that it was told of.
    outcomes: returned(1),
  },
  {
    what: 'a class of elements, defined meanwhile',
    target: 'NewTag',
    see: `(() => {
      const name = 'new-tag-' + ++tags;
      const Tag = class extends NewTag {};
      customElements.define(name, Tag);
      return [new Tag(), document.createElement(name)].map((it) => [it instanceof NewTag, it.madeBy]);
    })()`,
    outcomes: returned(2),
  },
  {
    what: 'that a method is no constructor',
    target: 'app.times',
    see: '[trial(() => new app.times(1)), "prototype" in app.times]',
    outcomes: [],
  },
];

export const sources: readonly Row[] = [
  {
    what: 'its own source, read by itself',
    target: 'quote',
    see: '[quote(), quote()]',
    outcomes: returned(2),
    root: 'quote',
  },
  {
    what: 'its source, read by others',
    target: 'quote',
    see: `[quote.toString(), String(quote), \`\${quote}\`, quote + '', [quote] + '', new Function('return ' + quote)().name]`,
    outcomes: [],
  },
  {
    what: 'the source of a class and of its subclasses',
    target: 'Widget',
    see: '[Widget.toString(), String(Button), String(class extends Widget {}), Widget.toString.call(Point)]',
    outcomes: [],
  },
  {
    what: 'a text of its own in place of the source',
    target: 'named',
    see: '[String(named), named + "", named.toString(), named()]',
    outcomes: returned(1),
  },
  {
    what: 'the source of a frozen function',
    target: 'frozenFunction',
    see: '[String(frozenFunction), frozenFunction.toString(), frozenFunction(), Object.isFrozen(frozenFunction)]',
    outcomes: returned(1),
  },
];

export const nested: readonly Row[] = [
  {
    what: '10,000 calls deep',
    target: 'deep',
    see: '[left = 10_000, deep(), left]',
    outcomes: returned(1),
    root: 'deep',
  },
  { what: 'two functions that call each other', target: 'ping', see: 'ping(50)', outcomes: returned(1), root: 'ping' },
  {
    what: 'itself in a callback of its own',
    target: 'each',
    see: 'each([1, 2], (a) => each([3, 4], (b) => a * b))',
    outcomes: returned(1),
    root: 'each',
  },
  {
    what: 'itself in a getter of its argument',
    target: 'sum',
    see: 'sum({ get a() { return sum({ a: 1, b: 2 }); }, b: 3 })',
    outcomes: returned(1),
    root: 'sum',
  },
  { what: 'itself in the making of its argument', target: 'give', see: 'give(give(1))', outcomes: returned(2) },
];

export const values: readonly Row[] = [
  {
    what: '50 MB of text and of numbers',
    target: 'give',
    see: `(() => {
      const text = 'x'.repeat(50_000_000), list = new Array(6_250_000).fill(0), bytes = new Uint8Array(50_000_000);
      return [text, list, bytes].map((value) => give(value) === value && give(value).length);
    })()`,
    outcomes: returned(6),
  },
  {
    what: 'a revoked proxy',
    target: 'give',
    see: `(() => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return give(proxy) === proxy;
    })()`,
    outcomes: returned(1),
  },
  {
    what: 'an argument that tells when it is looked at',
    target: 'sloppy',
    see: `(() => {
      looks = [];
      return [sloppy(watched({}), watched(() => 0)), sloppy.call(watched({})), looks];
    })()`,
    outcomes: returned(2),
  },
  {
    what: 'a window of another origin',
    target: 'give',
    see: '[give(frames[0]) === frames[0], trial(() => give(frames[0]).document)[0]]',
    outcomes: returned(2),
  },
  {
    what: 'a window of another origin as this',
    target: 'giveThis',
    see: 'giveThis.call(frames[0]) === frames[0]',
    outcomes: returned(1),
  },
  {
    what: 'every kind of value',
    target: 'give',
    see: `[{}, [], Symbol(), () => 0, -0, NaN, null, undefined, 2n ** 70n, document, document.all, Object.create(null)]
      .map((value) => Object.is(give(value), value))`,
    outcomes: returned(12),
  },
];

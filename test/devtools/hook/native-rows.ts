import { returned, type Sight } from './row.ts';

/** Natives that people want to see, and those that the hook itself stands on. */
export const natives: readonly Sight[] = [
  { target: 'JSON.parse', see: `JSON.parse('{"a": [1]}')`, outcomes: returned(1), root: 'parse' },
  { target: 'Array.prototype.sort', see: '[3, 1, 2].sort()', outcomes: returned(1), root: 'sort' },
  {
    target: 'document.createElement',
    see: `document.createElement('b').tagName`,
    outcomes: returned(1),
    root: 'createElement',
  },
  {
    target: 'Node.prototype.textContent (set)',
    see: `(() => { const it = document.createElement('b'); it.textContent = 'x'; return it.textContent; })()`,
    outcomes: returned(1),
    root: 'set textContent',
  },
  { target: 'JSON.stringify', see: 'JSON.stringify({ a: 1 })', outcomes: returned(1) },
  {
    target: 'Reflect.apply',
    see: '[Reflect.apply(app.times, app, [2]), trial(() => Reflect.apply(1))]',
    outcomes: ['returned', 'threw'],
  },
  { target: 'Reflect.construct', see: 'Reflect.construct(Widget, [2]).size', outcomes: returned(1) },
  { target: 'Reflect.defineProperty', see: `Reflect.defineProperty({}, 'a', { value: 1 })`, outcomes: returned(1) },
  { target: 'Reflect.getPrototypeOf', see: 'Reflect.getPrototypeOf([]) === Array.prototype', outcomes: returned(1) },
  {
    target: 'Object.defineProperty',
    see: `Object.defineProperty({}, 'a', { value: 1, enumerable: true })`,
    outcomes: returned(1),
  },
  { target: 'Array.prototype.push', see: '((list) => [list.push(2), list])([1])', outcomes: returned(1) },
  { target: 'performance.now', see: 'performance.now() > 0', outcomes: returned(1) },
  {
    target: 'clearTimeout',
    see: `new Promise((resolve) => {
      clearTimeout(setTimeout(resolve, 0, 'cleared'));
      setTimeout(resolve, 5, 'rang');
    })`,
    outcomes: returned(1),
  },
  { target: 'setTimeout', see: `new Promise((resolve) => setTimeout(resolve, 1, 'rang'))`, outcomes: returned(1) },
  { target: 'console.timeStamp', see: `typeof console.timeStamp('of the page')`, outcomes: returned(1) },
  {
    target: 'Promise.prototype.then',
    see: '(async () => [await new Promise((resolve) => Promise.resolve(1).then((x) => resolve(x + 1))), await 3])()',
    outcomes: ['returned a promise'],
    root: 'then',
  },
  {
    target: 'Promise',
    see: '(async () => [await new Promise((resolve) => resolve(1)), Promise.resolve(2) instanceof Promise])()',
    outcomes: ['returned', 'returned'],
  },
  { target: 'Proxy', see: 'new Proxy({ a: 1 }, {}).a', outcomes: returned(1), root: 'Proxy' },
  {
    target: 'Function.prototype.toString',
    see: 'Function.prototype.toString.call(trip)',
    outcomes: returned(1),
  },
  { target: 'Function.prototype.call', see: 'app.times.call({ factor: 2 }, 3)', outcomes: returned(1) },
  { target: 'Function.prototype.apply', see: 'app.times.apply({ factor: 2 }, [3])', outcomes: returned(1) },
  {
    target: 'Date',
    see: `[typeof Date(), new Date(0).toISOString(), Date.UTC(2000), new (class extends Date {})(5).getTime()]`,
    outcomes: returned(3),
  },
  {
    target: 'Array',
    see: '[new Array(3).length, Array(1, 2), Array.from("ab"), Array.isArray([]), [1].map((x) => x)]',
    outcomes: returned(3),
  },
  {
    target: 'Error',
    see: '[Error("a").message, new Error("b") instanceof Error, new (class extends Error {})("c").message]',
    outcomes: returned(3),
  },
  {
    target: 'Symbol',
    see: '[typeof Symbol("a"), Symbol.for("a").description, trial(() => new Symbol())]',
    outcomes: ['returned', 'threw'],
  },
];

import { type Row, returned } from './row.ts';

/** Where functions of kinds.html stand. */

export const accessors: readonly Row[] = [
  {
    what: 'a getter, when nothing is said of it',
    target: 'Gauge.prototype.size',
    see: '[gauge.size, otherGauge.size, gauge.size = 1]',
    outcomes: returned(2),
    root: 'get size',
  },
  {
    what: 'a getter',
    target: 'Gauge.prototype.size (get)',
    see: '[gauge.size, trial(() => Gauge.prototype.size)]',
    outcomes: ['returned', 'threw'],
    root: 'get size',
  },
  {
    what: 'a setter, with the getter beside it',
    target: 'Gauge.prototype.size (set)',
    see: '[gauge.size = 7, gauge.size, gauge.size = 1, gauge.size]',
    outcomes: returned(2),
    root: 'set size',
  },
  {
    what: 'a property that can only be read',
    target: 'Gauge.prototype.readOnly',
    see: `[gauge.readOnly, trial(() => { 'use strict'; gauge.readOnly = 1; }), gauge.readOnly]`,
    outcomes: returned(2),
    root: 'get readOnly',
  },
  {
    what: 'a property that can only be written',
    target: 'Gauge.prototype.writeOnly',
    see: '[gauge.writeOnly, gauge.writeOnly = 2, gauge.size, gauge.size = 1]',
    outcomes: returned(1),
    root: 'set writeOnly',
  },
  {
    what: 'a setter that throws',
    target: 'Gauge.prototype.failing (set)',
    see: '[trial(() => { gauge.failing = 3; }), gauge.failing]',
    outcomes: ['threw'],
    root: 'set failing',
  },
  {
    what: 'an inherited getter, on one instance only',
    target: 'gauge.size (get)',
    see: `[gauge.size, otherGauge.size, gauge.size = 5, gauge.size, otherGauge.size, gauge.size = 1,
      Object.keys(gauge), JSON.stringify(gauge), Object.assign({}, gauge)]`,
    outcomes: returned(2),
    root: 'get size',
  },
  {
    what: 'an inherited setter, on one instance only',
    target: 'gauge.size (set)',
    see: '[otherGauge.size = 6, gauge.size = 5, gauge.size, otherGauge.size = 1, gauge.size = 1]',
    outcomes: returned(2),
    root: 'set size',
  },
  {
    what: 'a getter under a symbol',
    target: 'Gauge.prototype[Symbol.toStringTag]',
    see: '[String(gauge), gauge[Symbol.toStringTag]]',
    outcomes: returned(2),
    root: 'get [Symbol.toStringTag]',
  },
  {
    what: 'a static getter',
    target: 'Gauge.unit (get)',
    see: '[Gauge.unit, Gauge.unit]',
    outcomes: returned(2),
    root: 'get unit',
  },
  {
    what: 'a getter of an object',
    target: 'settings.mood (get)',
    see: `[settings.mood, settings.mood = 'gay', { ...settings }, settings.mood = 'calm']`,
    outcomes: returned(2),
    root: 'get mood',
  },
  { what: 'a getter of the window', target: 'theme', see: '[theme, window.theme]', outcomes: returned(2), root: 'get' },
];

export const places: readonly Row[] = [
  {
    what: 'a method of all instances',
    target: 'Widget.prototype.render',
    see: '[widget.render(2), otherWidget.render(2), new Button(1).render(3), bound(2)]',
    // What was bound before calls past the name.
    outcomes: returned(3),
    root: 'render',
  },
  {
    what: 'an inherited method, on one instance only',
    target: 'widget.render',
    see: `[otherWidget.render(2), widget.render(2), Object.keys(widget), JSON.stringify(widget),
      (() => { const keys = []; for (const key in widget) keys.push(key); return keys; })()]`,
    outcomes: returned(1),
    root: 'render',
  },
  {
    what: 'a method that a frozen object hands down',
    target: 'heir.inherited',
    see: 'heir.inherited()',
    outcomes: returned(1),
    root: 'inherited',
  },
  {
    what: 'a static method, and its this',
    target: 'Widget.make',
    see: '[Widget.make(2).size, Button.make(3).isButton]',
    outcomes: returned(2),
    root: 'make',
  },
  {
    what: 'a method of a sealed object',
    target: 'sealed.own',
    see: 'sealed.own()',
    outcomes: returned(1),
    root: 'own',
  },
  { what: 'a hidden property', target: 'app.hidden', see: '[app.hidden(), Object.keys(app)]', outcomes: returned(1) },
  {
    what: 'a top-level let',
    target: 'rebindable',
    see: '[rebindable(21), "rebindable" in window]',
    outcomes: returned(1),
    root: 'rebindable',
  },
  { what: 'a bound function', target: 'bound', see: '[bound(2), bound.name]', outcomes: returned(1) },
  {
    what: 'a method of a proxy of the page’s, which hears at most once in a call that it is changed',
    target: 'reactive.deep',
    see: '(() => { left = 1000; changed.length = 0; reactive.deep(); return [left, changed.length < 2]; })()',
    outcomes: returned(1),
    root: 'deep',
  },
  {
    what: 'what the window inherits',
    target: 'addEventListener',
    see: `(() => {
      let heard = 0;
      addEventListener('test', () => heard++, { once: true });
      window.dispatchEvent(new Event('test'));
      return [heard, document.addEventListener === EventTarget.prototype.addEventListener];
    })()`,
    outcomes: returned(1),
    root: 'addEventListener',
  },
  {
    what: 'an async function',
    target: 'later',
    see: `(async () => [later(1) instanceof Promise, await later(2)])()`,
    outcomes: Array(2).fill('returned a promise'),
    root: 'later',
  },
  { what: 'a generator', target: 'upTo', see: '[...upTo(3)]', outcomes: returned(1), root: 'upTo' },
  {
    what: 'this in strict code',
    target: 'strict',
    see: `[strict(), strict.call(1), strict.call('x'), strict.call(null), { strict }.strict()]`,
    outcomes: returned(5),
  },
  {
    what: 'this in sloppy code',
    target: 'sloppy',
    see: `[sloppy(), sloppy.call(1), sloppy.call('x'), sloppy.call(null), { sloppy }.sloppy()]`,
    outcomes: returned(5),
  },
  {
    what: 'with',
    target: 'app.times',
    see: `new Function('with (app) return [times(2), factor]')()`,
    outcomes: returned(1),
    root: 'times',
  },
  {
    what: 'call, apply, bind and spread',
    target: 'app.times',
    see: `[app.times.call({ factor: 2 }, 5), app.times.apply(app, [5]), app.times.bind(app, 6)(), Reflect.apply(app.times, app, [7]), app.times(...[8])]`,
    outcomes: returned(5),
  },
];

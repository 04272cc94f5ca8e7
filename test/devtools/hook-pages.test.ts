import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../harness/index.ts';
import type { OwnWindow } from './hook/own-window.ts';
import { openStage, type Stage } from './hook/stage.ts';
import type { Subject } from './hook/subject.ts';

/** Pages that fight back: a capture works there as on any other page, or is refused in words that tell why. */

interface Row {
  readonly what: string;
  /** Default: shop.html. */
  readonly page?: string;
  /** Script of the page, before Flambe opens. */
  readonly spoil?: string;
  /** A function that the list has; null where the page's own functions, which the list is made with, don't do. */
  readonly listed?: string | null;
}

const rage = `() => { throw new Error('Flambe called this'); }`;
/** Replaces functions of an object by ones that throw. */
const rageAt = (owner: string, ...names: readonly string[]) =>
  names.map((name) => `${owner}.${name} = ${rage};`).join('\n');
const everyFunctionOf = (owner: string) => `{
  const { getOwnPropertyDescriptor, ownKeys } = Reflect;
  const owner = ${owner};
  for (const key of ownKeys(owner))
    if (typeof getOwnPropertyDescriptor(owner, key).value === 'function') owner[key] = ${rage};
}`;
/** Timers that never ring. */
const deadTimers = `
  let timers = 0;
  for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback']) window[name] = () => ++timers;
  for (const name of ['clearTimeout', 'clearInterval', 'cancelAnimationFrame', 'cancelIdleCallback']) window[name] = () => {};`;

const pages: readonly Row[] = [
  { what: 'that has done nothing' },
  { what: 'with a strict content security policy and trusted types', page: 'shop.html?strict' },
  {
    what: 'with such a policy, and without Reflect',
    page: 'shop.html?strict',
    spoil: 'delete window.Reflect',
    listed: null,
  },
  { what: 'in a sandbox', page: 'shop.html?sandboxed' },
  {
    what: 'with frames in sandboxes',
    spoil: `for (const sandbox of ['', 'allow-scripts', 'allow-scripts allow-same-origin'])
      document.body.append(Object.assign(document.createElement('iframe'), { sandbox, srcdoc: '<script>var shop = 1</script>' }))`,
  },
  { what: 'whose console does nothing', spoil: 'for (const key of Reflect.ownKeys(console)) console[key] = () => {}' },
  { what: 'whose console is gone', spoil: 'delete window.console' },
  {
    what: 'whose timers are its own',
    spoil: `const { setTimeout: set, clearTimeout: clear } = window;
      window.setTimeout = (...args) => set(...args);
      window.clearTimeout = (id) => clear(id);`,
  },
  { what: 'whose timers never ring', spoil: deadTimers },
  {
    what: 'whose timers throw',
    spoil: rageAt('window', 'setTimeout', 'clearTimeout', 'setInterval', 'requestAnimationFrame'),
  },
  { what: 'whose timers are gone', spoil: 'delete window.setTimeout; delete window.clearTimeout' },
  { what: 'whose clocks stand still', spoil: 'performance.now = () => 1000; Date.now = () => 1000;' },
  { what: 'whose performance.now throws', spoil: rageAt('performance', 'now') },
  { what: 'whose performance is gone', spoil: 'delete window.performance; window.performance = undefined' },
  { what: 'whose Proxy throws', spoil: rageAt('window', 'Proxy') },
  { what: 'whose Proxy is gone', spoil: 'delete window.Proxy' },
  { what: 'whose Reflect throws', spoil: everyFunctionOf('Reflect'), listed: null },
  { what: 'whose Reflect is gone', spoil: 'delete window.Reflect', listed: null },
  { what: 'whose Object.defineProperty throws', spoil: rageAt('Object', 'defineProperty') },
  { what: 'whose Object.defineProperty is gone', spoil: 'delete Object.defineProperty' },
  { what: 'whose Object throws', spoil: everyFunctionOf('Object') },
  { what: 'whose functions’ apply, call and bind throw', spoil: rageAt('Function.prototype', 'apply', 'call', 'bind') },
  { what: 'whose functions’ toString throws', spoil: rageAt('Function.prototype', 'toString'), listed: null },
  {
    what: 'whose Function.prototype is bare',
    spoil: ['apply', 'call', 'bind', 'toString'].map((name) => `delete Function.prototype.${name};`).join(''),
  },
  { what: 'whose JSON throws', spoil: everyFunctionOf('JSON') },
  {
    what: 'with a Promise of its own',
    spoil: `const Native = Promise;
      window.Promise = class Promise { constructor(run) { this.native = new Native(run); } then(...args) { return this.native.then(...args); } };`,
  },
  {
    what: 'whose Promise throws',
    spoil: `${everyFunctionOf('Promise')} ${rageAt('Promise.prototype', 'then', 'catch', 'finally')} window.Promise = ${rage};`,
  },
  {
    what: 'whose document throws',
    spoil: rageAt('document', 'createElement', 'addEventListener', 'querySelector'),
  },
  {
    what: 'with more on every object',
    spoil: `Object.assign(Object.prototype, { extend() {}, each() {}, clone() {}, size: 3, name: 'x', length: 1 })`,
  },
  { what: 'with a code on every object', spoil: `Object.prototype.code = 'x'` },
  {
    what: 'with more words of ours on every object',
    spoil: `Object.assign(Object.prototype, { ok: true, path: 'x', accessor: 'get', armedBy: 'x', owner: 1, key: 'x' })`,
  },
  {
    what: 'whose objects all have what proxies call',
    spoil: rageAt('Object.prototype', 'has', 'ownKeys', 'deleteProperty', 'getPrototypeOf', 'getOwnPropertyDescriptor'),
  },
  {
    what: 'with frozen built-ins',
    spoil: `for (const it of [Object, Function, Array, Promise, Reflect, Proxy, Symbol, Map, Set, JSON, console, performance, Error]) {
      Object.freeze(it);
      if (it.prototype) Object.freeze(it.prototype);
    }`,
  },
  {
    what: 'with globals of our names',
    spoil: ['flambe', 'flambeReport', 'flambeExports', 'Hook', 'FoundTarget', 'hook', 'natives', 'report', 'armedBy']
      .map((name) => `Object.defineProperty(window, '${name}', { value: Object.freeze({ mine: true }) });`)
      .join('\n'),
  },
  {
    what: 'with top-level names of ours',
    page: 'names.html',
  },
  {
    what: 'with 20,000 globals',
    spoil: `for (let i = 0; i < 20_000; i++) window['work' + i] = () => i`,
    listed: 'work0',
  },
];

const refusals: readonly (Row & { readonly says: RegExp })[] = [
  {
    what: 'has left nothing to mark with',
    spoil: `window.clearTimeout = () => {}; for (const key of Reflect.ownKeys(console)) console[key] = () => {};`,
    says: /^This page has replaced what a hook stands on\s*These are no longer the browser's own: clearTimeout, .*timeStamp.*Reload the page and press Capture before it does so/,
  },
  {
    what: 'has no Reflect, and makes no frame',
    spoil: `delete window.Reflect; document.createElement = ${rage};`,
    says: /^This page has replaced what a hook stands on/,
  },
  {
    what: 'has frozen its objects',
    spoil: 'Object.freeze(shop)',
    says: /^shop\.sell can't be captured\s*It is read-only/,
  },
];

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

async function withPage(
  { page = 'shop.html', spoil }: Row,
  use: (subject: Subject, flambe: OwnWindow) => Promise<void>,
): Promise<void> {
  const subject = await stage.open(page);
  if (spoil) await subject.see(`(() => { ${spoil} })()`);
  const flambe = await stage.window(subject);
  try {
    await use(subject, flambe);
    expect(flambe.errors).toEqual([]);
  } finally {
    // After a row that failed, the next one begins afresh.
    await flambe.cancel();
    await flambe.panel.close();
    await subject.page.close();
  }
}

const sights = [
  {
    target: 'shop.sell',
    see: '[shop.sell(1), shop.sell(2), "x" in shop.sell]',
    value: [2, 4, false],
    outcome: 'returned',
    calls: 3,
  },
  { target: 'shop.order', see: '[shop.order(3), shop.order(4)]', value: [3, 4], outcome: 'returned', calls: 2 },
  { target: 'shop.refuse', see: '[refused(), refused()]', value: [true, true], outcome: 'threw', calls: 3 },
];

async function expectCaptured(subject: Subject, flambe: OwnWindow): Promise<void> {
  const changes = await subject.remember();
  for (const { target, see, value, outcome, calls } of sights) {
    await flambe.arm(target, { calls });
    const seen = await subject.see(see);
    if (calls > 2) await flambe.cancel();
    await flambe.status(/^Captured 2 /);
    expect(seen).toEqual(value);
    expect(await changes()).toEqual([]);
    expect((await flambe.calls()).map((call) => call.outcome)).toEqual([outcome, outcome]);
  }
}

describe('functions are listed and captured in a page', () => {
  test.each(pages)('$what', (row) =>
    withPage(row, async (subject, flambe) => {
      const { listed = 'shop.sell' } = row;
      if (listed !== null) {
        await flambe.function.fill(listed);
        await flambe.option(listed).waitFor();
      }
      await expectCaptured(subject, flambe);
    }),
  );
});

describe('a capture is refused in a page that', () => {
  test.each(refusals)('$what', ({ says, ...row }) =>
    withPage(row, async (subject, flambe) => {
      const changes = await subject.remember();
      await flambe.name('shop.sell');
      await flambe.press();
      expect(await flambe.alert()).toMatch(says);
      expect(await changes()).toEqual([]);
      expect(await subject.see('shop.sell(1)')).toBe(2);
    }),
  );
});

test('a page that watches itself sees nothing', () =>
  withPage({ what: '', page: 'watchful.html' }, async (subject, flambe) => {
    await flambe.function.fill('shop.s');
    await flambe.option('shop.sell').waitFor();
    await expectCaptured(subject, flambe);
    await flambe.name('shop.none');
    await flambe.press();
    expect(await flambe.alert()).toMatch(/^No shop\.none in this page/);
    expect(await subject.see('seen')).toEqual([]);
    expect(await subject.see('looks > 1000')).toBe(true);
    // What watches can see: nothing would come of a watch that does not work.
    await subject.see('window.novelty = 1; document.body.title = "new"; performance.mark("new"); 0');
    await waitFor('the page to see something', async () => (await subject.see<string[]>('seen')).length >= 3);
    expect((await subject.see<string[]>('seen')).sort()).toEqual(['attributes BODY', 'global novelty', 'mark new']);
  }));

/** The clock comes to all tabs of a browser, and stays. */
test('functions are captured under a clock of Playwright’s', async () => {
  const clocked = await openStage();
  const subject = await clocked.open('shop.html');
  await subject.page.clock.install();
  const flambe = await clocked.window(subject);
  await flambe.arm('shop.sell', { calls: 2 });
  expect(await subject.see('[shop.sell(1), shop.sell(2)]')).toEqual([2, 4]);
  await flambe.status(/^Captured 2 calls, /);
  await clocked.close();
});

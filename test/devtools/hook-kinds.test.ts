import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { constructors, exceptions, nested, sources, values } from './hook/call-rows.ts';
import { natives } from './hook/native-rows.ts';
import type { OwnWindow } from './hook/own-window.ts';
import { accessors, places } from './hook/place-rows.ts';
import type { Sight } from './hook/row.ts';
import { openStage, type Stage } from './hook/stage.ts';
import type { Subject } from './hook/subject.ts';

/**
 * Functions of every kind: the page behaves as without a hook, each outermost call is captured, its outcome is right.
 * All rows run on one page after another, so each capture works without a reload after the one before.
 */

/** Target, and a call of it. */
const keys = [
  ['app["my fn"]', 'app["my fn"]()'],
  ['app[0]', 'app[0]()'],
  ['app["01"]', 'app["01"]()'],
  ['app.größe', 'app.größe()'],
  ['app["日本 語"]', 'app["日本 語"]()'],
  ['app["say \\"hi\\""]', 'app["say \\"hi\\""]()'],
  ['app["it\'s"]', 'app["it\'s"]()'],
  ['app["back\\\\slash"]', 'app["back\\\\slash"]()'],
  ['app[""]', 'app[""]()'],
  ['app["🔥"]', 'app["🔥"]()'],
  ['app["a.b"]', 'app["a.b"]()'],
  ['app["f()"]', 'app["f()"]()'],
  ['app[Symbol.iterator]', '[...app]'],
  ['app[Symbol.for("x")]', 'app[Symbol.for("x")]()'],
  ['größe', 'größe(1)'],
  ['window["odd global"]', 'window["odd global"]()'],
  ['Gauge.prototype[Symbol.toStringTag] (get)', 'String(gauge)'],
] as const;

/** What, target, and what the alert says. */
const refusals = [
  [
    'a read-only property',
    'shut.fixed.fn',
    /^shut\.fixed\.fn can't be captured\s*It is read-only, .* Capture it by its place/,
  ],
  [
    'a function of a frozen object',
    'shut.frozen.fn',
    /^shut\.frozen\.fn can't be captured\s*It is read-only, .* Capture it by its place/,
  ],
  [
    'an inherited method of a sealed object',
    'shut.sealedHeir.inherited',
    /Its owner is frozen or sealed, .* Capture it by its place/,
  ],
  ['a const', 'unchangeable', /^unchangeable can't be captured\s*It is a const, .* Capture it by its place/],
  [
    'a getter that can’t be replaced',
    'shut.fixedGetter.value',
    /^shut\.fixedGetter\.value \(get\) can't be captured\s*It is an accessor that can't be redefined/,
  ],
  ['a setter that is not there', 'shut.lazy (set)', /^shut\.lazy has no setter.*Capture shut\.lazy, or its getter/],
  ['a getter that is not there', 'Gauge.prototype.writeOnly (get)', /has no getter.*or its setter/],
  ['a setter of a plain function', 'app.times (set)', /^app\.times has no setter/],
  [
    'a class with a private static field',
    'PrivateField',
    /^PrivateField can't be captured\s*The class has private static members.*Capture it by its place/,
  ],
  ['a class with a private static method', 'PrivateMethod', /The class has private static members/],
  ['a class with a private static getter', 'PrivateAccessor', /The class has private static members/],
  [
    'what a module exports',
    'library.fn',
    /^library\.fn can't be captured\s*A module exports it, .* Capture it by its place/,
  ],
  [
    'eval, which only by its own name sees the variables around it',
    'eval',
    /^eval can't be captured\s*Called in any other way than by its own name/,
  ],
  [
    'a proxy that does not let it be replaced',
    'deaf.fn',
    /Its owner is a proxy that does not let the function be replaced/,
  ],
] as const;

let stage: Stage;
let subject: Subject;
let flambe: OwnWindow;

beforeAll(async () => {
  stage = await openStage();
  subject = await stage.open('kinds.html');
  flambe = await stage.window(subject);
});
afterAll(() => stage?.close());
// After a row that failed, the next one begins afresh.
afterEach(() => flambe?.cancel());

/** One call more is asked for than the page makes, so that the hook stands until the end and waits. */
async function expectSame({ target, see, outcomes, root }: Sight, { pick = false } = {}): Promise<void> {
  const expected = await subject.see(see);
  const changes = await subject.remember();
  await flambe.name(target, { pick });
  await flambe.press({ calls: outcomes.length + 1 });
  await flambe.status(/^Waiting for call 1 of /);
  const seen = await subject.see(see);
  await flambe.cancel();
  expect(seen).toEqual(expected);
  expect(await changes()).toEqual([]);
  if (outcomes.length === 0) await flambe.status(/^Cancelled before any call of /);
  else expect((await flambe.calls()).map(({ outcome }) => outcome)).toEqual(outcomes);
  if (root !== undefined) expect(await flambe.root()).toBe(root);
}

/** Just the calls are asked for that the page makes: the hook comes off in the midst of them. */
async function expectSameWhenOff({ target, see, outcomes }: Sight): Promise<void> {
  if (outcomes.length === 0) return;
  const expected = await subject.see(see);
  const changes = await subject.remember();
  await flambe.arm(target, { calls: outcomes.length });
  expect(await subject.see(see)).toEqual(expected);
  expect(await changes()).toEqual([]);
  await flambe.status(new RegExp(`^Captured ${outcomes.length} calls?, `));
}

describe.each([
  { what: 'exceptions', rows: exceptions },
  { what: 'constructors', rows: constructors },
  { what: 'sources', rows: sources },
  { what: 'getters and setters', rows: accessors },
  { what: 'places', rows: places },
  { what: 'calls within calls', rows: nested },
  { what: 'arguments and what is returned', rows: values },
])('of $what the page sees the same:', ({ rows }) => {
  test.each(rows)('$what', async (row) => {
    await expectSame(row);
    await expectSameWhenOff(row);
  });
});

describe('a key is typed and picked in the same notation:', () => {
  test.each(keys)('%s', async (target, call) => {
    const row: Sight = { target, see: call, outcomes: ['returned'] };
    await expectSame(row);
    await expectSame(row, { pick: true });
  });
});

describe('a native function:', () => {
  test.each(natives)('$target', async (row) => {
    await expectSame(row);
    await expectSameWhenOff(row);
  });

  test.each(natives.slice(0, 4))('$target is offered when natives are asked for', async (row) => {
    const { panel } = flambe;
    const natives = panel.getByRole('checkbox', { name: 'Native functions' });
    await flambe.function.fill('app.times');
    await flambe.option('app.times').waitFor();
    await flambe.function.fill(row.target);
    expect(await flambe.option(row.target).count()).toBe(0);
    await natives.check();
    await expectSame(row, { pick: true });
    await flambe.function.fill(row.target);
    await natives.uncheck();
    await flambe.option(row.target).waitFor({ state: 'detached' });
    await flambe.function.press('Escape');
  });
});

describe('what can’t be captured is refused with the reason and what to do:', () => {
  test.each(refusals)('%s', async (_, target, words) => {
    const changes = await subject.remember();
    await flambe.name(target);
    await flambe.press();
    expect(await flambe.alert()).toMatch(words);
    expect(await changes()).toEqual([]);
  });
});

test('nothing was thrown in the panel', () => {
  expect(flambe.errors).toEqual([]);
});

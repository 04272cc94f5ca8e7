import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Capture } from '../../src/capture/record.ts';
import { callTree } from '../../src/capture/trees.ts';
import { activeTime, callCount } from '../../src/profile/model.ts';
import { type AttachedSession, attach } from '../harness/cdp.ts';
import { arm, openStage, refusalOf, type Stage, samplers } from './pages/stage.ts';

/** Functions of a module, which nothing outside can reach: hooked by their place in the source. */

let stage: Stage;
let page: Page;
let lines: string[];

beforeAll(async () => {
  stage = await openStage();
  lines = (await readFile(path.join(import.meta.dirname, 'pages/places.html'), 'utf8')).split('\n');
});
beforeEach(async () => {
  page = await stage.open('places.html');
});

afterAll(() => stage?.close());

/** Has the page do one of its jobs. */
function have<T>(job: string, ...args: number[]): Promise<T> {
  return page.evaluate<T>(`new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    postMessage(${JSON.stringify([job, ...args])}, '*', [port2]);
  })`);
}

/** Milliseconds that the last job took until it returned, by the page's clock. */
const spent = () => page.evaluate<number>('spent');

/** The line of the page on which that stands, as people would type it. */
function lineOf(text: string): string {
  const line = lines.findIndex((each) => each.includes(text)) + 1;
  expect(line).toBeGreaterThan(0);
  return `${stage.url('places.html')}:${line}:${lines[line - 1]!.indexOf(text) + text.length}`;
}

const outcomesOf = ({ calls }: Capture) => [...calls.outcome];
const millisecondsOf = ({ calls }: Capture) => calls.outcome.map((_, call) => activeTime(calls, call) / 1000);

/** Everything that a page could notice of what came and went in its global scope and its language. */
const traces = `[window, Reflect, Error, Function.prototype, Object.getPrototypeOf(async function* () {})]
  .map((owner) => Reflect.ownKeys(owner).map((key) => String(key)).join())`;

describe.each(samplers)('with the $sampler domain', ({ trusted }) => {
  let session: AttachedSession;
  beforeEach(async () => {
    session = await attach(page, { trusted });
  });

  test('the calls of all closures of one place are clocked', async () => {
    const before = await page.evaluate(traces);
    const { finished } = await arm(session, lineOf('function dispatch('), 3);
    expect(await have('dispatch', 20, 40, 30, 10)).toEqual([20, 40, 50, 50]);
    const captured = await finished;
    expect(captured).toMatchObject({ end: 'complete', hook: 'breakpoints', trouble: null });
    expect(captured.fn).toMatchObject({ name: 'dispatch', kind: 'function', url: stage.url('places.html') });
    expect(outcomesOf(captured)).toEqual(['returned', 'returned', 'returned']);
    const [first, second, third] = millisecondsOf(captured);
    expect(first).toBeGreaterThan(19.8);
    expect(second).toBeGreaterThan(39.8);
    expect(third).toBeGreaterThan(29.8);
    expect(first! + second! + third!).toBeLessThan((await spent()) - 9.8);
    expect(await page.evaluate(traces)).toEqual(before);
  });

  test('the tree begins at the target, and none of ours is in it', async () => {
    const { finished } = await arm(session, lineOf('function dispatch('), 3);
    await have('dispatch', 60, 60, 60);
    const captured = await finished;
    const { frames, frame, total, self, depth } = callTree(captured, 'all');
    const names = [...frame].map((at) => frames.name[at]);
    expect(names[0]).toBe('dispatch');
    expect(names).toContain('spin');
    expect(names.indexOf('spin')).toBeGreaterThan(0);
    expect(depth[names.indexOf('spin')]).toBe(1);
    expect(total[names.indexOf('spin')]).toBeGreaterThan(total[names.indexOf('notify')] ?? 0);
    expect([...self].reduce((a, b) => a + b, 0)).toBe(
      [0, 1, 2].reduce((sum, call) => sum + activeTime(captured.calls, call), 0),
    );
    expect([...frame].some((at) => frames.url[at]!.includes('flambe'))).toBe(false);
  });

  test('a call that throws is known by the next one, or by the end of its task', async () => {
    const { finished } = await arm(session, lineOf('function dispatch('), 3);
    expect(await have('dispatch', -1, 20)).toEqual(['sold out', 20]);
    expect(await have('dispatch', -1)).toEqual(['sold out']);
    const captured = await finished;
    expect(outcomesOf(captured)).toEqual(['end not seen', 'returned', 'end not seen']);
  });

  test.each([
    { text: 'ring(milliseconds) {', job: ['ring', 20], gives: 21, kind: 'method', name: 'ring' },
    { text: 'get size(', job: ['size'], gives: 5, kind: 'getter', name: 'size' },
    { text: '#add(milliseconds) {', job: ['count', 10], gives: 10, kind: 'method', name: '#add' },
    { text: 'constructor(', job: ['count', 10], gives: 10, kind: 'class', name: 'Counter' },
    { text: 'const twice = (milli', job: ['twice', 10], gives: 20, kind: 'arrow', name: 'twice' },
  ] as const)('$kind', async ({ text, job: [job, ...args], gives, kind, name }) => {
    const { finished } = await arm(session, lineOf(text), 1);
    expect(await have(job, ...args)).toBe(gives);
    const captured = await finished;
    expect(captured.fn.kind).toContain(kind);
    expect(captured.fn.name).toContain(name);
    expect(outcomesOf(captured)).toEqual(['returned']);
    expect(millisecondsOf(captured)[0]).toBeGreaterThan(Math.abs(gives) - 1.2);
  });

  test('of recursion the outermost call counts', async () => {
    const { finished } = await arm(session, lineOf('const countDown = ('), 2);
    expect(await have('countDown', 60)).toBe(65);
    expect(await have('countDown', 0)).toBe(5);
    expect(outcomesOf(await finished)).toEqual(['returned', 'returned']);
  });

  test('however far apart its invocations are on the stack', async () => {
    const { finished } = await arm(session, lineOf('const far = ('), 2);
    expect(await have('far', 3)).toBe(8);
    expect(await have('far', 0)).toBe(5);
    expect(outcomesOf(await finished)).toEqual(['returned', 'returned']);
  });

  test('an inner call that throws ends nothing', async () => {
    const { finished } = await arm(session, lineOf('function tryDown('), 2);
    expect(await have('tryDown', 3)).toBe(5);
    expect(await have('tryDown', 0)).toBe('sold out');
    const captured = await finished;
    expect(outcomesOf(captured)).toEqual(['returned', 'end not seen']);
    expect(millisecondsOf(captured)[0]).toBeGreaterThan(4.8);
  });

  test('of an async function the part before its first await counts', async () => {
    const { finished } = await arm(session, lineOf('async function load('), 1);
    expect(await have('load', 20)).toBe(20);
    const captured = await finished;
    expect(captured.fn.kind).toBe('async function');
    expect(outcomesOf(captured)).toEqual(['end not seen']);
    const [time] = millisecondsOf(captured);
    expect(time).toBeLessThan((await spent()) + 0.2);
  });

  test('a generator runs from its first step to its return', async () => {
    const { finished } = await arm(session, lineOf('function* walk('), 1);
    expect(await have('walk')).toEqual([5, 5]);
    const captured = await finished;
    expect(captured.fn.kind).toBe('generator');
    expect(outcomesOf(captured)).toEqual(['returned']);
    expect(millisecondsOf(captured)[0]).toBeGreaterThan(9.8);
  });

  test('a capture that is cancelled takes every breakpoint with it', async () => {
    const armed = await arm(session, lineOf('function dispatch('), 3);
    await have('dispatch', 5);
    armed.cancel();
    expect(outcomesOf(await armed.finished)).toEqual(['returned']);
    // What stood would be told by what it costs: 0.1 ms a call and more.
    const time = await page.evaluate('performance.now()');
    expect(await have('countDown', 3000).catch(String)).toBe(3005);
    expect((await page.evaluate<number>('performance.now()')) - Number(time)).toBeLessThan(600);
  });
});

describe('from the start of the page', () => {
  let session: AttachedSession;
  beforeEach(async () => {
    session = await attach(page, { trusted: false });
  });

  test('the very first calls are captured, of what nothing outside reaches', async () => {
    const before = await page.evaluate(traces);
    const { finished } = await arm(session, lineOf('function createStore('), 2, { reload: true });
    const captured = await finished;
    expect(captured).toMatchObject({ end: 'complete', trouble: null, hook: 'breakpoints' });
    expect(outcomesOf(captured)).toEqual(['returned', 'returned']);
    expect(await page.evaluate(traces)).toEqual(before);
    await page.reload();
    expect(await page.evaluate(traces)).toEqual(before);
  });

  test('breakpoints on returns in mid-function stay where they belong', async () => {
    const { finished } = await arm(session, lineOf('function dispatch('), 2, { reload: true });
    expect(await have('dispatch', 10)).toEqual([10]);
    expect(await have('dispatch', 0)).toEqual([10]);
    const captured = await finished;
    expect(outcomesOf(captured)).toEqual(['returned', 'returned']);
    expect(millisecondsOf(captured)[0]).toBeGreaterThan(9.8);
  });

  test('a function that a name leads to is captured too', async () => {
    const shape = await stage.open('endings.html');
    const there = await attach(shape, { trusted: false });
    const { finished } = await arm(there, 'work', 1, { reload: true });
    await shape.evaluate('work(5)');
    expect(await finished).toMatchObject({ end: 'complete', hook: 'breakpoints', fn: { name: 'work' } });
  });

  test('a native function is refused', async () => {
    expect(await refusalOf(arm(session, 'JSON.parse', 1, { reload: true }))).toEqual({
      code: 'cannot reach',
      path: 'JSON.parse',
    });
  });
});

describe('a place is refused', () => {
  let session: AttachedSession;
  beforeEach(async () => {
    session = await attach(page, { trusted: false });
  });
  const refused = (text: string) => refusalOf(arm(session, text, 1));

  test('in no script that was loaded', async () => {
    expect(await refused('nowhere.js:1:1')).toEqual({ code: 'no script', source: 'nowhere.js' });
  });

  test('beyond the end', async () => {
    const source = stage.url('places.html');
    const failure = {
      code: 'no such line',
      source,
      line: 4000,
      lines: lines.indexOf('</script>') + 1,
    };
    expect(await refused(`${source}:4000:1`)).toEqual(failure);
  });

  test('of a class that does not write its constructor out', async () => {
    expect(await refused(lineOf('class Till'))).toMatchObject({ code: 'no function there' });
  });

  test('outside of all functions', async () => {
    expect(await refused(lineOf('const till = '))).toMatchObject({ code: 'no function there' });
  });

  test('for being called by Flambe itself', async () => {
    const { apply } = await import('../../src/capture/capture.ts');
    const { target } = await import('./pages/stage.ts');
    const failure = await refusalOf(apply(session, target(lineOf('function dispatch(')), '1'));
    expect(failure).toEqual({ code: 'cannot apply', path: 'createStore › dispatch' });
  });
});

test('a page that has frozen the language is refused, and left alone', async () => {
  const session = await attach(page, { trusted: false });
  await page.evaluate('Object.freeze(Object.getPrototypeOf(async function* () {})), 0');
  expect(await refusalOf(arm(session, lineOf('function dispatch('), 1))).toEqual({
    code: 'cannot reach',
    path: 'createStore › dispatch',
  });
  expect(await have('dispatch', 0)).toEqual([0]);
});

test('a page’s own way of printing stacks stays its own', async () => {
  const session = await attach(page, { trusted: false });
  await page.evaluate(`Error.prepareStackTrace = () => 'ours', Error.stackTraceLimit = 3, 0`);
  const { finished } = await arm(session, lineOf('const countDown = ('), 1);
  expect(await have('countDown', 5)).toBe(10);
  expect(outcomesOf(await finished)).toEqual(['returned']);
  expect(await page.evaluate('[new Error().stack, Error.stackTraceLimit]')).toEqual(['ours', 3]);
});

test('functions of a frame are captured like those of the page', async () => {
  const outer = await stage.open('endings.html');
  const session = await attach(outer, { trusted: false });
  await outer.evaluate(`new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.src = 'places.html';
    frame.onload = resolve;
    document.body.append(frame);
  })`);
  const { finished } = await arm(session, lineOf('function dispatch('), 1);
  await outer.frames()[1]!.evaluate(`postMessage(['dispatch', 20], '*', [new MessageChannel().port2])`);
  const captured = await finished;
  expect(outcomesOf(captured)).toEqual(['returned']);
  expect(millisecondsOf(captured)[0]).toBeGreaterThan(19.8);
});

test('columns tell functions on one line apart', async () => {
  const session = await attach(page, { trusted: false });
  const { finished } = await arm(session, lineOf('const other = ('), 1);
  await have('oneLiner');
  const captured = await finished;
  expect(captured.fn.name).toBe('other');
  expect(callCount(captured.calls)).toBe(1);
  expect(millisecondsOf(captured)[0]).toBeGreaterThan(5.8);
});

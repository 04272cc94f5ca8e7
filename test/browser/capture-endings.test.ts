import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { capture } from '../../src/capture/capture.ts';
import { callTree } from '../../src/capture/trees.ts';
import { activeTime, callCount } from '../../src/profile/model.ts';
import { type AttachedSession, attach } from '../harness/cdp.ts';
import {
  type Armed,
  arm,
  captureWhile,
  openStage,
  refusalOf,
  remember,
  type Stage,
  samplers,
  target,
} from './pages/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage?.close());

describe.each(samplers)('with the $sampler domain', ({ sampler, trusted }) => {
  let page: Page;
  let session: AttachedSession;
  let changes: () => Promise<string[]>;

  beforeAll(async () => {
    page = await stage.open('endings.html');
    session = await attach(page, { trusted });
  });

  afterAll(() => page?.close());

  beforeEach(async () => {
    changes = await remember(page);
  });

  /** Whatever happened before: the page is as it was, and the samplers and the hook can be had again. */
  async function expectAllFree(): Promise<void> {
    const { captured } = await captureWhile(page, session, 'work', 2, 'work(1), work(1)');
    expect(captured).toMatchObject({ sampler, end: 'complete' });
    expect(captured.calls.outcome).toEqual(['returned', 'returned']);
  }

  interface Row {
    readonly what: string;
    readonly options?: { readonly timeout?: number };
    /** What happens to an armed capture of three calls. */
    happens(armed: Armed): unknown;
    readonly end: string;
    /** Calls kept. */
    readonly calls: number;
  }

  test.each<Row>([
    {
      what: 'with the last call',
      happens: () => page.evaluate('work(1), work(1), work(1), work(1)'),
      end: 'complete',
      calls: 3,
    },
    { what: 'when it is cancelled before any call', happens: (armed) => armed.cancel(), end: 'cancelled', calls: 0 },
    {
      what: 'when it is cancelled after a call',
      happens: async (armed) => {
        await page.evaluate('work(1)');
        armed.cancel();
      },
      end: 'cancelled',
      calls: 1,
    },
    {
      what: 'when no call comes in time',
      options: { timeout: 0.2 },
      happens: () => undefined,
      end: 'timeout',
      calls: 0,
    },
    {
      what: 'when no further call comes in time',
      options: { timeout: 0.2 },
      happens: () => page.evaluate('work(1), work(1)'),
      end: 'timeout',
      calls: 2,
    },
    {
      what: 'not while a call runs longer than the timeout',
      options: { timeout: 0.3 },
      happens: () => page.evaluate('work(600), work(1), work(1)'),
      end: 'complete',
      calls: 3,
    },
  ])('a capture ends $what', async ({ options, happens, end, calls }) => {
    const armed = await arm(session, 'work', 3, options);
    await happens(armed);
    const captured = await armed.finished;
    expect(captured.end).toBe(end);
    expect(captured.calls.outcome).toEqual(Array(calls).fill('returned'));
    expect(callTree(captured, 'all').total[0] === 0).toBe(calls === 0);
    expect(await changes()).toEqual([]);
    await expectAllFree();
  });

  test('a call that runs when the capture is cancelled is kept', async () => {
    const armed = await arm(session, 'longWork', 3);
    const half = page.waitForEvent('console');
    const working = page.evaluate('longWork(600)');
    await half;
    armed.cancel();
    const captured = await armed.finished;
    expect(await working).toBe('done');
    expect(captured.end).toBe('cancelled');
    // A trace ends in the midst of a call, a profile only after it.
    expect(captured.calls.outcome).toEqual([trusted ? 'returned' : 'unfinished']);
    expect(activeTime(captured.calls, 0)).toBeGreaterThan(trusted ? 590_000 : 100_000);
    expect(callTree(captured, 0).total[0]).toBe(activeTime(captured.calls, 0));
    expect(await changes()).toEqual([]);
    await expectAllFree();
  });

  test.each([
    { what: 'is reloaded', leave: () => page.reload() },
    { what: 'goes to another page of its site', leave: () => page.goto(stage.url('other.html')) },
    { what: 'goes to another site', leave: () => page.goto(stage.url('other.html', 'elsewhere')) },
  ])('a capture ends when the page $what', async ({ leave }) => {
    const armed = await arm(session, 'work', 3);
    await page.evaluate('work(5)');
    await leave();
    const captured = await armed.finished;
    expect(captured.end).toBe('navigated');
    expect(callCount(captured.calls)).toBe(1);
    expect(await page.evaluate('Object.getOwnPropertyNames(window).filter((name) => /flambe/i.test(name))')).toEqual(
      [],
    );
    await page.goto(stage.url('endings.html'));
    await expectAllFree();
  });

  test('a page at a breakpoint is not captured', async () => {
    const debugging = await page.context().newCDPSession(page);
    await debugging.send('Debugger.enable');
    const paused = new Promise((resolve) => debugging.once('Debugger.paused', resolve));
    const pausing = page.evaluate('pause()');
    await paused;
    expect(await refusalOf(capture(session, target('work'), 1, { freshlyAttached: true }))).toEqual({
      code: 'page paused',
    });
    await debugging.send('Debugger.resume');
    await pausing;
    await debugging.detach();
    expect(await changes()).toEqual([]);
    await expectAllFree();
  });

  test('a freshly attached page is captured', async () => {
    const capturing = capture(session, target('work'), 1, {
      freshlyAttached: true,
      onProgress: ({ step }) => step === 'armed' && void page.evaluate('work(1)'),
    });
    expect((await capturing).end).toBe('complete');
    expect(await changes()).toEqual([]);
  });
});

test.each(samplers)('with the $sampler domain, a capture ends when the page is closed', async ({ trusted }) => {
  const closing = await stage.open('endings.html');
  const armed = await arm(await attach(closing, { trusted }), 'work', 3);
  await closing.close();
  expect(await refusalOf(armed.finished)).toEqual({ code: 'detached' });
});

test('a page in a long task is not captured', async () => {
  const page = await stage.open('endings.html');
  const session = await attach(page, { trusted: false });
  const changes = await remember(page);
  const started = page.waitForEvent('console');
  const busy = page.evaluate('console.log("busy"), work(3000)');
  await started;
  expect(await refusalOf(capture(session, target('work'), 1, { freshlyAttached: true }))).toEqual({
    code: 'page busy',
  });
  await busy;
  expect(await changes()).toEqual([]);
});

test('while another trace runs nothing is touched', async () => {
  const page = await stage.open('endings.html');
  const session = await attach(page, { trusted: false });
  const changes = await remember(page);
  const other = await stage.browser.newBrowserCDPSession();
  await other.send('Tracing.start', {
    transferMode: 'ReturnAsStream',
    traceConfig: { includedCategories: ['devtools.timeline'], excludedCategories: ['*'] },
  });
  expect(await refusalOf(capture(session, target('work'), 1))).toEqual({ code: 'tracing busy' });
  expect(await changes()).toEqual([]);
  const complete = new Promise((resolve) => other.once('Tracing.tracingComplete', resolve));
  await other.send('Tracing.end');
  await complete;
  const { captured } = await captureWhile(page, session, 'work', 1, 'work(1)');
  expect(captured.end).toBe('complete');
});

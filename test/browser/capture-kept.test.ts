import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capture } from '../../src/capture/capture.ts';
import { callTree } from '../../src/capture/trees.ts';
import { activeTime, callCount } from '../../src/profile/model.ts';
import { type AttachedSession, attach } from '../harness/cdp.ts';
import { arm, captureWhile, openStage, refusalOf, remember, type Stage, samplers, target } from './pages/stage.ts';

/** Which calls are kept: those longer than asked for, and those of the one hook that may stand in a place. */

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('endings.html');
});

afterAll(() => stage?.close());

describe.each(samplers)('with the $sampler domain', ({ trusted }) => {
  let session: AttachedSession;
  beforeAll(async () => {
    session = await attach(page, { trusted });
  });
  afterAll(() => session?.detach());

  test('only calls longer than asked for are kept and count', async () => {
    const changes = await remember(page);
    const armed = await arm(session, 'work', 3, { longerThan: 15 });
    // The fifth call is the third long one; what comes after it is not seen.
    await page.evaluate('work(1), work(20), work(2), work(60), work(100), work(140), work(1)');
    const captured = await armed.finished;
    expect(captured).toMatchObject({ end: 'complete', askedCalls: 3, longerThan: 15 });
    expect(callCount(captured.calls)).toBe(3);
    const times = [0, 1, 2].map((call) => activeTime(captured.calls, call));
    // On a busy machine they take longer, but hardly as long as the next one.
    for (const [call, milliseconds] of [20, 60, 100].entries()) {
      expect(times[call]).toBeGreaterThan((milliseconds - 0.2) * 1000);
      expect(times[call]).toBeLessThan((milliseconds + 40) * 1000);
    }
    expect(callTree(captured, 'all').total[0]).toBe(times[0]! + times[1]! + times[2]!);
    expect(await changes()).toEqual([]);
  });

  test('what is too short is dropped at any end', async () => {
    const armed = await arm(session, 'work', 3, { longerThan: 15 });
    await page.evaluate('work(1), work(20), work(1)');
    armed.cancel();
    const { calls, end } = await armed.finished;
    expect(end).toBe('cancelled');
    expect(calls.outcome).toEqual(['returned']);
  });
});

test.each([-1, Number.NaN, 60_001])('a least duration of %d ms is refused', async (longerThan) => {
  const session = await attach(page, { trusted: true });
  await expect(capture(session, target('work'), 1, { longerThan })).rejects.toThrow(RangeError);
  await session.detach();
});

test('where a hook stands already, no second one is put', async () => {
  const [first, second] = await Promise.all([attach(page, { trusted: true }), attach(page, { trusted: false })]);
  const armed = await arm(first, 'work', 1);
  expect(await refusalOf(capture(second, target('work'), 1))).toEqual({ code: 'armed already', path: 'work' });
  // It is still the first one's.
  await page.evaluate('work(1)');
  expect((await armed.finished).end).toBe('complete');
  const { captured } = await captureWhile(page, second, 'work', 1, 'work(1)');
  expect(captured.end).toBe('complete');
  await Promise.all([first.detach(), second.detach()]);
});

test('a hook that is off, but that the page took for its own function, is no hindrance', async () => {
  const session = await attach(page, { trusted: false });
  const first = await arm(session, 'work', 1);
  await page.evaluate('window.original = work, window.kept = window.work, 0');
  await page.evaluate('work(1)');
  await first.finished;
  await page.evaluate('work = kept');
  const { captured } = await captureWhile(page, session, 'work', 2, 'work(1), work(1)');
  expect(captured.calls.outcome).toEqual(['returned', 'returned']);
  expect(captured.fn).toMatchObject({ name: 'work', url: stage.url('endings.html') });
  expect(captured.fn.line).toBeGreaterThan(0);
  await page.reload();
  await session.detach();
});

import { describe, expect, test } from 'vitest';
import { captureEvents } from '../../src/capture/next-event.ts';
import type { CaptureOptions, Progress } from '../../src/capture/record.ts';
import type { SeenCalls } from '../../src/capture/recorded.ts';
import { callTree } from '../../src/capture/trees.ts';
import { activeTime, type CallTree, callCount } from '../../src/profile/model.ts';
import { freshTabs } from './pages/fresh-tab.ts';
import { captureWhile, refusalOf, remember } from './pages/stage.ts';

const tab = freshTabs('next-event.html');

interface Waiting {
  readonly finished: Promise<SeenCalls>;
  /** Resolves when so many have been seen. */
  seen(count: number): Promise<void>;
  cancel(): void;
}

/** Waits for events, and is sure to. */
function wait(type: string, calls = 1, options: CaptureOptions = {}): Promise<Waiting> {
  const abort = new AbortController();
  let seen = 0;
  let tell = () => {};
  const until = (count: number) =>
    new Promise<void>((resolve) => {
      tell = () => seen >= count && resolve();
      tell();
    });
  return new Promise((resolve, reject) => {
    const onProgress = (progress: Progress) => {
      if (progress.step === 'calls') seen = progress.ended;
      tell();
      if (progress.step === 'armed') resolve({ finished, seen: until, cancel: () => abort.abort() });
    };
    const finished = captureEvents(tab.session, type, calls, { signal: abort.signal, ...options, onProgress });
    finished.catch(reject);
  });
}

const times = ({ calls }: SeenCalls) =>
  Array.from({ length: callCount(calls) }, (_, call) => activeTime(calls, call) / 1000);
const namesOf = ({ frames, frame }: CallTree) => new Set(Array.from(frame, (each) => frames.name[each]!));
const button = () => tab.page.getByRole('button', { name: 'Work' });

describe('the next click', () => {
  test('is one call, whose time is that of all its listeners by the clock, and not of what comes before it', async () => {
    const { finished } = await wait('click');
    await button().click();
    const captured = await finished;
    const [clocked] = await tab.page.evaluate<number[]>('clocked');
    expect(captured).toMatchObject({ end: 'complete', askedCalls: 1, fn: { name: 'click', kind: 'event' } });
    expect(captured.calls.outcome).toEqual(['returned']);
    const [time] = times(captured);
    expect(time).toBeGreaterThanOrEqual(clocked! - 0.005);
    // What comes before it takes 15 ms.
    expect(time).toBeLessThan(clocked! + 10);
    const tree = callTree(captured, 'all');
    expect(tree.total[0]! / 1000).toBe(time);
    expect(tree.frames.name[tree.frame[0]!]).toBe('click');
    expect(namesOf(tree)).toContain('first');
    expect(namesOf(tree)).toContain('second');
    expect(namesOf(tree)).not.toContain('down');
    const totalOf = (name: string) => {
      const node = tree.frame.findIndex((frame) => tree.frames.name[frame] === name);
      expect(tree.parent[node], name).toBe(0);
      return tree.total[node]!;
    };
    expect(totalOf('first')).toBeGreaterThan(0);
    expect(totalOf('first') + totalOf('second')).toBeLessThanOrEqual(tree.total[0]!);
  });

  test('comes though the page lets nobody hear of it', async () => {
    await tab.page.evaluate('silence()');
    const { finished } = await wait('click');
    await button().click();
    const captured = await finished;
    expect(times(captured)[0]).toBeGreaterThanOrEqual(59.99);
    expect(namesOf(callTree(captured, 0))).toContain('silent');
    expect(namesOf(callTree(captured, 0))).not.toContain('first');
  });

  test('is one that a user made, and no script', async () => {
    const { finished } = await wait('click', 1, { timeout: 1 });
    await tab.page.evaluate('new Promise((done) => setTimeout(() => done(pretend())))');
    const captured = await finished;
    expect(await tab.page.evaluate('dispatched')).toBe(1);
    expect(captured.end).toBe('timeout');
    expect(times(captured)).toEqual([]);
  });

  test('may be in a frame of the page', async () => {
    const { finished } = await wait('click');
    await tab.page.frameLocator('iframe').getByRole('button').click();
    expect(times(await finished)[0]).toBeGreaterThanOrEqual(4.99);
  });

  test('on a label has the click on its field within it', async () => {
    const { finished } = await wait('click');
    await tab.page.getByText('Tick').click();
    const captured = await finished;
    expect(times(captured)).toHaveLength(1);
    // Both bubble through the label.
    expect(times(captured)[0]).toBeGreaterThanOrEqual(7.99);
  });

  test('that nobody listens to is a call too, of next to no time', async () => {
    const { finished } = await wait('click');
    await tab.page.mouse.click(700, 500);
    expect(times(await finished)[0]).toBeLessThan(1);
  });
});

test('several events are as many calls', async () => {
  const { finished, seen } = await wait('input', 3);
  await tab.page.getByLabel('Field').pressSequentially('abc', { delay: 5 });
  await seen(3);
  const captured = await finished;
  expect(captured.end).toBe('complete');
  expect(times(captured)).toHaveLength(3);
  for (const time of times(captured)) expect(time).toBeGreaterThanOrEqual(29.99);
  expect(namesOf(callTree(captured, 'all'))).toContain('onInput');
  const [a, b] = [callTree(captured, 0), callTree(captured, 2)];
  expect(a.total[0]! / 1000).toBe(times(captured)[0]);
  expect(b.total[0]! / 1000).toBe(times(captured)[2]);
});

describe('it ends', () => {
  test('with what is there when it is cancelled', async () => {
    const { finished, seen, cancel } = await wait('click', 2);
    await button().click();
    await seen(1);
    cancel();
    const captured = await finished;
    expect(captured.end).toBe('cancelled');
    expect(times(captured)).toHaveLength(1);
  });

  test('when it is cancelled in the midst of a listener, which is kept as unfinished', async () => {
    await tab.page.evaluate(`button.addEventListener('click', function long() { console.log('long'); spin(400); })`);
    const { finished, cancel } = await wait('click');
    const begun = tab.page.waitForEvent('console');
    const clicking = button().click();
    await begun;
    cancel();
    const captured = await finished;
    expect(captured.end).toBe('cancelled');
    expect(captured.calls.outcome).toEqual(['unfinished']);
    // Up to the last sample that is there.
    expect(times(captured)[0]).toBeGreaterThan(0);
    await clicking;
  });

  test('after its time', async () => {
    const { finished } = await wait('keydown', 1, { timeout: 0.3 });
    await button().click();
    expect(await finished).toMatchObject({ end: 'timeout' });
  });

  test('with the document, and has the click that led away', async () => {
    const { finished } = await wait('click', 2);
    await tab.page.getByRole('link').click();
    const captured = await finished;
    expect(captured.end).toBe('navigated');
    expect(times(captured)).toHaveLength(1);
  });

  test('when the page crashes', async () => {
    const { finished } = await wait('click');
    void tab.page.goto('chrome://crash').catch(() => undefined);
    expect((await finished).end).toBe('crashed');
  });

  test('with an error when the debugger is taken away', async () => {
    const { finished } = await wait('click');
    const refused = refusalOf(finished);
    await tab.page.close();
    expect(await refused).toEqual({ code: 'detached' });
  });
});

test('the page is as it was, no listener of ours in it, and a capture can be taken next', async () => {
  await tab.page.evaluate('var owners = [window, document, button], namedOnly = () => [first, spin]');
  const changes = await remember(tab.page);
  const listeners = async () => {
    const expression =
      'JSON.stringify([window, document, button].map((each) => Object.entries(getEventListeners(each)).map(([type, all]) => [type, all.length])))';
    return (await tab.session.send('Runtime.evaluate', { expression, includeCommandLineAPI: true })).result.value;
  };
  const before = await listeners();
  expect(before).toContain('["click",2]');
  const { finished } = await wait('click');
  expect(await listeners()).toBe(before);
  await tab.page.mouse.click(700, 500);
  await finished;
  expect(await changes()).toEqual([]);
  expect(await listeners()).toBe(before);
  const next = await captureWhile(tab.page, tab.session, 'first', 1, 'first()');
  expect(next.captured.calls.outcome).toEqual(['returned']);
});

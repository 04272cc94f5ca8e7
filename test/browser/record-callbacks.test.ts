import { expect, test } from 'vitest';
import { capture } from '../../src/capture/capture.ts';
import { placeTarget } from '../../src/capture/frame-place.ts';
import { recordPage } from '../../src/capture/record-page.ts';
import { Recorded } from '../../src/capture/recorded.ts';
import { callTree } from '../../src/capture/trees.ts';
import { activeTime } from '../../src/profile/model.ts';
import { freshTabs } from './pages/fresh-tab.ts';

/** Timers and animation frames, which have no name to be captured by: recorded, picked by what they ran for, captured. */

const tab = freshTabs('record.html');

test.each([
  { what: 'timer', name: 'tick', takes: 30, again: 'ticks = 2, setTimeout(tick)' },
  { what: 'animation frame', name: 'draw', takes: 8, again: 'frames = 3, requestAnimationFrame(draw)' },
])('the callback of a $what is captured at its place', async ({ what, name, takes, again }) => {
  const abort = new AbortController();
  const recording = await recordPage(tab.session, {
    signal: abort.signal,
    onProgress: ({ step }) => {
      if (step === 'recording')
        void Promise.all([tab.page.evaluate('work()'), tab.page.getByRole('button').click()]).then(() => abort.abort());
    },
  });
  const { events } = new Recorded(recording);
  const { frames } = recording.profile;
  const row = events.what.findIndex((each, i) => each === what && frames.name[events.frame[i]!] === name);
  expect(row, `${what} ${name}`).toBeGreaterThanOrEqual(0);
  const place = placeTarget(frames, events.frame[row]!);
  const captured = await capture(tab.session, place!, 1, {
    onProgress: ({ step }) => {
      if (step === 'armed') void tab.page.evaluate(again);
    },
  });
  expect(captured.end).toBe('complete');
  expect(captured.fn.name).toBe(name);
  expect(captured.calls.outcome).toEqual(['returned']);
  expect(activeTime(captured.calls, 0) / 1000).toBeGreaterThanOrEqual(takes);
  const tree = callTree(captured, 0);
  expect(tree.frames.name[tree.frame[0]!]).toBe(name);
});

import { beforeEach, describe, expect, test } from 'vitest';
import { placeTarget } from '../../src/capture/frame-place.ts';
import { type PageRecording, type RecordingOptions, recordPage } from '../../src/capture/record-page.ts';
import { Recorded } from '../../src/capture/recorded.ts';
import { callTree } from '../../src/capture/trees.ts';
import { callCount, SAMPLED } from '../../src/profile/model.ts';
import { freshTabs } from './pages/fresh-tab.ts';
import { captureWhile, refusalOf, remember } from './pages/stage.ts';

const tab = freshTabs('record.html');

interface UnderWay {
  readonly finished: Promise<PageRecording>;
  stop(): void;
}

/** A recording that has begun. */
function begin(options: RecordingOptions = {}): Promise<UnderWay> {
  const abort = new AbortController();
  return new Promise((resolve, reject) => {
    const finished = recordPage(tab.session, {
      signal: abort.signal,
      ...options,
      onProgress: ({ step }) => {
        if (step === 'recording') resolve({ finished, stop: () => abort.abort() });
      },
    });
    finished.catch(reject);
  });
}

/** Has the page do all its work. */
async function work(): Promise<Clocked> {
  const [clocked] = await Promise.all([tab.page.evaluate<Clocked>('work()'), tab.page.getByRole('button').click()]);
  return clocked;
}

function rowOf({ functions, recording }: Recorded, name: string) {
  const row = functions.frame.findIndex((frame) => recording.profile.frames.name[frame] === name);
  if (row < 0) throw new Error(`${name} was not seen`);
  const { frame, self, total, runs } = functions;
  return { frame: frame[row]!, self: self[row]!, total: total[row]!, runs: runs[row]! };
}

type Clocked = Record<'tick' | 'draw' | 'onClick' | 'inner', number>;

describe('a page that works', () => {
  let recorded: Recorded;
  let clocked: Clocked;
  beforeEach(async () => {
    const { finished, stop } = await begin();
    clocked = await work();
    stop();
    recorded = new Recorded(await finished);
  });

  test('is a table of its functions, whose times are those that the page clocked where there were samples', () => {
    expect(recorded.recording).toMatchObject({ end: 'stopped', hasNavigated: false, lostSamples: 0 });
    for (const name of ['tick', 'draw', 'onClick', 'inner'] as const) {
      const { total } = rowOf(recorded, name);
      expect(total / 1000, name).toBeGreaterThan(0);
      expect(total / 1000, name).toBeLessThan(clocked[name] * 2);
    }
    const spin = rowOf(recorded, 'spin');
    const all = rowOf(recorded, 'tick').total + rowOf(recorded, 'draw').total + rowOf(recorded, 'onClick').total;
    expect(spin.total).toBeGreaterThan(all * 0.9);
    expect(spin.self).toBeGreaterThan(spin.total * 0.5);
  });

  test('gives each function a tree with all its places, its runs as calls', () => {
    // A starved sampler misses some; it never makes two of one.
    expect(rowOf(recorded, 'tick').runs).toBeLessThanOrEqual(3);
    expect(rowOf(recorded, 'draw').runs).toBeLessThanOrEqual(4);
    expect(rowOf(recorded, 'onClick').runs).toBe(1);
    const { frame, total } = rowOf(recorded, 'spin');
    const seen = recorded.callsOf(frame);
    expect(new Set(seen.calls.outcome)).toEqual(new Set([SAMPLED]));
    expect(callCount(seen.calls)).toBeGreaterThanOrEqual(4);
    const tree = callTree(seen, 'all');
    expect(tree.total[0]).toBe(total);
    expect(tree.frames.name[tree.frame[0]!]).toBe('spin');
    const recursive = callTree(recorded.callsOf(rowOf(recorded, 'inner').frame), 'all');
    const deepest = Math.max(
      ...recursive.depth.filter((_, node) => recursive.frames.name[recursive.frame[node]!] === 'inner'),
    );
    // Of four invocations, as deep as a sample found them.
    expect(deepest).toBeLessThanOrEqual(4);
    expect(deepest).toBeGreaterThan(0);
  });

  test('tells what the browser called, and for what', () => {
    const { events, recording } = recorded;
    const rows = events.what.map((what, row) => ({
      what,
      name: recording.profile.frames.name[events.frame[row]!],
      count: events.count[row]!,
      total: events.total[row]! / 1000,
      longest: events.longest[row]! / 1000,
    }));
    const row = (wanted: string) => rows.find(({ what, name }) => `${what} ${name}` === wanted);
    expect(row('timer tick')).toMatchObject({ count: 3 });
    expect(row('animation frame draw')).toMatchObject({ count: 4 });
    expect(row('click onClick')).toMatchObject({ count: 1 });
    // The clock of the browser, which is no sample.
    expect(row('timer tick')!.total).toBeGreaterThanOrEqual(clocked.tick - 0.1);
    // The page's clock begins and ends within it; a busy machine may take its turn in between.
    expect(row('timer tick')!.total).toBeLessThan(clocked.tick * 2);
    expect(row('timer tick')!.longest).toBeGreaterThan(29.9);
  });

  test('names the place of each function as a target', async () => {
    const { frames } = recorded.recording.profile;
    const [onClick, tick] = [
      placeTarget(frames, rowOf(recorded, 'onClick').frame),
      placeTarget(frames, rowOf(recorded, 'tick').frame),
    ];
    const lines = (await (await fetch(tab.stage.url('record.html'))).text()).split('\n');
    expect(onClick).toMatchObject({ kind: 'place', source: tab.stage.url('record.html') });
    // V8 begins a function at its parameters.
    expect(lines[onClick!.line - 1]!.slice(0, onClick!.column! - 1)).toMatch(/function onClick$/);
    expect(lines[tick!.line - 1]!.slice(0, tick!.column! - 1)).toMatch(/function tick$/);
  });
});

describe('a recording ends', () => {
  test('after its time', async () => {
    const { finished } = await begin({ seconds: 0.3 });
    expect((await finished).end).toBe('time up');
  });

  test('when it is stopped in the midst of a call, which is kept', async () => {
    const { finished, stop } = await begin();
    const half = tab.page.waitForEvent('console');
    const working = tab.page.evaluate(() => {
      const { onClick } = globalThis as unknown as { onClick(): void };
      onClick();
      console.log('half');
      for (const end = performance.now() + 300; performance.now() < end; ) onClick();
    });
    await half;
    stop();
    const recorded = new Recorded(await finished);
    expect(recorded.recording.end).toBe('stopped');
    expect(rowOf(recorded, 'onClick').total).toBeGreaterThan(10_000);
    await working;
  });

  test('only later when the page loads another document, which is part of it', async () => {
    const { finished, stop } = await begin();
    await work();
    await tab.page.reload();
    await tab.page.evaluate('spin(50)');
    stop();
    const recorded = new Recorded(await finished);
    expect(recorded.recording).toMatchObject({ end: 'stopped', hasNavigated: true });
    expect(rowOf(recorded, 'onClick').runs).toBe(1);
    expect(recorded.events.what).toContain('script');
  });

  test('when the page crashes, with what is there', async () => {
    const { finished } = await begin();
    await work();
    const crashed = tab.page.waitForEvent('crash');
    void tab.page.goto('chrome://crash').catch(() => undefined);
    await crashed;
    const recorded = new Recorded(await finished);
    expect(recorded.recording.end).toBe('crashed');
    expect(rowOf(recorded, 'onClick').runs).toBe(1);
  });

  test('with an error when the debugger is taken away', async () => {
    const { finished } = await begin();
    const refused = refusalOf(finished);
    await tab.page.close();
    expect(await refused).toEqual({ code: 'detached' });
  });

  test('before it begins when another trace is running, which goes on', async () => {
    const other = await begin();
    expect(await refusalOf(recordPage(tab.session))).toEqual({ code: 'tracing busy' });
    await work();
    other.stop();
    expect(rowOf(new Recorded(await other.finished), 'onClick').runs).toBe(1);
  });
});

test('what is run from the console has its time, though the browser says nothing of it', async () => {
  const { finished, stop } = await begin();
  await tab.page.evaluate('spin(400)');
  stop();
  // A starved sampler leaves gaps.
  expect(rowOf(new Recorded(await finished), 'spin').total).toBeGreaterThan(200_000);
});

test('the page is as it was, and a capture can be taken next', async () => {
  await tab.page.evaluate('var owners = [window, document, clocked], namedOnly = () => [tick, spin]');
  const changes = await remember(tab.page);
  const { finished, stop } = await begin();
  stop();
  await finished;
  expect(await changes()).toEqual([]);
  const { captured } = await captureWhile(tab.page, tab.session, 'ofModule', 1, 'ofModule()');
  expect(captured.calls.outcome).toEqual(['returned']);
});

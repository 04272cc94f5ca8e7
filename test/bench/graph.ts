import { type Browser, chromium, type Page } from 'playwright';
import { findBrowser, launchOptions } from '../../scripts/browser.mjs';
import type { V8Profile } from '../../src/formats/console-profiles.ts';
import { readCpuProfile } from '../../src/formats/cpuprofile/read.ts';
import { Folding } from '../../src/profile/fold.ts';
import type { CallTree } from '../../src/profile/model.ts';
import { packedText } from '../unit/exported.ts';
import { graphOf } from '../unit/facts.ts';
import { median } from './figures.ts';
import { generateProfile } from './generate-profile.ts';
import type * as pageModule from './graph-page.ts';
import pageCode from './graph-page.ts?iife';
import type { Say } from './index.ts';
import { readProfile, recordProfile } from './real-profile.ts';

declare global {
  var bench: typeof pageModule;
  var shownGraph: ReturnType<typeof pageModule.createFlameGraph>;
}

const STEPS = 40;

/**
 * Main-thread work from an input to the first new frame: of the tasks from the one that dispatches the event to the one that
 * hands over the next frame, in Chromium's own trace. A click zooms; a key moves, and a letter searches, in the whole of it.
 */
export async function benchGraph(say: Say): Promise<void> {
  const { calls, profile } = readProfile(JSON.parse(await recordProfile()) as V8Profile);
  const real = new Folding(profile, calls).all();
  const asked = readCpuProfile(generateProfile({ nodes: 100_000, samples: 300_000, seed: 1, depth: 60 })).tree;
  const browser = await chromium.launch(launchOptions(await findBrowser(), { headless: true }));
  try {
    for (const [tree, goal] of [
      [asked, 'median 12 ms, worst 50 ms'],
      [real, 'median 12 ms, worst 50 ms'],
      [tenfold(real), 'median 50 ms'],
    ] as const) {
      say(`${tree.frame.length} nodes, depth ${tree.depth.reduce((a, b) => Math.max(a, b), 0)}   goal ${goal}`);
      const page = await openGraph(browser, tree);
      for (const [name, input] of Object.entries(inputs)) {
        const work = await workPerFrame(browser, page, input);
        const elements = await page.evaluate(() => document.querySelectorAll('svg *').length);
        say(`  ${name.padEnd(10)} ${middleAndWorst(work)}   ${elements} elements`);
      }
      const memory = await page.evaluate(
        () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
      );
      say(`  heap ${(memory / 1e6).toFixed(0)} MB`);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

function middleAndWorst(work: readonly number[]): string {
  const sorted = [...work].sort((a, b) => a - b);
  return `median ${median(sorted).toFixed(1)} ms, worst ${sorted.at(-1)!.toFixed(1)} ms (${sorted.length} of them)`;
}

async function openGraph(browser: Browser, tree: CallTree): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 800 } });
  await page.setContent('<!doctype html><input><div id="host" style="height: 760px"></div>');
  await page.evaluate(`globalThis.bench = ${pageCode}`);
  const packed = packedText(graphOf(tree));
  await page.evaluate((packed) => {
    document.head.append(Object.assign(document.createElement('style'), { textContent: bench.liveStyle }));
    globalThis.shownGraph = bench.createFlameGraph(document.querySelector('#host')!, {
      orientation: 'icicle',
      paint: bench.paintBy('source'),
    });
    shownGraph.show(bench.planOf(bench.unpackGraph(packed).tree));
    const input = document.querySelector('input')!;
    input.addEventListener('input', () =>
      shownGraph.search({ terms: [input.value], isRegex: true, isCaseSensitive: false }),
    );
  }, packed);
  return page;
}

type Input = (page: Page, step: number) => Promise<unknown>;

const inputs: Readonly<Record<string, { readonly event: string; readonly prepare?: Input; readonly act: Input }>> = {
  'zoom in': {
    event: 'click',
    prepare: (page) => page.evaluate(() => shownGraph.resetZoom()),
    act: async (page, step) => {
      const at = await page.evaluate((step) => {
        const boxes = [...document.querySelectorAll('[role=treeitem]')].filter(
          (box) => box.getBoundingClientRect().width > 8,
        );
        const { left, top, width } = boxes[(step * 7919) % boxes.length]!.getBoundingClientRect();
        return { x: left + width / 2, y: top + 8 };
      }, step);
      await page.mouse.click(at.x, at.y);
    },
  },
  'zoom out': {
    event: 'keydown',
    prepare: (page, step) =>
      page.evaluate((step) => {
        const boxes = document.querySelectorAll('[role=treeitem]').length;
        shownGraph.zoomTo((step * 7919) % boxes);
        shownGraph.focus();
      }, step),
    act: (page) => page.keyboard.press('Escape'),
  },
  key: {
    event: 'keydown',
    prepare: (page) =>
      page.evaluate(() => {
        shownGraph.resetZoom();
        shownGraph.focus();
      }),
    act: (page, step) =>
      page.keyboard.press(['ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'End', 'Home'][step % 6]!),
  },
  search: {
    event: 'input',
    prepare: async (page, step) => {
      await page.evaluate(() => shownGraph.resetZoom());
      if (step % 6 === 0) await page.locator('input').fill('');
      await page.locator('input').focus();
    },
    act: (page, step) => page.keyboard.press('parser'[step % 6]!),
  },
};

/** ms of the main thread, an entry an input. */
async function workPerFrame(
  browser: Browser,
  page: Page,
  { event, prepare, act }: (typeof inputs)[string],
): Promise<number[]> {
  const work: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    await prepare?.(page, step);
    await settled(page);
    await browser.startTracing(page, {
      categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel'],
    });
    await act(page, step);
    await settled(page);
    const trace = JSON.parse((await browser.stopTracing()).toString()) as {
      readonly traceEvents: readonly TraceEvent[];
    };
    work.push(workOf(trace.traceEvents, event));
  }
  return work;
}

/** Waits until the way to a zoom is at its end, and drawn. */
function settled(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (let last = '', now = '-'; last !== now; ) {
      last = now;
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      now = document.querySelector('[role=tree]')!.innerHTML;
    }
  });
}

interface TraceEvent {
  readonly name: string;
  readonly ts: number;
  readonly dur?: number;
  readonly tid: number;
  readonly pid: number;
  readonly args?: { readonly data?: { readonly type?: string } };
}

function workOf(events: readonly TraceEvent[], type: string): number {
  const input = events.find(({ name, args }) => name === 'EventDispatch' && args?.data?.type === type);
  if (!input) throw new Error(`No ${type} event in the trace`);
  const ours = events.filter(({ tid, pid }) => tid === input.tid && pid === input.pid);
  const commit = ours.find(({ name, ts }) => name === 'Commit' && ts > input.ts);
  const end = commit ? commit.ts + (commit.dur ?? 0) : Number.POSITIVE_INFINITY;
  const tasks = ours.filter(({ name, ts, dur }) => name === 'RunTask' && ts + (dur ?? 0) > input.ts && ts < end);
  return tasks.reduce((sum, { dur }) => sum + (dur ?? 0), 0) / 1000;
}

/** Ten copies of a tree under a root of their own. */
function tenfold(tree: CallTree): CallTree {
  const size = tree.frame.length;
  const count = 10 * size + 1;
  const [frame, parent, depth, subtreeSize, samples] = [
    tree.frame,
    tree.parent,
    tree.depth,
    tree.subtreeSize,
    tree.samples,
  ].map(() => new Int32Array(count));
  const [self, total] = [new Float64Array(count), new Float64Array(count)];
  parent![0] = -1;
  subtreeSize![0] = count;
  total[0] = 10 * tree.total[0]!;
  for (let copy = 0; copy < 10; copy++) {
    const first = 1 + copy * size;
    frame!.set(tree.frame, first);
    parent!.set(
      tree.parent.map((above) => (above < 0 ? 0 : above + first)),
      first,
    );
    depth!.set(
      tree.depth.map((level) => level + 1),
      first,
    );
    subtreeSize!.set(tree.subtreeSize, first);
    samples!.set(tree.samples, first);
    self.set(tree.self, first);
    total.set(tree.total, first);
  }
  return {
    frames: tree.frames,
    frame: frame!,
    parent: parent!,
    depth: depth!,
    subtreeSize: subtreeSize!,
    samples: samples!,
    self,
    total,
  };
}
